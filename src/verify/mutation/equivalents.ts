import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type Exercise, parseAs } from '#src/course/index.ts';
import type { Mutation } from './operators.ts';

const equivalentSchema = z.strictObject({
  file: z.string().min(1),
  before: z.string(),
  after: z.string(),
  reason: z.string().min(1).describe('why the changed file is still a right answer'),
});

/** A mutation that leaves a right answer. It is found by its lines, so that it survives edits elsewhere in the file. */
export type Equivalent = z.infer<typeof equivalentSchema>;

/** @returns the path of an exercise's list, from the course's root */
export const equivalentsPath = ({ slug }: Exercise): string => `tests/${slug}/equivalents.json`;

/**
 * @param root the course, absolute
 * @returns the mutations that were reviewed and found equivalent; none where there is no list
 * @throws {KataError} one sentence with the place of the first fault, where the list is not what it must be
 */
export async function readEquivalents(root: string, exercise: Exercise): Promise<Equivalent[]> {
  const path = equivalentsPath(exercise);
  const text = await readFile(join(root, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  return parseAs(z.array(equivalentSchema), path, text);
}

/** @returns whether the entry is about this mutation */
export const isAbout = ({ file, before, after }: Equivalent, mutation: Mutation): boolean =>
  file === mutation.file && before === mutation.before && after === mutation.after;
