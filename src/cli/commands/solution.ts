import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffLines } from 'diff';
import {
  findExercise,
  KataError,
  loadCourse,
  pointsPerExercise,
  usualMistakes,
  type Exercise,
} from '#src/course/index.ts';
import { readProgress, stateOf } from '#src/guide/index.ts';
import type { Context } from '../context.ts';
import type { Terminal } from '../terminal.ts';
import { paint } from '../terminal.ts';

/** `kata solution`: the reference beside the student's files, once the exercise is solved or with --yes. */
export async function solution({ root, terminal }: Context, name: string, { yes }: { yes?: boolean }): Promise<number> {
  const exercise = findExercise(await loadCourse(root), name);
  const { progress, warning } = await readProgress(root);
  if (warning !== undefined) terminal.note(warning);
  const { state, points } = await stateOf(root, exercise, progress);
  if (!yes && state !== 'solved' && state !== 'changed') throw new KataError(texts.unsolved(exercise, points));
  for (const file of exercise.files.student) {
    const yours = `exercises/${exercise.slug}/${file}`;
    const reference = `solutions/${exercise.slug}/${file}`;
    const [yourText, referenceText] = await Promise.all([
      readFile(join(root, yours), 'utf8').catch(() => ''),
      readFile(join(root, reference), 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw new KataError(texts.unreadable(reference, error.code ?? error.message));
      }),
    ]);
    terminal.line(paint(terminal, 'bold', `--- ${yours} (yours)\n+++ ${reference} (reference)`));
    terminal.line(`${compared(yourText, referenceText, terminal)}\n`);
  }
  const notes = `solutions/${exercise.slug}/NOTES.md`;
  const text = await readFile(join(root, notes), 'utf8').catch(() => undefined);
  if (text === undefined) return 0;
  const mistakes = usualMistakes(text).map(([mistake, result]) => `· ${mistake}\n  ${result}`);
  if (mistakes.length > 0) terminal.line(`${[paint(terminal, 'bold', 'Usual mistakes'), ...mistakes].join('\n')}\n`);
  terminal.line(texts.notes(notes));
  return 0;
}

/** @returns every line of both texts: equal ones once, where they differ yours before the reference's */
function compared(yours: string, reference: string, terminal: Terminal): string {
  const changes = diffLines(yours, reference, { stripTrailingCr: true, ignoreNewlineAtEof: true });
  if (changes.every(({ added, removed }) => !added && !removed)) return texts.same;
  return changes
    .map(({ added, removed, value }) => {
      const [mark, color] = added ? (['+', 'green'] as const) : removed ? (['-', 'red'] as const) : [' ', undefined];
      const lines = value.replace(/\n$/, '').replace(/^/gm, `${mark} `);
      return color ? paint(terminal, color, lines) : lines;
    })
    .join('\n');
}

const texts = {
  same: '  (no difference)',
  notes: (file: string) => `Why it is written this way: ${file}`,
  unreadable: (file: string, reason: string) =>
    `${file} cannot be read (${reason}). ` +
    `Restore it with \`git checkout -- ${file}\`, or copy it from a fresh download of the course.`,
  unsolved: ({ id, slug }: Exercise, points: number | null) =>
    `${slug} is not solved yet${points === null ? '' : ` (${points}/${pointsPerExercise})`}, ` +
    `and the reference would give everything away. ` +
    `A hint: npm run kata hint ${id} · The reference anyway: npm run kata solution ${id} -- --yes`,
};
