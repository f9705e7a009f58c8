import { pointsPerExercise } from '#src/course/index.ts';
import { markOfState, wordingOf } from '../../exercise-table.ts';
import { paint, type Terminal } from '../../terminal.ts';
import { markdownText } from './markdown-text.ts';
import { wrappedCode } from './text-layout.ts';
import { failure, isFiltered, listed, type ListPanel, type Panel, type SessionState } from '../state.ts';

/**
 * @param columns of the screen
 * @returns what the panel says; for the list, `row` is the line of the exercise that is chosen
 */
export function panelText(
  panel: Panel,
  state: SessionState,
  columns: number,
  terminal: Terminal,
): { text: string; row?: number } {
  switch (panel.kind) {
    case 'hint': {
      const { task, steps, of } = panel.hints;
      const heading = paint(terminal, 'bold', `Hints for task ${task}: ${state.exercise.tasks[task - 1]?.title ?? ''}`);
      const shown = steps.map(
        ({ title, text }, at) =>
          `${paint(terminal, 'cyan', `[${at + 1}/${of}] ${title}`)}\n\n${markdownText(text, columns, terminal)}`,
      );
      const mistake = failure(state)?.mistake;
      const likely = mistake === undefined ? [] : [texts.mistake(mistake.misconception)];
      return { text: [...likely, heading, ...shown].join('\n\n') };
    }
    case 'help':
      return { text: texts.help };
    case 'reset':
      return { text: texts.reset(state) };
    case 'solution':
      return { text: [wrappedCode(panel.difference, columns, terminal), panel.notes].join('\n\n').trimEnd() };
    case 'list':
      return listText(panel, state, terminal);
  }
}

function listText(panel: ListPanel, state: SessionState, terminal: Terminal): { text: string; row: number } {
  const shown = listed(state, panel);
  const width = Math.max(0, ...shown.map(({ exercise }) => exercise.slug.length));
  const lines: string[] = [];
  if (isFiltered(panel)) lines.push(`Filter: ${panel.filter}${panel.filtering ? '_' : ''}`, '');
  let row = 0;
  for (const [at, each] of shown.entries()) {
    const { exercise, points } = each;
    if (exercise.chapter !== shown[at - 1]?.exercise.chapter) lines.push(paint(terminal, 'bold', exercise.chapter));
    const score = points === null ? '' : `${points}/${pointsPerExercise}`;
    const words = `${exercise.slug.padEnd(width)} ${score.padStart(5)}  ${exercise.title} (${wordingOf(each)})`;
    const chosen = at === panel.at;
    if (chosen) row = lines.length;
    const marked = `${chosen ? '→' : ' '} ${markOfState(each, terminal)} `;
    lines.push(`${marked}${chosen ? paint(terminal, 'inverse', words) : words}`);
  }
  if (shown.length === 0) lines.push(texts.nothingFits(panel.filter));
  return { text: lines.join('\n'), row };
}

const texts = {
  mistake: (misconception: string) => `Your last run looks like this mistake: "${misconception}"`,
  help: `Every save in the exercise's folder is checked, task by task. The first failure stands at the top.

n  the next exercise that is not solved; you stay as long as you like
h  a hint for the task at hand: a nudge; Enter adds the concept, then nearly the code
s  your solution beside the reference, once the exercise is solved
o  opens the failing line in your editor ($VISUAL or $EDITOR; VS Code in its own terminal)
p  plays the schedule that fails, step by step, where there is one
r  runs the checks again
a  runs all checks of the exercise, also those that did not run after the first failure
l  lists all exercises: arrows or a number, then Enter; / filters
x  starts the exercise over: asks first, and keeps a copy of your files
q  quits

Esc closes a hint, the list, the solution or this help, and so does q.
Arrows, j, k, Page Up, Page Down, space, Home and End scroll.`,
  reset: ({ exercise: { slug } }: SessionState) =>
    `Start ${slug} over? A copy of your files is kept in .kata/kept/, in a folder named after the date.
Until it passes again, it does not count as solved.

Press y to reset, n or Esc to leave everything as it is.`,
  nothingFits: (filter: string) => `No exercise has "${filter}" in its name, title or chapter.`,
};
