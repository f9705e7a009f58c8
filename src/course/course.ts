import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KataError } from './kata-error.ts';
import { parseJson } from './json-text.ts';
import { readSchema, schemaFault } from './schema-fault.ts';

/** One numbered task of an exercise; its number is its place in the list, from 1. */
export interface Task {
  /** The heading after "Task N: " in README.md, hints.md and the suite. */
  readonly title: string;
  readonly points: number;
  /** The task measures time: it runs alone and may be inconclusive. */
  readonly speed?: boolean;
}

export interface Exercise {
  /** Two digits. */
  readonly id: string;
  /** The folder's name in exercises/, solutions/ and tests/. */
  readonly slug: string;
  readonly title: string;
  readonly chapter: string;
  readonly minutes: number;
  readonly files: {
    /** What the student edits: names of files in the exercise's folder. */
    readonly student: readonly string[];
    /** What the student reads and runs, and leaves as it is. */
    readonly given: readonly string[];
  };
  /** Earlier exercises whose files this one may import as `../06-thread-pool/…`. The manifest lists their slugs. */
  readonly uses?: readonly Exercise[];
  /** Points of all tasks add up to {@link pointsPerExercise}. */
  readonly tasks: readonly Task[];
}

/** exercises/course.json, in learning order. */
export interface Course {
  readonly version: 1;
  readonly exercises: readonly Exercise[];
}

/** An exercise as the manifest has it. */
type Listed = Omit<Exercise, 'uses'> & { readonly uses?: readonly string[] };
interface Manifest {
  readonly version: 1;
  readonly exercises: readonly Listed[];
}

/** What every exercise is worth, so that exercises can be compared. */
export const pointsPerExercise = 10;

/** Where the manifest lies, from the course's root; also its name in messages. */
export const manifestPath = 'exercises/course.json';

/**
 * Reads the manifest and checks it against course.schema.json and the rules that a schema cannot say. It does not look for
 * the files that the manifest lists: a student may have lost one, and `reset` must still work ({@link checkFiles} looks).
 * @param root the course's folder (the one with package.json), absolute
 * @throws {KataError} one sentence with the path and the field that is wrong
 */
export async function loadCourse(root: string): Promise<Course> {
  const text = await readFile(join(root, manifestPath), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new KataError(
      `${manifestPath} cannot be read (${error.code ?? error.message}); bring it back with \`git checkout -- ${manifestPath}\` or from a fresh copy of the course.`,
    );
  });
  const data = parseJson(manifestPath, text);
  const fault = schemaFault(await readSchema(new URL('./course.schema.json', import.meta.url)), data);
  if (fault !== undefined) throw new KataError(`${manifestPath}: ${fault}`);
  const manifest = data as Manifest;
  for (const rule of rules) {
    const broken = rule(manifest);
    if (broken !== undefined) throw new KataError(`${manifestPath}: ${broken}`);
  }
  return { version: manifest.version, exercises: withUsed(manifest.exercises) };
}

/** Replaces slugs by exercises. A used exercise stands before the one that uses it. */
function withUsed(listed: readonly Listed[]): Exercise[] {
  const exercises: Exercise[] = [];
  for (const { uses, ...exercise } of listed) {
    const used = exercises.filter(({ slug }) => uses?.includes(slug));
    exercises.push(uses ? { ...exercise, uses: used } : exercise);
  }
  return exercises;
}

/** What a schema cannot say; each gives the sentence about the first place where it is broken. */
const rules: readonly ((manifest: Manifest) => string | undefined)[] = [
  ({ exercises }) =>
    firstOf(exercises, ({ id }, at) => {
      const before = exercises.findIndex((other) => other.id === id);
      return before < at ? `exercises[${at}].id must be unique, got "${id}" as in exercises[${before}]` : undefined;
    }),
  ({ exercises }) =>
    firstOf(exercises, ({ id }, at) => {
      const previous = exercises[at - 1];
      return previous && previous.id > id
        ? `exercises[${at}].id must come after "${previous.id}" in the learning order, got "${id}"`
        : undefined;
    }),
  ({ exercises }) =>
    firstOf(exercises, ({ id, slug }, at) =>
      slug.startsWith(`${id}-`)
        ? undefined
        : `exercises[${at}].slug must begin with its id and a dash ("${id}-"), got "${slug}"`,
    ),
  ({ exercises }) =>
    firstOf(exercises, ({ files }, at) => {
      const twice = files.given.findIndex((file) => files.student.includes(file));
      return twice < 0
        ? undefined
        : `exercises[${at}].files.given[${twice}] must not be a student's file too, got "${files.given[twice]}"`;
    }),
  ({ exercises }) =>
    firstOf(exercises, ({ uses = [] }, at) => {
      const earlier = exercises.slice(0, at).map(({ slug }) => slug);
      const wrong = uses.findIndex((slug) => !earlier.includes(slug));
      return wrong < 0
        ? undefined
        : `exercises[${at}].uses[${wrong}] must be the slug of an earlier exercise, got "${uses[wrong]}"`;
    }),
  ({ exercises }) =>
    firstOf(exercises, ({ tasks }, at) => {
      const points = tasks.reduce((sum, task) => sum + task.points, 0);
      return points === pointsPerExercise
        ? undefined
        : `exercises[${at}].tasks must have ${pointsPerExercise} points together, got ${points}`;
    }),
];

function firstOf<Item>(
  items: readonly Item[],
  broken: (item: Item, at: number) => string | undefined,
): string | undefined {
  for (const [at, item] of items.entries()) {
    const sentence = broken(item, at);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}
