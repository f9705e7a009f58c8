import { readFileSync } from 'node:fs';

/** Modules of the browser, each after those that it imports. */
const modules = ['signs', 'element', 'drawings', 'detail', 'rows', 'page'];

/** @returns the text of a file beside this one; HTML parsers read every line break as \n, and so does a hash */
const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8').replace(/\r\n?/g, '\n');

/** @returns the browser's modules as one, without imports and exports: their names are all different */
export const pageScript = (): string =>
  modules
    .map((name) =>
      read(`browser/${name}.js`)
        .replace(/^import [^;]*;\n/gm, '')
        .replace(/^export /gm, ''),
    )
    .join('\n');

export const pageStyle = (): string => read('browser/style.css');
