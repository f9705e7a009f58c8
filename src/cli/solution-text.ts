import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffLines } from 'diff';
import { KataError, usualMistakes, type Exercise } from '#src/course/index.ts';
import type { Terminal } from './terminal.ts';
import { paint } from './terminal.ts';

/** A solved exercise compared with its reference. */
export interface SolutionText {
  /** Each file of the student's beside the reference's, line by line. */
  readonly difference: string;
  /** The mistakes that are usual in this exercise, and where to read more; empty where it has no notes. */
  readonly notes: string;
}

/**
 * @param root the course's folder, absolute
 * @throws {KataError} where a reference cannot be read
 */
export async function solutionText(root: string, exercise: Exercise, terminal: Terminal): Promise<SolutionText> {
  const parts: string[] = [];
  for (const file of exercise.files.student) {
    const yours = `exercises/${exercise.slug}/${file}`;
    const reference = `solutions/${exercise.slug}/${file}`;
    const [yourText, referenceText] = await Promise.all([
      readFile(join(root, yours), 'utf8').catch(() => ''),
      readFile(join(root, reference), 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw new KataError(texts.unreadable(reference, error.code ?? error.message));
      }),
    ]);
    const heading = paint(terminal, 'bold', `--- ${yours} (yours)\n+++ ${reference} (reference)`);
    parts.push(`${heading}\n${compared(yourText, referenceText, terminal)}`);
  }
  const notes = `solutions/${exercise.slug}/NOTES.md`;
  const text = await readFile(join(root, notes), 'utf8').catch(() => undefined);
  const difference = parts.join('\n\n');
  if (text === undefined) return { difference, notes: '' };
  const mistakes = usualMistakes(text).map(([mistake, result]) => `· ${mistake}\n  ${result}`);
  const usual = mistakes.length > 0 ? [paint(terminal, 'bold', 'Usual mistakes'), ...mistakes].join('\n') : '';
  return { difference, notes: [usual, texts.notes(notes)].filter(Boolean).join('\n\n') };
}

/** @returns every line of both texts: equal ones once, where they differ yours before the reference's */
function compared(yours: string, reference: string, terminal: Terminal): string {
  const changes = diffLines(yours, reference, { stripTrailingCr: true, ignoreNewlineAtEof: true });
  if (changes.every(({ added, removed }) => !added && !removed)) return texts.same;
  return changes
    .map(({ added, removed, value }) => {
      const [mark, color] = added ? (['+', 'green'] as const) : removed ? (['-', 'red'] as const) : [' ', undefined];
      const lines = value.replace(/\n$/, '').split('\n');
      return lines.map((line) => (color ? paint(terminal, color, `${mark} ${line}`) : `${mark} ${line}`)).join('\n');
    })
    .join('\n');
}

const texts = {
  same: '  (no difference)',
  notes: (file: string) => `Why it is written this way: ${file}`,
  unreadable: (file: string, reason: string) =>
    `${file} cannot be read (${reason}). ` +
    `Restore it with \`git checkout -- ${file}\`, or copy it from a fresh download of the course.`,
};
