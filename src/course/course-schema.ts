import * as z from 'zod';
import type { DeepReadonly } from './schema.ts';

/** What every exercise is worth, so that exercises can be compared. */
export const pointsPerExercise = 10;

const text = z.string().min(1);

const files = z
  .array(
    z
      .string()
      .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/)
      .describe("the name of a file in the exercise's folder"),
  )
  .refine((names) => new Set(names).size === names.length, 'must be a list without repeats')
  .meta({ uniqueItems: true });

const task = z.strictObject({
  title: text.describe("the heading in README.md, hints.md and the suite, after 'Task N: '"),
  points: z.int().min(1),
  speed: z.boolean().optional().describe('the task measures time: it runs alone, and may be inconclusive'),
});

const exercise = z
  .strictObject({
    id: z
      .string()
      .regex(/^[0-9]{2}$/)
      .describe('two digits, the place in the learning order'),
    slug: z
      .string()
      .regex(/^[0-9]{2}(-[a-z0-9]+)+$/)
      .describe("the folder's name in exercises/, solutions/ and tests/; begins with the id"),
    formerly: z
      .array(z.string())
      .optional()
      .describe('slugs that it had before: progress and old folders of students go by these names'),
    title: text,
    chapter: text.describe('exercises of one chapter stand together in lists'),
    minutes: z.int().min(1).describe('what a student should plan for'),
    files: z.strictObject({
      student: files.min(1).describe('what the student edits; a grader takes nothing else from a submission'),
      given: files.describe('what the student reads and runs, and leaves as it is'),
    }),
    uses: z
      .array(z.string())
      .optional()
      .describe('slugs of earlier exercises whose files the student may import; a grader takes them along'),
    tasks: z.array(task).min(1).describe("the numbered tasks, in order; a task's number is its place, from 1"),
  })
  // What JSON Schema cannot say.
  .check(({ value: { id, slug, files, tasks }, issues }) => {
    const fault = (input: unknown, path: PropertyKey[], message: string) =>
      issues.push({ code: 'custom', input, path, message });
    if (!slug.startsWith(`${id}-`))
      fault(slug, ['slug'], `must begin with its id and a dash ("${id}-"), got "${slug}"`);
    const twice = files.given.findIndex((file) => files.student.includes(file));
    if (twice >= 0)
      fault(twice, ['files', 'given', twice], `must not be a student's file too, got "${files.given[twice]}"`);
    const points = tasks.reduce((sum, task) => sum + task.points, 0);
    if (points !== pointsPerExercise)
      fault(tasks, ['tasks'], `must have ${pointsPerExercise} points together, got ${points}`);
  });

/** exercises/course.json. course.schema.json, for editors, is made of this: `npm run schemas`. */
export const courseSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1),
    shared: files.optional().describe('files of exercises/shared/ that exercises import as #shared/…'),
    exercises: z.array(exercise).min(1),
  })
  .check(({ value: { exercises }, issues }) => {
    const ids = exercises.map(({ id }) => id);
    const slugs = exercises.map(({ slug }) => slug);
    for (const [at, id] of ids.entries()) {
      const fault = (message: string) =>
        issues.push({ code: 'custom', input: id, path: ['exercises', at, 'id'], message });
      const first = ids.indexOf(id);
      const previous = ids[at - 1];
      if (first < at) fault(`must be unique, got "${id}" as in exercises[${first}]`);
      else if (previous !== undefined && previous > id)
        fault(`must come after "${previous}" in the learning order, got "${id}"`);
    }
    for (const [at, { uses = [] }] of exercises.entries()) {
      const wrong = uses.findIndex((slug) => !slugs.slice(0, at).includes(slug));
      if (wrong < 0) continue;
      const message = `must be the slug of an earlier exercise, got "${uses[wrong]}"`;
      issues.push({ code: 'custom', input: uses, path: ['exercises', at, 'uses', wrong], message });
    }
  })
  .meta({ title: 'exercises/course.json: the exercises, in learning order' });

/** exercises/course.json, as it is written. */
export type Manifest = DeepReadonly<z.infer<typeof courseSchema>>;

/** A folder of exercises/ and the files in it that the course knows. */
export type Folder = Pick<Manifest['exercises'][number], 'id' | 'slug' | 'files'>;

export interface Exercise extends Omit<Manifest['exercises'][number], 'uses'> {
  /** Earlier exercises whose files this one may import as `../06-thread-pool/…`. The manifest lists their slugs. */
  readonly uses?: readonly Exercise[];
  /** Given files that stand once for several exercises, which import them as `#shared/…`. */
  readonly shared?: Folder;
}

/** The exercises, in learning order. */
export interface Course {
  readonly version: 1;
  readonly shared?: Folder;
  readonly exercises: readonly Exercise[];
}

/** One numbered task of an exercise; its number is its place in the list, from 1. */
