import { fileURLToPath } from 'node:url';

const { typescript } = /** @type {{ typescript?: string | false }} */ (process.features);
const [major = 0] = process.versions.node.split('.').map(Number);

/**
 * Flags for `node` (or for execArgv) that let it run TypeScript where something else in the process calls
 * `module.register`, as Vitest does: the hooks of both then share a thread.
 * @type {readonly string[]}
 */
export const hookedLoaderFlags = ['--import', fileURLToPath(new URL('./register.js', import.meta.url))];

/**
 * Flags for `node` (or for execArgv) that let it run TypeScript. Node 20 has no public way to do that in the thread
 * that imports; register.js says what it does with `--expose-internals`.
 * @type {readonly string[]}
 */
export const loaderFlags = [...(!typescript && major < 22 ? ['--expose-internals'] : []), ...hookedLoaderFlags];
