import { paint, type Terminal } from '../../terminal.ts';
import { failure, isFiltered, isSolved, type SessionState } from '../state.ts';
import { playable } from '../play.ts';
import { widthOf } from './text-layout.ts';

interface Shown {
  readonly key: string;
  readonly label: string;
  /** The highest stays longest on a narrow screen. */
  readonly weight: number;
  readonly isNext?: boolean;
}

/** @returns the keys that do something now, as many as fit into one row */
export function keyLine(state: SessionState, columns: number, terminal: Terminal): string {
  const separator = terminal.unicode ? ' · ' : ' - ';
  const keys = keysFor(state);
  const lengthOf = (some: readonly Shown[]) => widthOf(some.map(({ key, label }) => `${key} ${label}`).join(separator));
  let kept = keys;
  while (kept.length > 1 && lengthOf(kept) > columns) {
    const least = Math.min(...kept.map(({ weight }) => weight));
    kept = kept.filter(({ weight }) => weight !== least);
  }
  return kept
    .map(({ key, label, isNext }) =>
      isNext ? paint(terminal, 'inverse', `${key} ${label}`) : `${paint(terminal, 'bold', key)} ${label}`,
    )
    .join(separator);
}

function keysFor(state: SessionState): Shown[] {
  const close = { key: 'Esc', label: 'close', weight: 20 };
  switch (state.panel?.kind) {
    case 'hint': {
      const { steps, of } = state.panel.hints;
      const further = { key: 'Enter', label: 'one step further', weight: 19, isNext: true };
      return [...(steps.length < of ? [further] : []), close];
    }
    case 'help':
    case 'solution':
      return [close];
    case 'reset':
      return [
        { key: 'y', label: 'reset', weight: 20 },
        { key: 'n', label: 'leave it', weight: 21 },
      ];
    case 'list':
      return [
        { key: 'Enter', label: 'open', weight: 20 },
        ...(state.panel.filtering ? [] : [{ key: '/', label: 'filter', weight: 10 }]),
        { key: 'arrows or number', label: 'choose', weight: 5 },
        isFiltered(state.panel) ? { ...close, label: 'all exercises' } : close,
      ];
    case undefined:
      break;
  }
  const solved = isSolved(state);
  const failed = failure(state);
  const all: (Shown | false)[] = [
    { key: 'n', label: 'next', weight: solved ? 18 : 6, isNext: solved },
    !solved && { key: 'h', label: 'hint', weight: 17 },
    solved && { key: 's', label: 'solution', weight: 17 },
    failed?.file !== undefined && { key: 'o', label: 'open', weight: 11 },
    playable(failed) !== undefined && { key: 'p', label: 'play', weight: 12 },
    { key: 'r', label: 'run again', weight: 5 },
    { key: 'l', label: 'list', weight: 10 },
    { key: '?', label: 'help', weight: 15 },
    { key: 'q', label: 'quit', weight: 19 },
  ];
  return all.filter((each) => each !== false);
}
