// Lets `node`, its Workers and its forks run TypeScript. Plain JavaScript, since it runs before anything can load
// TypeScript. Pass it in execArgv, as flags.js does: forks and Workers inherit execArgv, so exercises need no build
// step and no wrapper.
import { readFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { stripCached } from './strip-cached.js';

/** @param {string} url */
const isTypeScript = (url) => url.startsWith('file:') && /\.ts(?:[?#]|$)/.test(url);

/** @param {string} url */
const pathOf = (url) => fileURLToPath(url.replace(/[?#].*$/, ''));

/** Node 22.15 to 22.17: hooks that run in the thread that imports. */
function registerSynchronousHooks() {
  const { registerHooks } = /** @type {{ registerHooks?: (hooks: object) => void }} */ (
    process.getBuiltinModule('node:module')
  );
  registerHooks?.({
    /** @type {(url: string, context: object, next: (url: string, context: object) => object) => object} */
    load(url, context, next) {
      if (!isTypeScript(url)) return next(url, context);
      const file = pathOf(url);
      return { format: 'module', shortCircuit: true, source: stripCached(file, readFileSync(file, 'utf8')) };
    },
  });
  return registerHooks !== undefined;
}

/**
 * Node 20, which has no such hooks: two tables of Node's own module loader, open to whoever has the flag
 * --expose-internals. `.ts` becomes a name for modules, and the translator of modules gets their text without types.
 */
function extendLoader() {
  if (!process.execArgv.includes('--expose-internals')) return false;
  /** @type {(id: string) => unknown} */
  const require = createRequire(import.meta.url);
  const { extensionFormatMap } = /** @type {{ extensionFormatMap: Record<string, string> }} */ (
    require('internal/modules/esm/formats')
  );
  /** @typedef {(this: unknown, url: string, source: string | Buffer, isMain: boolean) => unknown} Translator */
  const { translators } = /** @type {{ translators: Map<string, Translator> }} */ (
    require('internal/modules/esm/translators')
  );
  const translate = translators.get('module');
  if (translate === undefined || extensionFormatMap['.js'] !== 'module') return false;
  extensionFormatMap['.ts'] = 'module';
  translators.set('module', function (url, source, isMain) {
    const plain = isTypeScript(url) ? stripCached(pathOf(url), String(source)) : source;
    return translate.call(this, url, plain, isMain);
  });
  return true;
}

const { typescript } = /** @type {{ typescript?: string | false }} */ (process.features);
// The last resort starts one more thread for each process and each Worker, at 45 ms of CPU.
if (!typescript && !registerSynchronousHooks() && !extendLoader()) register('./strip-types-hooks.js', import.meta.url);
