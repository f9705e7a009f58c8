import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The grader keeps the reference outside of the tree that it judges in, and names the folder in a variable of the
 * suite's process. The variable is removed as soon as it is read: no guest, and no thread of this process, inherits it.
 * So neither a path nor a name of package.json's `imports` leads from student code to the reference. This does not stop
 * a search: code that runs as the same user can list the folder for temporary files and the cache of the loader, or
 * read in /proc the environment that this process was started with.
 */
const folder = process.env['KATA_REFERENCE'] ?? join(process.cwd(), 'solutions');
delete process.env['KATA_REFERENCE'];

/**
 * @param file a file of the reference solution: `03-countdown-threads/countdown.ts`
 * @returns its URL, to be passed to `arena` or imported
 */
export const referenceUrl = (file: string): URL => pathToFileURL(join(folder, file));
