import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Exercise } from '../course/course.ts';
import { KataError } from '../course/kata-error.ts';
import { parseJson } from '../course/json-text.ts';
import { readSkeleton } from '../course/skeleton.ts';
import { isVerdict, type Verdict } from '../verdict/verdicts.ts';
import type { Submission } from './submission.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A named wrong answer: tests/<slug>/mutants/<name>/mutant.json. */
export interface Mutant {
  name: string;
  /** Number of the task that it must fail. */
  task: number;
  /** What the task's verdict must be, one of these: more than one where machines may rightly tell it differently. */
  verdicts: Verdict[];
  /** The misunderstanding that it stands for, in a sentence. */
  misconception: string;
  /** Nothing else runs beside it: its verdict rests on time. */
  alone: boolean;
}

const keys = ['task', 'verdict', 'misconception', 'alone'];

/**
 * @param root the course, absolute
 * @returns the exercise's mutants by name
 * @throws {KataError} a mutant.json that is missing or says something else than {@link Mutant}
 */
export async function readMutants(root: string, exercise: Exercise): Promise<Mutant[]> {
  return Promise.all((await folders(root, exercise, 'mutants')).map((name) => readMutant(root, exercise, name)));
}

async function readMutant(root: string, exercise: Exercise, name: string): Promise<Mutant> {
  const file = `tests/${exercise.slug}/mutants/${name}/mutant.json`;
  const text = await readFile(path.join(root, file), 'utf8').catch(() => {
    throw new KataError(
      `${file} is not there; it must say which task the mutant fails: { "task": 2, "verdict": "leak", "misconception": "…" }`,
    );
  });
  const { task, verdict, misconception, alone = false, ...more } = parseJson(file, text) as Record<string, unknown>;
  const verdicts = Array.isArray(verdict) ? (verdict as unknown[]) : [verdict];
  const refuse = (field: string, wanted: string, got: unknown): never => {
    throw new KataError(`${file}: ${field} must be ${wanted}, got ${JSON.stringify(got) ?? 'nothing'}.`);
  };
  const [unknown] = Object.keys(more);
  if (unknown !== undefined) refuse(unknown, `one of ${keys.join(', ')}`, more[unknown]);
  if (!Number.isInteger(task) || exercise.tasks[Number(task) - 1] === undefined)
    refuse('task', `a task's number, 1 to ${exercise.tasks.length}`, task);
  if (verdicts.length === 0 || !verdicts.every((each) => isVerdict(each) && each !== 'passed'))
    refuse('verdict', 'the name of a verdict other than "passed", or a list of them', verdict);
  if (typeof misconception !== 'string' || misconception.trim() === '')
    refuse('misconception', 'a sentence', misconception);
  if (typeof alone !== 'boolean') refuse('alone', 'true or false', alone);
  return {
    name,
    task: Number(task),
    verdicts: verdicts as Verdict[],
    misconception: misconception as string,
    alone: alone === true || exercise.tasks[Number(task) - 1]?.speed === true,
  };
}

/** @returns the names of the right answers in another style, tests/<slug>/accepted/ */
export const readAccepted = (root: string, exercise: Exercise): Promise<string[]> =>
  folders(root, exercise, 'accepted');

async function folders(root: string, { slug }: Exercise, kind: string): Promise<string[]> {
  const entries = await readdir(path.join(root, 'tests', slug, kind), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** What verify judges: the skeleton, the reference, or the reference with some files replaced (`mutants/no-join`, `accepted/with-p-limit`). */
export type Variant = 'skeleton' | 'solution' | `mutants/${string}` | `accepted/${string}`;

/**
 * Lays a variant out as a submission in a temporary folder.
 * @returns the submission and how to remove it
 */
export async function layOut(
  root: string,
  exercise: Exercise,
  variant: Variant,
): Promise<{ submission: Submission; remove: () => Promise<void> }> {
  const { path: exercises, remove } = await temporaryFolder('kata-verify-');
  try {
    const folder = path.join(exercises, exercise.slug);
    await mkdir(folder);
    if (variant === 'skeleton') {
      const skeleton = await readSkeleton(root, exercise);
      for (const file of exercise.files.student) await writeFile(path.join(folder, file), skeleton.get(file) ?? '');
    } else {
      for (const file of exercise.files.student)
        await cp(path.join(root, 'solutions', exercise.slug, file), path.join(folder, file));
      if (variant !== 'solution')
        await cp(path.join(root, 'tests', exercise.slug, variant), folder, {
          recursive: true,
          filter: (file) => path.basename(file) !== 'mutant.json',
        });
    }
    return { submission: { exercises }, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
