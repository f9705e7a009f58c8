// Loader hooks (they run on a thread of their own) that blank out the types of a .ts file, as Node does from 22.18 on:
// positions stay, so line numbers in stack traces are the student's own, and syntax that is not erasable is refused.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const cache = new URL('../../node_modules/.cache/kata-strip-types/', import.meta.url);

/**
 * The `load` hook of Node's module customization: answers for .ts files, passes everything else on.
 * @param {string} url
 * @param {object} context
 * @param {(url: string, context: object) => Promise<unknown>} next
 * @returns {Promise<unknown>} the module's format and its source without types
 * @throws {SyntaxError} `file:line:column message` where the file does not parse or is not erasable
 */
export async function load(url, context, next) {
  const { protocol, pathname } = new URL(url);
  if (protocol !== 'file:' || !pathname.endsWith('.ts')) return next(url, context);
  const file = fileURLToPath(url.replace(/[?#].*$/, ''));
  const typed = await readFile(file, 'utf8');
  return { format: 'module', shortCircuit: true, source: await stripped(file, typed) };
}

/**
 * @param {string} file
 * @param {string} typed
 */
async function stripped(file, typed) {
  const kept = new URL(`${createHash('sha256').update(typed).digest('hex')}.js`, cache);
  const known = await readFile(kept, 'utf8').catch(() => undefined);
  if (known !== undefined) return known;
  // Loaded only for a file that has changed: the compiler takes 0.2 s to load.
  const { stripTypes } = await import('./strip-types.js');
  const plain = stripTypes(file, typed);
  // Written beside and renamed, so that no process reads half a file; where nothing can be written, the next one strips again.
  const draft = new URL(`${kept.href}.${randomUUID()}`);
  await mkdir(cache, { recursive: true })
    .then(() => writeFile(draft, plain))
    .then(() => rename(draft, kept))
    .catch(() => undefined);
  return plain;
}
