// Reads what a caller gave, checks it, and says what is wrong in one sentence.
import { withReason } from '../../report/index.ts';
import { MemoryLayout } from './memory-layout.ts';
import { threadList, type InProcessBody, type ThreadProgram } from './thread-program.ts';

/** Threads the state vector has room for: choices are bits of one byte. */
const MOST_THREADS = 8;

/** One thread, checked. */
export interface CheckedThread {
  readonly name: string;
  readonly body: string | InProcessBody;
  readonly args: readonly unknown[];
}

/** A program, checked. */
export interface CheckedProgram {
  readonly module: string | URL | undefined;
  readonly threads: readonly CheckedThread[];
  readonly names: readonly string[];
  readonly layout: MemoryLayout;
  readonly steps: number;
  readonly stuckAfter: number;
  readonly races: boolean;
  readonly given: ThreadProgram;
}

/** @throws {TypeError} with one sentence that names the option, what was wanted and what came */
export function checkProgram(given: ThreadProgram): CheckedProgram {
  const threads = threadsOf(given);
  if (threads.length < 1 || threads.length > MOST_THREADS)
    throw invalid(`\`threads\` must name 1 to ${MOST_THREADS} threads, got ${threads.length}.`);
  const names = threads.map(({ name }) => name);
  if (new Set(names).size !== names.length)
    throw invalid(`\`threads\` must have different names, got ${names.join(', ')}.`);
  const exported = threads.find(({ body }) => typeof body === 'string');
  if (exported && given.module === undefined)
    throw invalid(
      `Thread ${exported.name} is the export \`${String(exported.body)}\`, so \`module\` must say of which module.`,
    );
  if (exported && threads.some(({ body }) => typeof body !== 'string'))
    throw invalid('`threads` must be all exports of `module` or all functions, got both.');
  const layout = new MemoryLayout(given.memory);
  if (layout.words.length === 0)
    throw invalid('`memory` must name at least one word: threads that share nothing have one schedule.');
  return {
    module: given.module,
    threads,
    names,
    layout,
    steps: positive('steps', given.steps, 500),
    stuckAfter: positive('stuckAfter', given.stuckAfter, 1500),
    races: given.expectRaces !== 'allow',
    given,
  };
}

/** An option that must be a positive number. */
export function positive(name: string, given: number | undefined, standard: number): number {
  if (given === undefined) return standard;
  if (typeof given !== 'number' || !(given > 0))
    throw invalid(`\`${name}\` must be a number above 0, got ${JSON.stringify(given)}.`);
  return given;
}

const threadsOf = (program: ThreadProgram): CheckedThread[] =>
  threadList(program).map(({ name, body, args = [] }) => {
    if (typeof body !== 'string' && typeof body !== 'function') {
      throw invalid(
        `Thread ${name} must be the name of an exported function (or a function), ` +
          `got ${body === null ? 'null' : typeof body}.`,
      );
    }
    return { name, body, args };
  });

function invalid(sentence: string): TypeError {
  return withReason('invalid-option', new TypeError(sentence));
}
