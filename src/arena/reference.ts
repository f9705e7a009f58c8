import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the suites are run from. The students' edition has no solutions, and measures against yardsticks. */
const ownFolder = existsSync(join(process.cwd(), 'solutions')) ? 'solutions' : 'tests/yardsticks';

/**
 * The grader keeps the reference outside of the tree that it judges in, and names the folder in a variable of the
 * suite's process. The variable is removed as soon as it is read. A sandbox shows neither the folder nor the process.
 * Without one this does not stop a search: code that runs as the same user can list the folder for temporary files, or
 * read in /proc the environment that this process was started with.
 */
const folder = process.env['KATA_REFERENCE'] ?? join(process.cwd(), ownFolder);
delete process.env['KATA_REFERENCE'];

/**
 * @param file a file of the reference solution: `03-countdown-threads/countdown.ts`
 * @returns its URL, to be passed to `arena` or imported
 */
export const referenceUrl = (file: string): URL => pathToFileURL(join(folder, file));

/** @returns whether a module is the reference's: it runs outside of the sandbox, which does not show it */
export const isReference = (specifier: string): boolean => specifier.startsWith(pathToFileURL(folder).href);
