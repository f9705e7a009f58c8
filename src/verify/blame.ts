import { posix } from 'node:path';
import type { Check } from '#src/suite/index.ts';
import { hunksOf, type Hunk } from './patch.ts';

/**
 * Whether a failure shows a student where the mistake is: at the lines that a mutant's patch has changed (or in that
 * file, where a file is all that it shows), elsewhere in the student's files, in another file, or nowhere.
 */
export type Blame = 'at the mistake' | 'elsewhere' | "not in the student's files" | 'nowhere';

/** Lines before and after a hunk that still count: an editor shows them together. */
const near = 2;

/** @returns how well the place that a check shows fits the patch of a mutant that failed it */
export function blameOf(check: Pick<Check, 'file' | 'line'>, slug: string, path: string, diff: string): Blame {
  const { file, line } = check;
  if (file === undefined) return 'nowhere';
  const name = file.replace(/^(?:exercises|solutions)\//, '');
  if (name === file) return "not in the student's files";
  const inHunk = (hunk: Hunk) =>
    name === posix.join(slug, hunk.file) &&
    (line === undefined || (line >= hunk.first - near && line <= hunk.last + near));
  return hunksOf(path, diff).some(inHunk) ? 'at the mistake' : 'elsewhere';
}

export interface BlameScore {
  /** Mutants whose failure points at the mistake, from 0 to 1. */
  atTheMistake: number;
  /** Mutants whose failure points into the student's files, from 0 to 1. */
  inStudentFiles: number;
}

/** @returns the score of several mutants, at least one */
export function blameScore(blames: readonly Blame[]): BlameScore {
  const share = (...wanted: Blame[]) => blames.filter((each) => wanted.includes(each)).length / blames.length;
  return { atTheMistake: share('at the mistake'), inStudentFiles: share('at the mistake', 'elsewhere') };
}
