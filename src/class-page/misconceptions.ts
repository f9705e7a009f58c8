import type { GradedStudent } from '#src/grade/index.ts';

/** A known mistake that shows in a class. */
export interface ClassMisconception {
  readonly misconception: string;
  /** Indexes of the students, each once. */
  readonly students: readonly number[];
}

/**
 * @param students of a class
 * @returns the misconceptions of each exercise by its slug, the most frequent first
 */
export function misconceptionsOf(students: readonly GradedStudent[]): Map<string, ClassMisconception[]> {
  const found = new Map<string, Map<string, { misconception: string; students: Set<number> }>>();
  for (const [at, { record }] of students.entries())
    for (const { slug, tasks } of record?.exercises ?? [])
      for (const { mistake } of tasks.flatMap(({ checks }) => checks)) {
        if (!mistake) continue;
        const ofExercise = found.get(slug) ?? new Map<string, { misconception: string; students: Set<number> }>();
        found.set(slug, ofExercise);
        const entry = ofExercise.get(mistake.name) ?? { misconception: mistake.misconception, students: new Set() };
        ofExercise.set(mistake.name, entry);
        entry.students.add(at);
      }
  return new Map(
    [...found].map(([slug, entries]) => [
      slug,
      [...entries.values()]
        .map((entry) => ({ misconception: entry.misconception, students: [...entry.students] }))
        .sort(
          (one, other) =>
            other.students.length - one.students.length || (one.misconception < other.misconception ? -1 : 1),
        ),
    ]),
  );
}
