import {
  changedSinceSkeleton,
  type Course,
  type Exercise,
  missingFiles,
  pointsPerExercise,
} from '#src/course/index.ts';
import { hashOfStudentFiles } from './hash-files.ts';
import { type Progress, progressOf } from './progress.ts';

/** Where a student is with one exercise. */
export interface ExerciseState {
  readonly exercise: Exercise;
  /** `changed`: solved once, but the files are not the ones that were judged. */
  readonly state: 'not started' | 'in progress' | 'changed' | 'solved';
  /** Whether it was solved at any time, with other files perhaps. */
  readonly wasSolved: boolean;
  /** Of {@link pointsPerExercise}, from the last whole run; null where there was none. */
  readonly points: number | null;
  /** The verdict of the first check that did not pass in the last whole run, or `passed`; null where there was none. */
  readonly verdict: string | null;
  /** Files that the manifest lists and the folder lacks. */
  readonly missing: readonly string[];
}

/** @param root the course's folder, absolute */
export async function stateOf(root: string, exercise: Exercise, progress: Progress): Promise<ExerciseState> {
  const { last, solvedAt } = progressOf(progress, exercise);
  const [files, missing] = await Promise.all([hashOfStudentFiles(root, exercise), missingFiles(root, exercise)]);
  const wasSolved = solvedAt !== undefined;
  const known = { exercise, wasSolved, points: last?.points ?? null, verdict: last?.verdict ?? null, missing };
  if (last?.files === files)
    return { ...known, state: last.points === pointsPerExercise ? 'solved' : await touched(root, exercise) };
  return { ...known, state: wasSolved ? 'changed' : await touched(root, exercise) };
}

/**
 * @param root the course's folder, absolute
 * @returns the first exercise in learning order that is not solved as its files are now
 */
export async function firstUnsolved(root: string, course: Course, progress: Progress): Promise<Exercise | undefined> {
  for (const exercise of course.exercises) {
    if ((await stateOf(root, exercise, progress)).state !== 'solved') return exercise;
  }
  return undefined;
}

async function touched(root: string, exercise: Exercise): Promise<'not started' | 'in progress'> {
  const changed = await changedSinceSkeleton(root, exercise, exercise.files.student).catch(() => []);
  return changed.length === 0 ? 'not started' : 'in progress';
}
