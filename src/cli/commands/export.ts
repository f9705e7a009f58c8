import { KataError } from '#src/course/index.ts';
import { writeAutograder, writeRepository, type WrittenRepository } from '#src/export/index.ts';
import { chosenExercises } from '../chosen-exercises.ts';
import type { Context } from '../context.ts';
import { exitingWith2 } from '../exiting-with-2.ts';
import { integerFlag } from '../flags.ts';

export interface ExportOptions {
  /** A folder for `students`, a zip file for `gradescope`. */
  readonly out: string;
  /** For `gradescope`: the time limit there. */
  readonly minutes?: string;
}

/**
 * `kata export`: the course for others.
 * @param edition `students` or `gradescope`
 * @param names exercises, for `gradescope`; all when empty
 * @throws {KataError} with exit code 2 for an edition, a name or a path that cannot be used
 */
export const exportCourse = (...call: Parameters<typeof write>): Promise<number> => exitingWith2(write(...call));

async function write(
  { root, terminal }: Context,
  edition: string,
  names: readonly string[],
  { out, minutes }: ExportOptions,
): Promise<number> {
  if (edition === 'students') {
    if (names.length > 0) throw new KataError(texts.allExercises(names));
    if (minutes !== undefined) throw new KataError(texts.noLimit);
    for (const line of studentsText(out, await writeRepository(root, out))) terminal.line(line);
    return 0;
  }
  if (edition !== 'gradescope') throw new KataError(texts.unknown(edition));
  const limit = integerFlag('--minutes', minutes ?? '10', 2, 40);
  const exercises = names.length === 0 ? [] : (await chosenExercises(root, names)).exercises.map(({ id }) => id);
  const files = await writeAutograder(root, out, { exercises, minutes: limit });
  terminal.line(texts.autograder(out, files, limit));
  return 0;
}

function studentsText(out: string, { commit, files, changedSkeletons }: WrittenRepository): string[] {
  if (commit === 'unchanged') return [`${out} has this version already: nothing to commit.`];
  const written = `written: ${out}, ${files} files, ${commit === 'first' ? 'the first commit' : 'one more commit'}`;
  const next = 'Next: push it to where your students fork or clone it (docs/instructors.md)';
  if (changedSkeletons.length === 0) return [written, next];
  return [written, texts.changed, ...changedSkeletons.map((path) => `  ${path}`), next];
}

const texts = {
  unknown: (edition: string) => `There is no edition "${edition}". It must be students or gradescope.`,
  allExercises: (names: readonly string[]) =>
    `The students' edition has all exercises, so leave out "${names.join(' ')}". Only an autograder can be for some.`,
  noLimit: '--minutes is the time limit of an autograder: leave it out for students.',
  changed: 'These skeletons changed. Students who have worked in them resolve a conflict when they merge:',
  autograder: (out: string, files: number, minutes: number) =>
    `written: ${out}, ${files} files\nNext: upload it as the autograder of an assignment, and set its time limit to ` +
    `${minutes} minutes there (docs/instructors.md)`,
};
