import type { Exercise, Folder } from './course-schema.ts';

/** Files that an exercise is judged with, and the way to their folder. */
export interface Part {
  readonly exercise: Folder;
  /** From the folder of the exercise that is judged: nothing, `../06-thread-pool/` or `../shared/`. */
  readonly prefix: string;
}

/** @returns the exercise itself, then those that it builds on, then the shared files */
export const partsOf = (exercise: Exercise): Part[] => [
  { exercise, prefix: '' },
  ...[...(exercise.uses ?? []), ...(exercise.shared ? [exercise.shared] : [])].map((used) => ({
    exercise: used,
    prefix: `../${used.slug}/`,
  })),
];

/**
 * @returns every file of the student's that an exercise is judged with, as paths from its folder: its own files first
 */
export const studentFiles = (exercise: Exercise): string[] =>
  partsOf(exercise).flatMap(({ exercise: { files }, prefix }) => files.student.map((name) => `${prefix}${name}`));
