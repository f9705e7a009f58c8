import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KataError, parseJson, readSchema, schemaFault } from '#src/course/index.ts';
import { dateForName } from './date-for-name.ts';

export interface LastRun {
  /** ISO 8601, when the suite last ran on all tasks. */
  readonly at: string;
  /** SHA-256 of the student's files at that time. */
  readonly files: string;
  readonly points: number;
  /** `passed`, or the verdict of the first check that did not. */
  readonly verdict: string;
  /** Number of the first task that did not pass. */
  readonly task?: number;
}

export interface ExerciseProgress {
  readonly last?: LastRun;
  readonly solvedAt?: string;
  /** Task number → hint steps shown. */
  readonly hints?: Readonly<Record<string, number>>;
}

/** .kata/progress.json; exercises by slug. */
export interface Progress {
  readonly version: 1;
  readonly exercises: Readonly<Record<string, ExerciseProgress>>;
}

export const progressPath = '.kata/progress.json';

/**
 * A damaged file is set aside under a dated name, never lost.
 * @param root the course's folder, absolute
 * @returns what is known of the student, and one sentence to show where the file was damaged
 */
export async function readProgress(root: string): Promise<{ progress: Progress; warning?: string }> {
  const file = join(root, progressPath);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new KataError(
      `${progressPath} cannot be read (${error.code ?? error.message}); make it readable, or delete it to begin anew.`,
    );
  });
  if (text === undefined) return { progress: { version: 1, exercises: {} } };
  const fault = await faultIn(text);
  if (fault === undefined) return { progress: JSON.parse(text) as Progress };
  const aside = `.kata/progress.damaged-${dateForName()}.json`;
  await rename(file, join(root, aside));
  return {
    progress: { version: 1, exercises: {} },
    warning: `${fault.replace(/\.$/, '')}. It is kept as ${aside}, and progress begins anew; \`npm run kata run <exercise>\` fills it again.`,
  };
}

/**
 * Changes what is known of one exercise. The file is written beside and renamed, so no reader and no crash meets half a file.
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
      warning: `${progressPath} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}), so this result is not remembered; \`npm run kata doctor\` looks at the folder.`,
    };
  }
}

async function faultIn(text: string): Promise<string | undefined> {
  try {
    const fault = schemaFault(
      await readSchema(new URL('./progress.schema.json', import.meta.url)),
      parseJson(progressPath, text),
    );
    return fault === undefined ? undefined : `${progressPath}: ${fault}`;
  } catch (error) {
    if (error instanceof KataError) return error.message;
    throw error;
  }
}
