import type { ReadStream, WriteStream } from 'node:tty';
import { onEarlyEnd } from '#src/system/index.ts';
import type { Terminal } from '../terminal.ts';
import type { SessionState } from './state.ts';
import { widthOf } from './view/text-layout.ts';
import { frameOf, textOf, type Size } from './view/view.ts';

/** How far the text that is shown can be scrolled. */
export interface Extent {
  /** Rows that are visible at once. */
  readonly page: number;
  /** Rows that can be scrolled away. */
  readonly end: number;
}

/** Where a session shows what it knows. */
export interface Display {
  show(state: SessionState): Extent;
  /** Gives the terminal to another program for a while. */
  suspend<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Gives the terminal back as it was. */
  close(): void;
}

/** A terminal as this process has it; tests give their own. */
export interface Streams {
  readonly stdin: Pick<ReadStream, 'setRawMode' | 'pause' | 'resume' | 'on'>;
  readonly stdout: Pick<WriteStream, 'write' | 'columns' | 'rows' | 'on' | 'off'>;
}

const sequences = {
  // The alternate screen leaves what was there before, and the lines that can be scrolled back to.
  enter: '\x1b[?1049h\x1b[?25l\x1b[2J',
  leave: '\x1b[?25h\x1b[?1049l',
  // Terminals that know these show a frame at once; others ignore them.
  begin: '\x1b[?2026h',
  end: '\x1b[?2026l',
};

/** A terminal that is gone cannot be given back. */
const ignored = (): void => undefined;

/** Has the terminal belong to another program while `work` runs, its keys included. */
async function lent<Result>(
  stdin: Streams['stdin'],
  leave: () => void,
  takeBack: () => void,
  work: () => Promise<Result>,
): Promise<Result> {
  leave();
  stdin.pause();
  try {
    return await work();
  } finally {
    takeBack();
  }
}

/**
 * The whole screen of a terminal, of which only rows that change are drawn.
 * @param root the course's folder, absolute
 */
export function fullScreen(root: string, terminal: Terminal, { stdin, stdout }: Streams = process): Display {
  let drawn: readonly string[] = [];
  let last: SessionState | undefined;
  let isOurs = false;

  const sizeNow = (): Size => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const enter = () => {
    isOurs = true;
    stdin.setRawMode?.(true);
    stdin.resume();
    stdout.write(sequences.enter);
    drawn = [];
  };
  const leave = () => {
    if (!isOurs) return;
    isOurs = false;
    stdout.write(sequences.leave);
    stdin.setRawMode?.(false);
  };
  const show = (state: SessionState): Extent => {
    last = state;
    const { columns, rows } = sizeNow();
    const frame = frameOf(state, root, { columns, rows }, terminal);
    if (!isOurs) return frame;
    const changed = frame.rows.flatMap((row, at) => {
      if (row === drawn[at]) return [];
      // Behind a full row the cursor waits on the last column, where erasing would take a character.
      return [`\x1b[${at + 1};1H\x1b[0m${row}\x1b[0m${widthOf(row) < columns ? '\x1b[K' : ''}`];
    });
    if (changed.length > 0) stdout.write(`${sequences.begin}${changed.join('')}${sequences.end}`);
    drawn = frame.rows;
    return frame;
  };
  const redraw = () => {
    if (!isOurs) return;
    stdout.write('\x1b[2J');
    drawn = [];
    if (last) show(last);
  };
  const takeBack = () => {
    enter();
    if (last) show(last);
  };
  // A shell that has continued the process has used the terminal meanwhile. Node sets a mode only where it is another.
  const comeBack = () => {
    if (!isOurs) return;
    stdin.setRawMode?.(false);
    takeBack();
  };
  const forget = onEarlyEnd(leave);
  stdin.on('error', ignored);
  stdout.on('resize', redraw);
  process.on('SIGCONT', comeBack);
  enter();
  return {
    show,
    suspend: (work) => lent(stdin, leave, takeBack, work),
    close() {
      leave();
      stdin.pause();
      stdout.off('resize', redraw);
      process.off('SIGCONT', comeBack);
      forget();
    },
  };
}

/**
 * Line after line, for a terminal that cannot do more: what is new is printed once.
 * @param root the course's folder, absolute
 */
export function plainLines(root: string, terminal: Terminal, stdin: Streams['stdin'] = process.stdin): Display {
  let printed = '';
  let isOpen = true;
  stdin.on('error', ignored);
  stdin.setRawMode?.(true);
  const leave = () => void stdin.setRawMode?.(false);
  const forget = onEarlyEnd(leave);
  return {
    show(state) {
      const { fixed, rows } = textOf(state, root, terminal.columns, Infinity, terminal);
      const { checks, running } = state.run ?? { checks: [], running: [] };
      // While checks run, only the beginning is news.
      const text = checks.length + running.length > 0 ? printed : [...fixed, ...rows, state.note].join('\n').trim();
      if (text !== printed && isOpen) terminal.line(`\n${text}`);
      printed = text;
      return { page: 0, end: 0 };
    },
    suspend(work) {
      const takeBack = () => {
        stdin.setRawMode?.(true);
        stdin.resume();
      };
      return lent(stdin, leave, takeBack, work);
    },
    close() {
      isOpen = false;
      leave();
      stdin.pause();
      forget();
    },
  };
}
