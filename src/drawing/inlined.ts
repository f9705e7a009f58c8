import { readFileSync } from 'node:fs';

/** The folder that `#src/…` means. */
const source = new URL('../', import.meta.url);

/** @returns the text of a file; HTML parsers read every line break as \n, and so does a hash */
export const readText = (url: URL): string => readFileSync(url, 'utf8').replace(/\r\n?/g, '\n');

/**
 * Makes one script of a module of the browser and all that it imports, which are files of this repository. Their
 * top-level names must all be different.
 * @returns the modules without imports and exports, each after those that it imports
 */
export function inlined(module: URL): string {
  const texts = new Map<string, string>();
  const add = (url: URL): void => {
    if (texts.has(url.href)) return;
    texts.set(url.href, '');
    const text = readText(url);
    for (const [, imported = ''] of text.matchAll(importFrom)) add(resolved(imported, url));
    // The order of a map is that of insertion: this one comes after what it imports.
    texts.delete(url.href);
    texts.set(url.href, text.replace(importFrom, '').replace(/^export /gm, ''));
  };
  add(module);
  return [...texts.values()].join('\n');
}

const importFrom = /^import [^;]*? from '([^']*)';\n/gm;

const resolved = (imported: string, from: URL): URL =>
  imported.startsWith('#src/') ? new URL(imported.slice('#src/'.length), source) : new URL(imported, from);
