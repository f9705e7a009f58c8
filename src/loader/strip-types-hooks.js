// Loader hooks on a thread of their own (see register.js) that blank out the types of a .ts file, as Node does from
// 22.18 on: positions stay, so line numbers in stack traces are the student's own, and syntax that is not erasable is
// refused.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { stripCached } from './strip-cached.js';

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
  return { format: 'module', shortCircuit: true, source: stripCached(file, await readFile(file, 'utf8')) };
}
