// What a caller gives: threads, memory, and rules.
import type { RuleAnswer } from '../../common/index.ts';
import type { MemoryCopy, MemorySpec } from './memory-layout.ts';

/** A body that runs in the calling thread (for tests of the search); it must use the Atomics that it is handed. */
export type InProcessBody = (memory: MemoryCopy, atomics: typeof Atomics, ...args: unknown[]) => unknown;

/**
 * One thread: its lane's name, the exported function (or, in process, the function itself), and further arguments
 * (structured-cloneable).
 */
export interface ThreadSpec {
  name: string;
  body: string | InProcessBody;
  args?: readonly unknown[];
}

/** @returns the threads of a program as a list, however it gives them */
export const threadList = ({ threads }: Pick<ThreadProgram, 'threads'>): readonly ThreadSpec[] =>
  Array.isArray(threads)
    ? (threads as readonly ThreadSpec[])
    : Object.entries(threads as Record<string, ThreadSpec['body']>).map(([name, body]) => ({ name, body }));

/** What all entry points need to know of a program. */
export interface ThreadProgram {
  /**
   * The module that exports the bodies: a `#…` or package specifier, a URL, or a path (relative to the working
   * directory). Left out when every body is a function.
   */
  module?: string | URL;
  /** 1 to 8 threads: lane name → exported function, or a list. */
  threads: Record<string, string | InProcessBody> | readonly ThreadSpec[];
  memory: MemorySpec;
  /** Judges every complete schedule: final memory and, by lane name, what each body returned. Runs in the caller. */
  invariant?: (memory: MemoryCopy, returns: Record<string, unknown>) => RuleAnswer;
  /** Judges memory after every step. Runs in the caller. */
  always?: (memory: MemoryCopy) => RuleAnswer;
  /**
   * "Can this happen?" Asks of every state whether it is the one: its memory and, by lane name, what each body that has
   * ended returned. The report shows the first schedule that leads to one (verdict `reached`), or that none does
   * (`pass`). `invariant` and `always` are not judged then, nor is it a failure if threads sleep or spin forever. Runs
   * in the caller.
   */
  reachable?: (memory: MemoryCopy, returns: Record<string, unknown>) => boolean;
  /** `allow`: plain accesses that race are no failure (a program that is racy on purpose). Default `report`. */
  expectRaces?: 'report' | 'allow';
  /** Steps (all threads together) after which a schedule is cut. Default 500. */
  steps?: number;
  /** Milliseconds without a visible step after which a body is called stuck. Default 1500. */
  stuckAfter?: number;
}
