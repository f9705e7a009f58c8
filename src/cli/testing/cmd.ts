import { expect } from 'vitest';
import { main } from '../main.ts';
import type { Context } from '../context.ts';
import type { Terminal } from '../terminal.ts';

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Expectation {
  /** Each must stand in standard output. */
  output(...wanted: (string | RegExp)[]): Expectation;
  /** Each must stand in standard error. */
  error(...wanted: (string | RegExp)[]): Expectation;
  /** None may stand in either. */
  without(...unwanted: (string | RegExp)[]): Expectation;
  /** Runs the command: it must end with 0. */
  success(): Promise<Ran>;
  /** Runs the command: it must end with that code. */
  failure(code?: number): Promise<Ran>;
}

/**
 * Runs a command of the program in this process, as typed after `kata`.
 * @example await cmd(root, 'list').output('01-add').success();
 * @param course the course's folder, or all that a command is given beside the terminal
 */
export function cmd(course: string | Omit<Context, 'terminal'>, ...words: string[]): Expectation {
  const context = typeof course === 'string' ? { root: course } : course;
  const out: (string | RegExp)[] = [];
  const err: (string | RegExp)[] = [];
  const neither: (string | RegExp)[] = [];
  const run = async (code: number): Promise<Ran> => {
    const ran = await capture(context, words);
    for (const wanted of out) matches(ran.out, wanted);
    for (const wanted of err) matches(ran.err, wanted);
    for (const unwanted of neither) expect(ran.out + ran.err).not.toMatch(unwanted);
    expect({ ...ran, code: ran.code }).toMatchObject({ code });
    return ran;
  };
  const builder: Expectation = {
    output: (...wanted) => (out.push(...wanted), builder),
    error: (...wanted) => (err.push(...wanted), builder),
    without: (...unwanted) => (neither.push(...unwanted), builder),
    success: () => run(0),
    failure: (code = 1) => run(code),
  };
  return builder;
}

/** A terminal that keeps what is printed. */
export function captureTerminal(): { terminal: Terminal; out: string[]; err: string[] } {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    line: (text = '') => void out.push(text),
    note: (text) => void err.push(text),
    interactive: false,
    color: false,
    unicode: true,
    links: false,
    columns: 100,
  };
  return { terminal, out, err };
}

async function capture(context: Omit<Context, 'terminal'>, words: readonly string[]): Promise<Ran> {
  const { terminal, out, err } = captureTerminal();
  const code = await main(words, { ...context, terminal });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const matches = (text: string, wanted: string | RegExp): void =>
  typeof wanted === 'string' ? expect(text).toContain(wanted) : expect(text).toMatch(wanted);
