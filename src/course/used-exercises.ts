import type { Exercise } from './course-schema.ts';

/** An exercise and the way to its folder. */
export interface Part {
  readonly exercise: Exercise;
  /** From the folder of the exercise that is judged: nothing, or `../06-thread-pool/`. */
  readonly prefix: string;
}

/** @returns the exercise itself, then those that it builds on */
export const partsOf = (exercise: Exercise): Part[] => [
  { exercise, prefix: '' },
  ...(exercise.uses ?? []).map((used) => ({ exercise: used, prefix: `../${used.slug}/` })),
];

/** @returns every file of the student's that an exercise is judged with, as paths from its folder: its own files first */
export const studentFiles = (exercise: Exercise): string[] =>
  partsOf(exercise).flatMap(({ exercise: { files }, prefix }) => files.student.map((name) => `${prefix}${name}`));
