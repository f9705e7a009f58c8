import { type Course, KataError } from '#src/course/index.ts';
import type { GradedStudent } from '#src/grade/index.ts';
import { inShard } from './find-students.ts';
import { lock } from './lock.ts';
import { readRun, readStudent, type Run, writeRun, writeStudent } from './result-files.ts';
import { problemOf, writeResults } from './write-results.ts';

/** The results of several runs as those of one. */
export interface Merged {
  students: GradedStudent[];
  /** Students of the class whose result is in none of the folders. */
  missing: string[];
}

interface Input {
  folder: string;
  run: Run;
}

/**
 * Puts the results of several shards together, as one run without shards would have written them.
 * @param root the course, absolute
 * @param course all its exercises
 * @param folders with results, as {@link judgeClass} writes them
 * @param out a folder for the merged results
 * @throws {KataError} where a folder holds no results, or the results don't fit together; nothing is written then
 */
export async function mergeRuns(
  root: string,
  course: Course,
  folders: readonly string[],
  out: string,
): Promise<Merged> {
  const inputs: Input[] = [];
  for (const folder of folders) inputs.push({ folder, run: await readRun(folder) });
  const [first, ...others] = inputs as [Input, ...Input[]];
  for (const other of others) {
    const differs = whatDiffers(first.run, other.run);
    if (differs !== undefined) throw new KataError(texts.unlike(first.folder, other.folder, differs));
  }
  const exercises = course.exercises.filter(({ slug }) => first.run.exercises.includes(slug));
  const unknown = first.run.exercises.find((slug) => !exercises.some((exercise) => exercise.slug === slug));
  if (unknown !== undefined) throw new KataError(texts.unknown(first.folder, unknown));
  const names = [...new Set(inputs.flatMap(({ run }) => run.students))].sort();
  const merged: Merged = { students: [], missing: [] };
  for (const name of names) {
    const graded = await resultOf(name, inputs);
    if (graded === undefined) merged.missing.push(name);
    else merged.students.push(graded);
  }
  const unlock = await lock(out);
  try {
    await writeRun(out, { version: 1, course: first.run.course, exercises: first.run.exercises, students: names });
    for (const graded of merged.students) await writeStudent(out, graded);
    await writeResults(out, root, merged.students, exercises);
  } finally {
    await unlock();
  }
  return merged;
}

function whatDiffers(one: Run, other: Run): string | undefined {
  if (one.exercises.join() !== other.exercises.join()) return 'different exercises were judged';
  return one.course === other.course ? undefined : 'different versions of the course judged them';
}

async function resultOf(student: string, inputs: readonly Input[]): Promise<GradedStudent | undefined> {
  const found: { folder: string; graded: GradedStudent }[] = [];
  for (const { folder, run } of inputs) {
    // A folder that was used for another shard before may hold more, and older ones.
    if (!inShard(run.students, run.shard).includes(student)) continue;
    const graded = await readStudent(folder, student);
    if (graded !== undefined) found.push({ folder, graded });
  }
  const [first, ...others] = found;
  const unlike = others.find(({ graded }) => graded.fingerprint !== first?.graded.fingerprint);
  if (first && unlike) throw new KataError(texts.twice(student, first.folder, unlike.folder));
  return (found.find(({ graded }) => problemOf(graded) === undefined) ?? first)?.graded;
}

const texts = {
  unlike: (one: string, other: string, differs: string) =>
    `"${one}" and "${other}" cannot be merged: ${differs}. Judge all shards with the same copy of the course and the ` +
    'same exercises.',
  unknown: (folder: string, slug: string) =>
    `"${folder}" cannot be merged: it holds results of ${slug}, and this course has no such exercise. Use the copy ` +
    'of the course that judged it.',
  twice: (student: string, one: string, other: string) =>
    `"${student}" is in "${one}" and in "${other}" with different files. Leave one of the two folders out, or judge ` +
    'the student again in both.',
};
