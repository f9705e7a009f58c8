import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type Exercise, readSkeleton, studentFiles } from '#src/course/index.ts';
import type { Check } from '#src/suite/index.ts';
import {
  placeOfMistake,
  placeOfProperty,
  placeOfTask,
  placeOfWords,
  type Place,
  type Sources,
} from './likely-place.ts';
import { type Mistake, readMistakes } from './mistake.ts';
import { recognize } from './recognize.ts';
import { shapeOf } from './shape.ts';

/**
 * @param folder the exercise's folder with the student's files, absolute
 * @returns the student's files that can be read
 */
export async function readSources(folder: string, exercise: Exercise): Promise<Sources> {
  const files = await Promise.all(
    studentFiles(exercise).map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
  return new Map(files.flat());
}

/**
 * Adds to the first failed check of each task what is known of the mistake behind it, and a place where the suite saw
 * none.
 * @param root the course, absolute
 * @param folder where the student's files are, from the course's root, as in {@link Check.file}
 * @param sources the student's files
 */
export async function explain<Task extends { readonly checks: Check[] }>(
  root: string,
  exercise: Exercise,
  folder: string,
  sources: Sources,
  tasks: readonly Task[],
): Promise<Task[]> {
  if (!tasks.some(({ checks }) => checks.some(({ state }) => state === 'failed'))) return [...tasks];
  const mistakes = await readMistakes(root, exercise);
  // Without the copy, its comments say nothing.
  const copy = await readSkeleton(root, exercise).catch(() => new Map<string, string>());
  const untouched = new Map([...copy].filter(([name]) => sources.has(name)));
  const skeleton = untouched.size > 0 ? untouched : sources;
  const code = [...sources.values()].join('\n');
  const at = ({ file, line }: Place) => ({
    file: posix.join(folder, file),
    line,
    // A column that the suite saw belongs to another line.
    column: undefined,
    likely: true as const,
  });
  const recognized = withoutContradictions(
    tasks.map(({ checks }) => {
      const first = checks.find(({ state }) => state === 'failed');
      return { first, mistake: first && recognize(checks, mistakes, code) };
    }),
  );
  return tasks.map((task, index) => {
    const { first, mistake } = recognized[index] ?? {};
    if (first === undefined) return task;
    const known = mistake && placeOfMistake(mistake, sources);
    const property = placeOfProperty(first, sources);
    // Any wrong value of a prediction fails in the same words. Only the very same value is the same mistake.
    const named = property === undefined || known?.same ? mistake : undefined;
    // What the suite saw is where the mistake took effect. The very lines of a known mistake say where it is.
    const place =
      first.file === undefined
        ? (property ?? known?.place ?? placeOfWords(first, sources, skeleton) ?? placeOfTask(first, skeleton))
        : known?.same && known.place;
    const explained: Check = {
      ...first,
      ...(place && at(place)),
      ...(named && { mistake: { name: named.name, misconception: named.misconception } }),
    };
    return { ...task, checks: task.checks.map((check) => (check === first ? explained : check)) };
  });
}

interface Recognized {
  readonly first: Check | undefined;
  readonly mistake: Mistake | undefined;
}

/** Failures that say the same have one cause. Where different mistakes fit them, none of these is it. */
const withoutContradictions = (recognized: readonly Recognized[]): Recognized[] =>
  recognized.map(({ first, mistake }) => {
    const alike = recognized.filter((each) => shapeOf(each.first?.sentence ?? '') === shapeOf(first?.sentence ?? ''));
    const names = new Set(alike.flatMap((each) => each.mistake?.name ?? []));
    return { first, mistake: names.size > 1 ? undefined : mistake };
  });
