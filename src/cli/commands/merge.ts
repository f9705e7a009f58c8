import { resolve } from 'node:path';
import { mergeRuns } from '#src/class-run/index.ts';
import { KataError, loadCourse } from '#src/course/index.ts';
import { classSummary } from '../class-text.ts';
import type { Context } from '../context.ts';
import { exitingWith2 } from '../exiting-with-2.ts';

/**
 * `kata merge`: puts the results of the shards of a class together.
 * @param folders that `kata grade --submissions … --shard … --out` has written
 * @returns exit code: 0 every student of the class has a verdict, 2 one has none
 * @throws {KataError} with exit code 2: a folder without results, results that don't fit together
 */
export const merge = (...call: Parameters<typeof mergeFolders>): Promise<number> => exitingWith2(mergeFolders(...call));

async function mergeFolders(
  { root, terminal }: Context,
  folders: readonly string[],
  { out }: { out?: string },
): Promise<number> {
  if (out === undefined) throw new KataError(texts.noOut);
  const { students, missing } = await mergeRuns(root, await loadCourse(root), folders, resolve(out));
  const { lines, code } = classSummary(students, out, missing);
  terminal.line([texts.merged(students.length, students.length + missing.length, folders.length), ...lines].join('\n'));
  return code;
}

const texts = {
  noOut: 'merge needs a folder for the merged results: name it with --out, as in --out ../results.',
  merged: (found: number, all: number, folders: number) =>
    `${found} of ${all} students, from ${folders} ${folders === 1 ? 'folder' : 'folders'}.`,
};
