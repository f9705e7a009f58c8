import type { Exercise } from '#src/course/index.ts';
import type { Revealed } from '#src/guide/index.ts';
import type { Terminal } from './terminal.ts';
import { paint } from './terminal.ts';

/** @returns the task's heading and the steps, each with its number */
export function hintText(
  exercise: Exercise,
  { task, steps, from, of, misconception }: Revealed,
  terminal: Terminal,
): string {
  const heading = paint(terminal, 'bold', `${exercise.slug} · Task ${task}: ${exercise.tasks[task - 1]?.title ?? ''}`);
  return [
    heading,
    ...(misconception === undefined ? [] : [`Your last run looks like this mistake: "${misconception}"`]),
    ...steps.map(({ title, text }, at) => `${paint(terminal, 'cyan', `[${from + at}/${of}] ${title}`)}\n\n${text}`),
  ].join('\n\n');
}
