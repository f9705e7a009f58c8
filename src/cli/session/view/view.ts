import { paint, type Terminal } from '../../terminal.ts';
import { keyLine } from './key-line.ts';
import { panelText } from './panel-text.ts';
import { checking, reportOf } from './report-text.ts';
import { currentTask, failure, type SessionState } from '../state.ts';
import { inOneRow, inRows, widthOf, wrapped } from './text-layout.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** One picture of the screen. */
export interface Frame {
  /** As many as the screen has rows, none wider than the screen. */
  readonly rows: readonly string[];
  /** Rows of text that fit between head and foot. */
  readonly page: number;
  /** How far the text can be scrolled. */
  readonly end: number;
}

/** The session's text before it is cut to a screen. */
export interface Text {
  /** Rows that stay where they are. */
  readonly fixed: readonly string[];
  /** Rows that scroll. */
  readonly rows: readonly string[];
  /** The row that has to be visible. */
  readonly chosen?: number | undefined;
}

/**
 * @param root the course's folder, absolute
 * @param most rows that may stay where they are
 * @returns what stands between the head and the foot of the screen
 */
export function textOf(state: SessionState, root: string, columns: number, most: number, terminal: Terminal): Text {
  const { panel } = state;
  const { head, sentence, rest } = reportOf(state, root, columns, terminal);
  const heading = head.slice(0, Math.max(1, most)).flatMap((line, at) => {
    // The words that say what failed stand last in the headline.
    const isHeadline = at === 0 && head.length < most;
    return inRows(line, isHeadline ? 2 : 1, columns, terminal);
  });
  const sentences = sentence === '' ? [] : wrapped(sentence, columns, terminal);
  if (panel) {
    const { text, row } = panelText(panel, state, columns, terminal);
    const rows = wrapped(text, columns, terminal);
    if (panel.kind !== 'hint') return { fixed: [], rows, chosen: row };
    // What failed stays in sight: the hint is about it.
    return {
      fixed: heading,
      rows: [...(failure(state) ? sentences : []), ...(heading.length > 0 ? [''] : []), ...rows],
    };
  }
  const others = rest === '' ? [] : ['', ...wrapped(rest, columns, terminal)];
  return heading.length + sentences.length <= most
    ? { fixed: [...heading, ...sentences], rows: others }
    : { fixed: heading, rows: [...sentences, ...others] };
}

/**
 * @param root the course's folder, absolute
 * @returns the screen: the status, the text from where it is scrolled to, and the keys
 */
export function frameOf(state: SessionState, root: string, { columns, rows }: Size, terminal: Terminal): Frame {
  const top = rows < 4 ? [] : [statusLine(state, columns, terminal)];
  const notes = state.note === '' ? [] : wrapped(state.note, columns, terminal).slice(0, Math.max(1, rows >> 2));
  const keys = inOneRow(keyLine(state, columns, terminal), columns, terminal);
  const foot = rows < 3 ? 1 : notes.length + 2;
  const room = Math.max(0, rows - top.length - foot);
  const { fixed, rows: text, chosen } = textOf(state, root, columns, Math.ceil(room / 2), terminal);
  const page = Math.max(0, room - fixed.length);
  const end = Math.max(0, text.length - page);
  const from = chosen === undefined ? Math.min(state.scroll, end) : Math.min(end, Math.max(0, chosen - (page >> 1)));
  const seen = text.slice(from, from + page);
  const blank = Array.from({ length: page - seen.length }, () => '');
  const rule = ruleOf(state, { above: from, below: end - from }, columns, terminal);
  const bottom = rows < 3 ? [keys] : [rule, ...notes, keys];
  return { rows: [...top, ...fixed, ...seen, ...blank, ...bottom].slice(-Math.max(1, rows)), page, end };
}

/** The exercise and the task on the left, the course on the right. */
function statusLine(state: SessionState, columns: number, terminal: Terminal): string {
  const { exercise, states } = state;
  const task = currentTask(state);
  const progress = progressBar(state, columns, terminal);
  const at = states.findIndex((each) => each.exercise.slug === exercise.slug) + 1;
  const of = `task ${task} of ${exercise.tasks.length}: ${exercise.tasks[(task ?? 0) - 1]?.title ?? ''}`;
  const parts = [isBroken(state) && texts.broken, task === undefined ? `exercise ${at} of ${states.length}` : of];
  const behind = parts.map((part) => (part === false ? '' : ` · ${part}`)).join('');
  const room = columns - widthOf(progress) - 2;
  const named = `${exercise.id} ${exercise.title}`;
  // The task's name says more than the exercise's.
  const name = widthOf(`${named}${behind}`) > room ? exercise.id : named;
  const where = `${paint(terminal, 'bold', name)}${paint(terminal, 'dim', behind)}`;
  if (room < 12) return inOneRow(where, columns, terminal);
  const left = inOneRow(where, room, terminal);
  return `${left}${' '.repeat(columns - widthOf(left) - widthOf(progress))}${progress}`;
}

/** Whether an exercise that was solved once fails now. */
function isBroken(state: SessionState): boolean {
  const known = state.states.find(({ exercise }) => exercise.slug === state.exercise.slug);
  const failed = failure(state);
  return known?.wasSolved === true && failed?.state === 'failed' && failed.verdict !== 'not implemented';
}

/** A cell for each exercise where there is room, and how many are solved. */
function progressBar({ states, exercise }: SessionState, columns: number, terminal: Terminal): string {
  const solved = states.filter(({ state }) => state === 'solved').length;
  const count = `${solved}/${states.length}`;
  if (columns < 60 || states.length > columns / 4) return columns < 40 ? count : `${count} solved`;
  const [full, open, here] = terminal.unicode ? ['━', '─', '╸'] : ['#', '-', '>'];
  const cells = states.map((each) => {
    if (each.state === 'solved') return paint(terminal, 'green', full);
    const isHere = each.exercise.slug === exercise.slug;
    return paint(terminal, isHere ? 'yellow' : 'dim', isHere ? here : open);
  });
  return `${cells.join('')} ${count} solved`;
}

/** A rule that says what goes on, and how much of the text is out of sight. */
function ruleOf(
  state: SessionState,
  { above, below }: { readonly above: number; readonly below: number },
  columns: number,
  terminal: Terminal,
): string {
  const [dash, up, down] = terminal.unicode ? ['─', '↑', '↓'] : ['-', '^', 'v'];
  const done = state.run?.checks.length ?? 0;
  const left = state.run ? ` ${checking(state)}, ${done} ${done === 1 ? 'check' : 'checks'} done ` : '';
  // In the list, where space is a letter of the filter, the arrows move what is chosen.
  const scrolls = state.panel?.kind === 'list' ? '' : ': space';
  const more = [
    ...(above > 0 ? [`${up} ${above}`] : []),
    ...(below > 0 ? [`${down} ${below} more ${below === 1 ? 'line' : 'lines'}${scrolls}`] : []),
  ].join('  ');
  const right = more === '' ? '' : ` ${more} `;
  const dashes = columns - 4 - left.length - right.length;
  const line =
    dashes < 0 ? (right || left).trim() : `${dash.repeat(2)}${left}${dash.repeat(dashes)}${right}${dash.repeat(2)}`;
  return paint(terminal, state.run ? 'cyan' : 'dim', inOneRow(line, columns, terminal));
}

const texts = {
  broken: 'was solved, now fails',
};
