import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const cache = new URL('../../node_modules/.cache/kata-strip-types/', import.meta.url);
/** @type {(id: string) => unknown} */
const require = createRequire(import.meta.url);

/**
 * Blanks out the types of a TypeScript file, or finds in the cache what an earlier process made of the same text.
 * @param {string} file its path, for messages only
 * @param {string} typed its text
 * @returns {string} JavaScript of the same length, every token at its old place
 * @throws {SyntaxError} `file:line:column message` where the text does not parse or has syntax that cannot be erased
 */
export function stripCached(file, typed) {
  const kept = new URL(`${createHash('sha256').update(typed).digest('hex')}.js`, cache);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    // Not known yet.
  }
  // Loaded only for a file that has changed: the compiler takes 0.2 s to load.
  const { stripTypes } = /** @type {typeof import('./strip-types.js')} */ (require('./strip-types.js'));
  const plain = stripTypes(file, typed);
  // Written beside and renamed, so that no process reads half a file. Where nothing can be written, the next one
  // strips again.
  const draft = new URL(`${kept.href}.${randomUUID()}`);
  try {
    mkdirSync(cache, { recursive: true });
    writeFileSync(draft, plain);
    renameSync(draft, kept);
  } catch {
    // No cache, no harm.
  }
  return plain;
}

/**
 * Blanks out the types before a process needs the file. A process that judges many files then loads the compiler once,
 * instead of one more process for each file.
 * @param {string} file its path
 * @param {string} typed its text
 */
export function stripAhead(file, typed) {
  const { typescript } = /** @type {{ typescript?: string | false }} */ (process.features);
  if (typescript) return;
  try {
    stripCached(file, typed);
  } catch {
    // Whoever loads the file gets the same error, and reports it.
  }
}
