import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where a course keeps what it has stripped, from its root. */
const folder = 'node_modules/.cache/kata-strip-types/';
const cache = new URL(`../../${folder}`, import.meta.url);
/** @type {(id: string) => unknown} */
const require = createRequire(import.meta.url);

/** @param {string} typed */
const nameFor = (typed) => `${createHash('sha256').update(typed).digest('hex')}.js`;

/** Loaded only for a file that has changed: the compiler takes 0.2 s to load. */
function compiler() {
  try {
    return /** @type {typeof import('./strip-types.js')} */ (require('./strip-types.js'));
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (error instanceof Error && code === 'ERR_MODULE_NOT_FOUND')
      error.message +=
        `. Node.js ${process.version} does not strip the types of TypeScript: install the package ts-blank-space for ` +
        'that, or use Node.js 22.18 or later';
    throw error;
  }
}

const { typescript } = /** @type {{ typescript?: string | false }} */ (process.features);

/** Loads the compiler before it is needed, where Node does not strip types. */
export function loadCompiler() {
  if (!typescript) compiler();
}

/**
 * Blanks out the types of a TypeScript file, or finds in the cache what an earlier process made of the same text.
 * @param {string} file its path, for messages only
 * @param {string} typed its text
 * @returns {string} JavaScript of the same length, every token at its old place
 * @throws {SyntaxError} `file:line:column message` where the text does not parse or has syntax that cannot be erased
 */
export function stripCached(file, typed) {
  const kept = new URL(nameFor(typed), cache);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    // Not known yet.
  }
  const plain = compiler().stripTypes(file, typed);
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
 * Blanks out the types of files that have changed, so that of several processes none has to load the compiler.
 * @param {readonly string[]} files absolute
 */
export async function stripChanged(files) {
  if (typescript) return;
  await Promise.all(
    files.map(async (file) => {
      try {
        stripCached(file, await readFile(file, 'utf8'));
      } catch {
        // Whoever loads the file gets the same error, and reports it.
      }
    }),
  );
}

/**
 * Blanks out the types before a process needs the files, so that none has to load the compiler, nor write to the cache:
 * a course in which a submission is judged has a cache of its own.
 * @param {string} root the course's folder, absolute
 * @param {readonly string[]} files absolute
 */
export async function stripAhead(root, files) {
  if (typescript) return;
  const to = pathToFileURL(join(root, folder));
  mkdirSync(to, { recursive: true });
  await Promise.all(
    files.map(async (file) => {
      const typed = await readFile(file, 'utf8');
      try {
        await writeFile(new URL(nameFor(typed), `${to.href}/`), stripCached(file, typed));
      } catch {
        // Whoever loads the file gets the same error, and reports it.
      }
    }),
  );
}
