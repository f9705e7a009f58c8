import { styleText } from 'node:util';

/** Where a command prints, and what that place can show. */
export interface Terminal {
  /** Prints one line (or several) to standard output. */
  readonly line: (text?: string) => void;
  /** Prints one line to standard error: for what is not the command's result. */
  readonly note: (text: string) => void;
  /** Someone sits there: keys can be read and the screen redrawn. */
  readonly interactive: boolean;
  readonly color: boolean;
  /** Width in characters. */
  readonly columns: number;
}

type Style = Parameters<typeof styleText>[0];

/**
 * Colour only where the output is a terminal, NO_COLOR is unset or empty (no-color.org) and TERM is not "dumb"; FORCE_COLOR=1 asks for it elsewhere.
 * @returns the terminal of this process
 */
export function processTerminal(env: NodeJS.ProcessEnv = process.env): Terminal {
  const { stdin, stdout, stderr } = process;
  const wanted = stdout.isTTY ? env['TERM'] !== 'dumb' : (env['FORCE_COLOR'] ?? '0') !== '0';
  return {
    line: (text = '') => void stdout.write(`${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    interactive: Boolean(stdin.isTTY && stdout.isTTY),
    color: wanted && !env['NO_COLOR'],
    columns: stdout.columns ?? 100,
  };
}

/** @returns `text` in that style where the terminal shows colour, unchanged elsewhere */
export const paint = (terminal: Terminal, style: Style, text: string): string => {
  if (!terminal.color) return text;
  // The stream's own check would drop the colour that FORCE_COLOR asked for; Node 20 takes no third argument and does not check.
  return (styleText as (style: Style, text: string, options?: { validateStream: boolean }) => string)(style, text, {
    validateStream: false,
  });
};
