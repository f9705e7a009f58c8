import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import type { Terminal as Emulator } from '@xterm/headless';
import { loaderFlags } from '#src/loader/index.ts';

const require = createRequire(import.meta.url);
const child = fileURLToPath(new URL('./kata-child.ts', import.meta.url));

export interface PseudoTerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until what is awaited on the screen must be there; 40 s when left out. */
  readonly patience?: number;
}

/** A terminal with a screen, and a program of the course that runs in it. */
export interface PseudoTerminal {
  readonly pid: number;
  press(keys: string): void;
  /** The rows that are visible now. */
  screen(): string[];
  /** Everything that the program has written, with its control sequences. */
  written(): string;
  /** Whether the program draws on the alternate screen. */
  isAlternate(): boolean;
  /** Waits until all these words are on the screen, or until it satisfies the condition. */
  sees(...wanted: (string | ((screen: string) => boolean))[]): Promise<string>;
  resize(columns: number, rows: number): void;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<{ exitCode: number; signal?: number | undefined }>;
}

/** @returns why this machine has no pseudo-terminal for tests; undefined where it has one */
export function whyNoPseudoTerminal(): string | undefined {
  try {
    require('@lydell/node-pty');
    return undefined;
  } catch (error) {
    return `@lydell/node-pty has no build for ${process.platform}-${process.arch} (${(error as Error).message})`;
  }
}

/**
 * @param root the course's folder, absolute
 * @param words behind `kata`
 */
export function inPseudoTerminal(
  root: string,
  words: readonly string[],
  { columns = 80, rows = 24, env = {}, patience = 40_000 }: PseudoTerminalOptions = {},
): PseudoTerminal {
  const { spawn } = require('@lydell/node-pty') as typeof import('@lydell/node-pty');
  const { Terminal } = require('@xterm/headless') as typeof import('@xterm/headless');
  const emulator: Emulator = new Terminal({ cols: columns, rows, allowProposedApi: true });
  const { TMPDIR, PATH = '', HOME = '' } = process.env;
  const program = spawn(process.execPath, [...loaderFlags, child, root, ...words], {
    ...{ cols: columns, rows, cwd: root, name: env['TERM'] ?? 'xterm-256color' },
    env: { PATH, HOME, ...(TMPDIR && { TMPDIR }), LANG: 'C.UTF-8', ...env },
  });
  const drawn = new EventEmitter();
  let written = '';
  program.onData((data) => {
    written += data;
    emulator.write(data, () => drawn.emit('drawn'));
  });
  type End = Awaited<PseudoTerminal['ended']>;
  // The screen is up to date then.
  const ended = new Promise<End>((resolve) => program.onExit((end) => emulator.write('', () => resolve(end))));
  const screen = () => {
    const { active } = emulator.buffer;
    return Array.from({ length: emulator.rows }, (_, row) =>
      (active.getLine(active.viewportY + row)?.translateToString(true) ?? '').trimEnd(),
    );
  };
  return {
    pid: program.pid,
    press: (keys) => program.write(keys),
    screen,
    written: () => written,
    isAlternate: () => emulator.buffer.active.type === 'alternate',
    async sees(...wanted) {
      const end = AbortSignal.timeout(patience);
      for (;;) {
        const text = screen().join('\n');
        const lacking = wanted.filter((each) => !(typeof each === 'string' ? text.includes(each) : each(text)));
        if (lacking.length === 0) return text;
        await once(drawn, 'drawn', { signal: end }).catch(() => {
          throw new Error(
            `Not seen in ${patience} ms: ${lacking.map(String).join()}. The screen:\n${screen().join('\n')}`,
          );
        });
      }
    },
    resize(newColumns, newRows) {
      emulator.resize(newColumns, newRows);
      program.resize(newColumns, newRows);
    },
    kill: (signal) => program.kill(signal),
    ended,
  };
}
