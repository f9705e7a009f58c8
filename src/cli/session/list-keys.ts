import type { Exercise } from '#src/course/index.ts';
import type { Key } from './keys.ts';
import { isFiltered, listed, type ListPanel, type SessionState } from './state.ts';

/** @returns the list as it is opened: the exercise at hand is chosen */
export const openedList = ({ states, exercise }: SessionState): ListPanel => ({
  kind: 'list',
  filter: '',
  filtering: false,
  at: Math.max(
    0,
    states.findIndex((each) => each.exercise.slug === exercise.slug),
  ),
  digits: '',
});

/** @returns the list after a key: changed, closed (undefined), or an exercise to open */
export function listAfter(
  state: SessionState,
  panel: ListPanel,
  key: Key,
): ListPanel | undefined | { readonly open: Exercise } {
  const shown = listed(state, panel);
  const to = (at: number): ListPanel => ({ ...panel, at: Math.max(0, Math.min(at, shown.length - 1)), digits: '' });
  const filtered = (filter: string): ListPanel => ({ ...panel, filter, at: 0 });
  if (key === 'return' || key === 'enter') {
    const chosen = shown[panel.at];
    return chosen === undefined ? panel : { open: chosen.exercise };
  }
  if (key === 'up') return to(panel.at - 1);
  if (key === 'down') return to(panel.at + 1);
  if (key === 'pageup') return to(panel.at - 10);
  if (key === 'pagedown') return to(panel.at + 10);
  if (key === 'home') return to(0);
  if (key === 'end') return to(shown.length - 1);
  if (key === 'escape') return isFiltered(panel) ? openedList(state) : undefined;
  if (panel.filtering) {
    if (key === 'backspace') return filtered(panel.filter.slice(0, -1));
    if (key === 'space') return filtered(`${panel.filter} `);
    return key.length === 1 ? filtered(panel.filter + key) : panel;
  }
  if (key === '/') return { ...panel, filtering: true, digits: '' };
  if (key === 'l' || key === 'q') return undefined;
  if (key === 'k') return to(panel.at - 1);
  if (key === 'j') return to(panel.at + 1);
  return /^\d$/.test(key) ? chosenByNumber(shown, panel, key) : panel;
}

/** A second digit belongs to the first where there is such an exercise, otherwise it begins anew. */
function chosenByNumber(shown: ReturnType<typeof listed>, panel: ListPanel, key: Key): ListPanel {
  const indexOf = (digits: string) => shown.findIndex(({ exercise: { id } }) => Number(id) === Number(digits));
  const digits = [panel.digits + key, key].find((each) => indexOf(each) >= 0 || Number(each) === 0);
  const at = digits === undefined ? -1 : indexOf(digits);
  return { ...panel, digits: digits ?? '', at: at < 0 ? panel.at : at };
}
