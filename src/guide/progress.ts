import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type DeepReadonly, type Exercise, KataError, parseAs } from '#src/course/index.ts';
import { dateForName } from './date-for-name.ts';
import { withLock } from './progress-lock.ts';

// Loose: what a newer version of the course has written stays in the file.
const progressSchema = z.looseObject({
  version: z.literal(1),
  /** By slug. */
  exercises: z.record(
    z.string(),
    z.looseObject({
      last: z
        .looseObject({
          at: z.string().describe('ISO 8601, when the suite last ran'),
          files: z.string().describe("SHA-256 of the student's files at that time"),
          points: z.number().min(0).describe('of all tasks that have passed'),
          verdict: z.string().describe('passed, or the verdict of the first check that did not pass'),
          task: z.int().min(1).optional().describe('the first task that did not pass'),
          misconception: z.string().optional().describe('the known mistake that its failure looks like'),
        })
        .optional(),
      solvedAt: z.string().optional(),
      passed: z.record(z.string(), z.string()).optional().describe('task number → SHA-256 of the files it passed with'),
      skeleton: z.string().optional().describe('SHA-256 of the untouched copy that the student began with'),
      hints: z.record(z.string(), z.int().min(0)).optional().describe('task number → hint steps shown'),
    }),
  ),
});

/** .kata/progress.json: what the guide remembers of one student, exercises by slug. */
export type Progress = DeepReadonly<z.infer<typeof progressSchema>>;
export type ExerciseProgress = Progress['exercises'][string];

const progressPath = '.kata/progress.json';
const lockPath = '.kata/progress.lock';

/**
 * A damaged file is set aside under a dated name, never lost.
 * @param root the course's folder, absolute
 * @returns what is known of the student, and one sentence to show where the file was damaged
 */
export async function readProgress(root: string): Promise<{ progress: Progress; warning?: string }> {
  try {
    return { progress: await parsed(root) };
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    // Another session may have mended the file meanwhile, so it is looked at again where nobody else writes.
    return withLock(join(root, lockPath), () => readOrSetAside(root));
  }
}

class DamagedError extends KataError {}

const nothing: Progress = { version: 1, exercises: {} };

/** @throws {DamagedError} where the file does not hold what it should */
async function parsed(root: string): Promise<Progress> {
  const text = await readFile(join(root, progressPath), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new KataError(
      `${progressPath} cannot be read (${error.code ?? error.message}); make it readable, or delete it to begin anew.`,
    );
  });
  if (text === undefined) return nothing;
  try {
    return parseAs(progressSchema, progressPath, text);
  } catch (error) {
    throw error instanceof KataError ? new DamagedError(error.message) : error;
  }
}

/** For who holds the lock. */
async function readOrSetAside(root: string): Promise<{ progress: Progress; warning?: string }> {
  try {
    return { progress: await parsed(root) };
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    const aside = `.kata/progress.damaged-${dateForName()}.json`;
    await rename(join(root, progressPath), join(root, aside));
    const warning =
      `${error.message.replace(/\.$/, '')}. The file is kept as ${aside}, and progress starts over; ` +
      '`npm run kata run <exercise>` fills it again.';
    return { progress: nothing, warning };
  }
}

/**
 * @returns what is known of the exercise, if need be under a name that it had before: one that the manifest lists, or
 *   the same name with another number
 */
export function progressOf({ exercises }: Progress, { slug, formerly = [] }: Exercise): ExerciseProgress {
  const known = exercises[slug];
  if (known !== undefined) return known;
  const former =
    formerly.find((each) => exercises[each] !== undefined) ??
    Object.keys(exercises).find((each) => nameIn(each) === nameIn(slug));
  return former === undefined ? {} : (exercises[former] ?? {});
}

/** @returns the exercise's name without its number */
export const nameIn = (slug: string): string => slug.replace(/^\d+-/, '');

/**
 * Changes what is known of one exercise. Sessions that run side by side take turns, so that none overwrites what
 * another has noted. The file is written under another name and renamed, so that neither a reader nor a crash meets
 * half a file.
 * @param change from what is known to what shall be kept
 * @returns the sentence of {@link readProgress}, where the file was damaged
 */
export async function updateProgress(
  root: string,
  exercise: Exercise,
  change: (before: ExerciseProgress) => ExerciseProgress,
): Promise<{ warning?: string }> {
  const draft = join(root, `.kata/progress.${randomUUID()}.draft`);
  try {
    return await withLock(join(root, lockPath), async () => {
      const { progress, ...rest } = await readOrSetAside(root);
      const exercises = { ...progress.exercises, [exercise.slug]: change(progressOf(progress, exercise)) };
      await writeFile(draft, `${JSON.stringify({ ...progress, exercises }, undefined, 2)}\n`);
      await rename(draft, join(root, progressPath));
      return rest;
    });
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    // The verdict on the screen is worth more than the note of it.
    if (error instanceof KataError) return { warning: error.message };
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return {
      warning:
        `${progressPath} cannot be written (${reason}), so this result is not remembered; \`npm run kata doctor\` ` +
        'looks at the folder.',
    };
  }
}
