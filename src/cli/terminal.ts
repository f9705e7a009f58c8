import pico from 'picocolors';
import { showsUnicode, toAscii } from './ascii.ts';

/** Where a command prints, and what that place can show. */
export interface Terminal {
  /** Prints one line (or several) to standard output. */
  readonly line: (text?: string) => void;
  /** Prints one line to standard error: for what is not the command's result. */
  readonly note: (text: string) => void;
  /** Someone sits there: keys can be read and the screen redrawn. */
  readonly interactive: boolean;
  readonly color: boolean;
  /** Whether it shows more than ASCII. */
  readonly unicode: boolean;
  /** Whether places in files can be links (OSC 8). */
  readonly links: boolean;
  /** Width in characters. */
  readonly columns: number;
}

/** Every style, whatever picocolors itself thinks of this process's output: {@link processTerminal} decides. */
const { isColorSupported: _, ...styles } = pico.createColors(true);

/**
 * Color only where the output is a terminal, NO_COLOR is unset or empty (no-color.org) and TERM is not "dumb";
 * FORCE_COLOR=1 asks for it elsewhere.
 * @returns the terminal of this process
 */
export function processTerminal(env: NodeJS.ProcessEnv = process.env): Terminal {
  const { stdin, stdout, stderr } = process;
  const capable = env['TERM'] !== 'dumb';
  const wanted = stdout.isTTY ? capable : (env['FORCE_COLOR'] ?? '0') !== '0';
  // A pipe or a file takes everything: what reads it decides.
  const unicode = showsUnicode(env);
  const shown = (text: string, isTerminal: boolean) => (isTerminal && !unicode ? toAscii(text) : text);
  const interactive = Boolean(stdin.isTTY && stdout.isTTY);
  return {
    line: (text = '') => void stdout.write(`${shown(text, stdout.isTTY)}\n`),
    note: (text) => void stderr.write(`${shown(text, stderr.isTTY)}\n`),
    interactive,
    color: wanted && !env['NO_COLOR'],
    unicode,
    links: interactive && capable,
    columns: stdout.columns ?? 100,
  };
}

/** @returns `text` in that style where the terminal shows color, unchanged elsewhere */
export const paint = (terminal: Terminal, style: keyof typeof styles, text: string): string =>
  terminal.color ? styles[style](text) : text;

/** Ends the process quietly when nobody reads its output any more, as after `npm start | head -1`. */
export function endWithReader({ stdout, stderr }: NodeJS.Process = process): void {
  // Exit code 0: anything else makes npm print an error of its own, and a pipe's code is its last command's anyway.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // EIO: the terminal's window was closed. SIGHUP, which comes with it, ends the process and all that it has started.
    if (error.code === 'EIO') return;
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  // Notes that nobody reads change nothing about the result.
  stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}
