import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type Exercise, parseAs } from '#src/course/index.ts';
import { verdictSchema } from '#src/suite/index.ts';

const words = z.array(z.string());

const mistakeSchema = z.strictObject({
  name: z.string().describe("the mutant's"),
  misconception: z.string().describe('what its author believes, in a sentence'),
  failed: z
    .record(z.string(), verdictSchema)
    .describe("id of each check that it fails, with the check's verdict; every other check of these tasks passes"),
  sentence: z.string().describe('of the first failed check, as `shapeOf` leaves it'),
  uses: words.describe('words that the mistake brings into a file'),
  lacks: words.describe('words that the reference needs, and the mistake does without'),
  places: z
    .array(z.strictObject({ file: z.string(), lines: words, around: words }))
    .describe('the lines that are wrong, and their neighbors'),
});

/**
 * A wrong answer that is known, and how it shows. A mutant's patch says what is wrong; what fails was recorded when it
 * was judged.
 */
export type Mistake = z.infer<typeof mistakeSchema>;

const listSchema = z.array(mistakeSchema);

/** @returns the path of an exercise's mistakes, from the course's root */
export const mistakesPath = ({ slug }: Pick<Exercise, 'slug'>): string => `tests/${slug}/mistakes.json`;

/**
 * @param root the course, absolute
 * @returns the known mistakes of an exercise; none where nothing was recorded
 * @throws {KataError} one sentence with the place of the first fault, where the list is not what it must be
 */
export async function readMistakes(root: string, exercise: Pick<Exercise, 'slug'>): Promise<Mistake[]> {
  const path = mistakesPath(exercise);
  const text = await readFile(join(root, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  return parseAs(listSchema, path, text);
}
