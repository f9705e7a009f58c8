import { readFile, stat, writeFile } from 'node:fs/promises';
import { zipSync, type Zippable } from 'fflate';
import { KataError } from '#src/course/index.ts';
import { studentsEdition } from './edition.ts';

/** What goes into an autograder. */
export interface Autograder {
  /** Ids of the exercises that it grades; all when empty. */
  readonly exercises: readonly string[];
  /** The time limit that is set in Gradescope. */
  readonly minutes: number;
}

const scripts = ['run_autograder', 'setup.sh'];
/** Regular files of Unix, as zip files keep them. */
const modes = { script: 0o100755, file: 0o100644 };

/**
 * Writes an autograder for Gradescope: https://gradescope-autograders.readthedocs.io/en/latest/specs/. It holds the
 * students' edition, since student code may get to read all of it there. The same course gives the same bytes.
 * @param root the course, absolute
 * @param file the zip file
 * @returns how many files it holds
 * @throws {KataError} where the file cannot be written
 */
export async function writeAutograder(root: string, file: string, autograder: Autograder): Promise<number> {
  const isFolder = await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) throw new KataError(texts.isFolder(file));
  const zip: Zippable = {};
  const add = (path: string, content: Uint8Array, mode = modes.file) => {
    // Midnight by the clock of this machine, wherever it is: a zip file knows no time zone.
    zip[path] = [content, { os: 3, attrs: (mode << 16) >>> 0, mtime: new Date(2000, 0, 1) }];
  };
  for (const name of scripts) add(name, await readFile(new URL(`./gradescope/${name}`, import.meta.url)), modes.script);
  add('settings', Buffer.from(settings(autograder)));
  for (const [path, content] of await studentsEdition(root)) add(`course/${path}`, content);
  await writeFile(file, zipSync(zip)).catch((error: NodeJS.ErrnoException) => {
    throw new KataError(texts.unwritable(file, error.code ?? error.message));
  });
  return Object.keys(zip).length;
}

const settings = ({ exercises, minutes }: Autograder): string => `# Read by run_autograder.
# What it grades; all exercises when empty.
EXERCISES='${exercises.join(' ')}'
# The time limit in the settings of the assignment. The grader is stopped a minute before.
MINUTES=${minutes}
`;

const texts = {
  isFolder: (file: string) =>
    `--out must name a zip file, and "${file}" is a folder. Add a name, as in autograder.zip.`,
  unwritable: (file: string, reason: string) =>
    `"${file}" cannot be written (${reason}): name a file in an existing folder.`,
};
