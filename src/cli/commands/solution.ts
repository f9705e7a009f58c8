import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise } from '#src/course/course.ts';
import { loadCourse, pointsPerExercise } from '#src/course/course.ts';
import { findExercise } from '#src/course/find-exercise.ts';
import { KataError } from '#src/course/kata-error.ts';
import type { DiffLine } from '#src/guide/line-diff.ts';
import { lineDiff } from '#src/guide/line-diff.ts';
import { readProgress } from '#src/guide/progress.ts';
import { stateOf } from '#src/guide/state.ts';
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
    const [yours, reference] = await Promise.all([
      readFile(join(root, 'exercises', exercise.slug, file), 'utf8').catch(() => ''),
      readFile(join(root, 'solutions', exercise.slug, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw new KataError(
          `solutions/${exercise.slug}/${file} cannot be read (${error.code ?? error.message}); bring it back with \`git checkout -- solutions/${exercise.slug}\` or from a fresh copy of the course.`,
        );
      }),
    ]);
    terminal.line(
      paint(
        terminal,
        'bold',
        `--- exercises/${exercise.slug}/${file} (yours)\n+++ solutions/${exercise.slug}/${file} (reference)`,
      ),
    );
    terminal.line(`${compared(lineDiff(yours, reference), terminal)}\n`);
  }
  const notes = `solutions/${exercise.slug}/NOTES.md`;
  if (
    await access(join(root, notes)).then(
      () => true,
      () => false,
    )
  )
    terminal.line(`Why it is written so, and what people often get wrong: ${notes}`);
  return 0;
}

function compared(lines: readonly DiffLine[], terminal: Terminal): string {
  if (lines.every((line) => line.in === 'both')) return '  (the same, line by line)';
  return lines
    .map(({ in: where, text }) => {
      if (where === 'both') return `  ${text}`;
      return where === 'first' ? paint(terminal, 'red', `- ${text}`) : paint(terminal, 'green', `+ ${text}`);
    })
    .join('\n');
}

const texts = {
  unsolved: ({ id, slug }: Exercise, points: number | null) =>
    `${slug} is not solved yet${points === null ? '' : ` (${points}/${pointsPerExercise})`}, and the reference tells everything. A hint: npm run kata hint ${id} · The reference all the same: npm run kata solution ${id} -- --yes`,
};
