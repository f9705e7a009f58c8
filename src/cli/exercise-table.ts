import { pointsPerExercise } from '#src/course/index.ts';
import type { ExerciseState } from '#src/guide/index.ts';
import type { Terminal } from './terminal.ts';
import { paint } from './terminal.ts';

/** @returns every exercise on a line under its chapter, then how far the student is */
export function exerciseTable(states: readonly ExerciseState[], terminal: Terminal): string {
  const width = Math.max(...states.map(({ exercise }) => exercise.slug.length));
  const lines = states.flatMap((state, at) => {
    const { exercise, points, missing } = state;
    const chapter =
      states[at - 1]?.exercise.chapter === exercise.chapter
        ? []
        : [...(at > 0 ? [''] : []), paint(terminal, 'bold', exercise.chapter)];
    // Points of untouched files would look like work that has begun.
    const score = points === null || state.state === 'not started' ? '' : `${points}/${pointsPerExercise}`;
    const line =
      `  ${markOfState(state, terminal)} ${exercise.slug.padEnd(width)}  ` +
      `${score.padStart(5)}  ${wordingOf(state).padEnd(22)} ${paint(terminal, 'dim', `${exercise.minutes} min`)}`;
    return [
      ...chapter,
      line,
      ...(missing.length > 0
        ? [`      missing: ${missing.join(', ')} (npm run kata reset ${exercise.id} brings them back)`]
        : []),
    ];
  });
  const solved = states.filter(({ state }) => state === 'solved').length;
  return [...lines, '', `${solved} of ${states.length} solved`].join('\n');
}

const marks = {
  'not started': ['·', 'dim'],
  'in progress': ['▸', 'yellow'],
  changed: ['▸', 'yellow'],
  solved: ['✓', 'green'],
} as const;

/** @returns one character that stands for the state */
export function markOfState({ state }: ExerciseState, terminal: Terminal): string {
  const [mark, style] = marks[state];
  return paint(terminal, style, mark);
}

/** @returns the state in words */
export function wordingOf({ state, verdict, wasSolved }: ExerciseState): string {
  if (state === 'changed') return 'changed since solved';
  if (state === 'in progress' && wasSolved) return 'was solved, now fails';
  return state === 'in progress' && verdict !== null && verdict !== 'passed' ? `in progress: ${verdict}` : state;
}
