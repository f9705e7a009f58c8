import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { KataError, parseAs } from '#src/course/index.ts';
import { gradedStudentSchema, type GradedStudent, whyUnusable } from '#src/grade/index.ts';

const runSchema = z.strictObject({
  version: z.literal(1),
  course: z.string().describe("fingerprint of the course's files"),
  exercises: z.array(z.string()).describe('slugs of those that were judged'),
  shard: z.strictObject({ number: z.int().min(1), of: z.int().min(1) }).optional(),
  students: z.array(z.string()).describe('of all shards together, sorted'),
});

/** OUT/run.json: what a folder of results is about. */
export type Run = z.infer<typeof runSchema>;

export const writeRun = (out: string, run: Run): Promise<void> => write(join(out, 'run.json'), asJson(run));

/** @throws {KataError} where the folder holds no run */
export async function readRun(out: string): Promise<Run> {
  const path = join(out, 'run.json');
  const text = await readFile(path, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    const why = await access(out).then(() => `run.json cannot be read (${error.code ?? error.message})`, whyUnusable);
    throw new KataError(texts.noRun(out, why));
  });
  return parseAs(runSchema, path, text);
}

/** @throws {KataError} where there is no space, or no right to write */
export const writeStudent = (out: string, graded: GradedStudent): Promise<void> =>
  // Parsed: keys come in the same order, whether the student was just judged or read from a file.
  write(join(out, 'students', studentFile(graded.student)), asJson(gradedStudentSchema.parse(graded)));

/** @returns what was written of the student; nothing where that is not there, or damaged */
export async function readStudent(out: string, student: string): Promise<GradedStudent | undefined> {
  const text = await readFile(join(out, 'students', studentFile(student)), 'utf8').catch(() => '');
  try {
    const graded = gradedStudentSchema.parse(JSON.parse(text));
    return graded.student === student ? graded : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @returns a file name that every system takes, and that no other student has, even where a system doesn't tell upper
 *   case from lower case
 */
export function studentFile(student: string): string {
  if (plain.test(student) && !reserved.test(student)) return `${student}.json`;
  const hash = createHash('sha256').update(student).digest('hex').slice(0, 12);
  return `${student.slice(0, 40).replaceAll(/[^A-Za-z0-9_-]+/g, '-')}~${hash}.json`;
}

const plain = /^[a-z0-9_][a-z0-9_.-]{0,59}$/;
/** On Windows these are devices, whatever stands behind a dot. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;

/**
 * Writes a file so that it has either the old content or the new one, wherever this process is killed.
 * @throws {KataError} where there is no space, or no right to write
 */
export async function write(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new KataError(texts.unwritable(path, code ?? message));
  }
}

/** Removes what a killed run has not renamed. */
export async function removeTemporary(out: string): Promise<void> {
  for (const folder of [out, join(out, 'students')]) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) if (/\.\d+\.tmp$/.test(name)) await rm(join(folder, name), { force: true });
  }
}

export const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

const texts = {
  noRun: (out: string, reason: string) =>
    `"${out}" holds no results of a class: ${reason}. Give the folders that ` +
    'npm run kata grade -- --submissions … --out … has written.',
  unwritable: (path: string, reason: string) =>
    `"${path}" cannot be written (${reason}). Make space or give rights, or name another folder with --out. Then run ` +
    'the same command again: what is judged is kept.',
};
