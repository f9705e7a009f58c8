import type { GradedStudent } from '#src/grade/index.ts';

/** A known mistake that shows in a class. */
export interface ClassMisconception {
  /** Of the mutant that stands for it. */
  readonly name: string;
  readonly misconception: string;
  /** Indexes of the students, each once. */
  readonly students: readonly number[];
}

/**
 * @param students of a class
 * @returns the misconceptions of each exercise by its slug, in the order of the exercises, the most frequent first; a
 *   student who has one in several tasks counts once
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
  const inOrder = [...found].sort(([one], [other]) => (one < other ? -1 : 1));
  return new Map(inOrder.map(([slug, entries]) => [slug, [...entries].map(toList).sort(byFrequency)]));
}

const toList = ([name, { misconception, students }]: [string, { misconception: string; students: Set<number> }]) => ({
  name,
  misconception,
  students: [...students],
});

const byFrequency = (one: ClassMisconception, other: ClassMisconception): number =>
  other.students.length - one.students.length || (one.name < other.name ? -1 : 1);
