import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type DeepReadonly, KataError, parseAs } from '#src/course/index.ts';
import { dateForName } from './date-for-name.ts';

const progressSchema = z.object({
  version: z.literal(1),
  /** By slug. */
  exercises: z.record(
    z.string(),
    z.object({
      last: z
        .object({
          at: z.string().describe('ISO 8601, when the suite last ran on all tasks'),
          files: z.string().describe("SHA-256 of the student's files at that time"),
          points: z.number().min(0),
          verdict: z.string().describe('passed, or the verdict of the first check that did not pass'),
          task: z.int().min(1).optional().describe('the first task that did not pass'),
          misconception: z.string().optional().describe('the known mistake that its failure looks like'),
        })
        .optional(),
      solvedAt: z.string().optional(),
      hints: z.record(z.string(), z.int().min(0)).optional().describe('task number → hint steps shown'),
    }),
  ),
});

/** .kata/progress.json: what the guide remembers of one student, exercises by slug. */
export type Progress = DeepReadonly<z.infer<typeof progressSchema>>;
export type ExerciseProgress = Progress['exercises'][string];

const progressPath = '.kata/progress.json';

/**
 * A damaged file is set aside under a dated name, never lost.
 * @param root the course's folder, absolute
 * @returns what is known of the student, and one sentence to show where the file was damaged
 */
export async function readProgress(root: string): Promise<{ progress: Progress; warning?: string }> {
  const text = await readFile(join(root, progressPath), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new KataError(
      `${progressPath} cannot be read (${error.code ?? error.message}); make it readable, or delete it to begin anew.`,
    );
  });
  if (text === undefined) return { progress: { version: 1, exercises: {} } };
  try {
    return { progress: parseAs(progressSchema, progressPath, text) };
  } catch (error) {
    if (!(error instanceof KataError)) throw error;
    return { progress: { version: 1, exercises: {} }, warning: await setAside(root, error.message) };
  }
}

/** @returns a sentence about it */
async function setAside(root: string, fault: string): Promise<string> {
  const aside = `.kata/progress.damaged-${dateForName()}.json`;
  await rename(join(root, progressPath), join(root, aside));
  return (
    `${fault.replace(/\.$/, '')}. The file is kept as ${aside}, and progress starts over; ` +
    '`npm run kata run <exercise>` fills it again.'
  );
}

/**
 * Changes what is known of one exercise. The file is written under another name and renamed, so that neither a reader
 * nor a crash meets half a file.
 * @param slug the exercise
 * @param change from what is known to what shall be kept
 * @returns the sentence of {@link readProgress}, where the file was damaged
 */
export async function updateProgress(
  root: string,
  slug: string,
  change: (before: ExerciseProgress) => ExerciseProgress,
): Promise<{ warning?: string }> {
  const draft = join(root, `.kata/progress.${randomUUID()}.draft`);
  try {
    const { progress, ...rest } = await readProgress(root);
    const next: Progress = {
      version: 1,
      exercises: { ...progress.exercises, [slug]: change(progress.exercises[slug] ?? {}) },
    };
    await mkdir(join(root, '.kata'), { recursive: true });
    await writeFile(draft, `${JSON.stringify(next, undefined, 2)}\n`);
    await rename(draft, join(root, progressPath));
    return rest;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    // The verdict on the screen is worth more than the note of it.
    if (error instanceof KataError) return { warning: error.message };
    return {
      warning:
        `${progressPath} cannot be written ` +
        `(${(error as NodeJS.ErrnoException).code ?? String(error)}), so this result is not remembered; \`npm run ` +
        `kata doctor\` looks at the folder.`,
    };
  }
}
