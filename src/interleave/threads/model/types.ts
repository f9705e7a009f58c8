// The public shapes of the explorer: what a caller gives, what comes back. Data only, so that reports can go to pages and other tools.

/** How an exploration ended. `lost wake-up` is a deadlock in which a sleeper missed the notify that was meant for it. */
export type Verdict =
  | 'pass'
  | 'violation'
  | 'deadlock'
  | 'lost wake-up'
  | 'livelock'
  | 'data race'
  | 'uncontrolled access'
  | 'stuck'
  | 'threw'
  | 'not deterministic';

/** The integer typed arrays that Atomics works on, and Uint8ClampedArray, which has plain accesses only. */
export type ElementType =
  | 'Int8Array'
  | 'Uint8Array'
  | 'Uint8ClampedArray'
  | 'Int16Array'
  | 'Uint16Array'
  | 'Int32Array'
  | 'Uint32Array'
  | 'BigInt64Array'
  | 'BigUint64Array';

/** Any integer typed array. */
export type IntegerArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** A value of shared memory: a number, or a bigint for the two 64-bit arrays. */
export type Value = number | bigint;

/**
 * One named piece of shared memory. A number is the length (in elements) of an Int32Array of zeros.
 */
export type WordSpec = number | { type?: ElementType; length?: number; initial?: readonly Value[] };

/** Shared memory by name; each name gets a SharedArrayBuffer of its own. */
export type MemorySpec = Record<string, WordSpec>;

/** What an invariant sees: plain copies, by the names of `memory`. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows which array it asked for
export type MemoryCopy = Record<string, any>;

/** A body that runs in the calling thread (for tests of the search); it must use the Atomics that it is handed. */
export type InProcessBody = (memory: MemoryCopy, atomics: typeof Atomics, ...args: unknown[]) => unknown;

/** One thread: its lane's name, the exported function (or, in process, the function itself), and further arguments (structured-cloneable). */
export interface ThreadSpec {
  name: string;
  body: string | InProcessBody;
  args?: readonly unknown[];
}

/** `true` or nothing: it holds. `false` or a sentence: it does not. A throw counts as a sentence. */
export type Judgement = boolean | string | undefined | void;

/** What all entry points need to know of a program. */
export interface Program {
  /** The module that exports the bodies: a `#…` or package specifier, a URL, or a path (relative to the working directory). Left out when every body is a function. */
  module?: string | URL;
  /** 1 to 8 threads: lane name → exported function, or a list. */
  threads: Record<string, string | InProcessBody> | readonly ThreadSpec[];
  memory: MemorySpec;
  /** Judges every complete schedule: final memory and, by lane name, what each body returned. Runs in the caller. */
  invariant?: (memory: MemoryCopy, returns: Record<string, unknown>) => Judgement;
  /** Judges memory after every step. Runs in the caller. */
  always?: (memory: MemoryCopy) => Judgement;
  /** `allow`: plain accesses that race are no failure (a program that is racy on purpose). Default `report`. */
  expectRaces?: 'report' | 'allow';
  /** Steps (all threads together) after which a schedule is cut. Default 500. */
  steps?: number;
  /** Milliseconds without a visible step after which a body is called stuck. Default 1500. */
  stuckAfter?: number;
}

/** A program and how far to search it. */
export interface ExploreOptions extends Program {
  /** Preemptions allowed. Default 3 with up to 2 threads, 2 with more. */
  bound?: number;
  /** Search on until no schedule is left (or the budget ends). */
  unbounded?: boolean;
  /** Default 5000 ms and 200 000 schedules, whichever ends first. */
  budget?: { milliseconds?: number; schedules?: number };
  /** Timers (finite `Atomics.wait` timeouts) that may fire in one schedule while another thread could run. Default 2. */
  timers?: number;
  /**
   * Schedules tried beyond the bound: half by uniform random walk, half by PCT (d = 3). Default 1000 where neither `bound`
   * nor `random` was given and the bound left something uncovered, else 0.
   */
  random?: number;
  /** Seed of the random schedules, an integer. Default 1. */
  seed?: number;
  /** `false` enumerates schedule by schedule instead of joining equal states: slower, for exact counts. Default true. */
  cache?: boolean;
  /** `false` leaves out the second run of a failing schedule on real threads over real shared memory. Default true. */
  demonstrate?: boolean;
}

/** A program and one schedule of it. */
export interface ReplayOptions extends Program {
  /** A token of a report (`c1:0*5,1*2`), lane names in a row where each is one character (`AABAB`), or a list of lane names. */
  schedule: string | readonly string[];
}

/** One step of a schedule, ready to be shown. */
export interface TimelineRow {
  /** From 1. */
  step: number;
  /** Index into `lanes`. */
  lane: number;
  /** `cas lock 0→1`, `read count → 0`. */
  text: string;
  /** URL of the source file and the line (from 1) of the step, where known. */
  file: string | undefined;
  line: number | undefined;
  /** The thread before could have gone on: this step preempts it. */
  preemption: boolean;
  /** The values of `words` after the step. */
  values: readonly Value[];
}

/** A schedule as lanes side by side, with the memory after each step. */
export interface Timeline {
  lanes: readonly string[];
  /** Names of the memory cells shown: `lock`, `flags[1]`. */
  words: readonly string[];
  /** The values of `words` before the first step. */
  initial: readonly Value[];
  rows: readonly TimelineRow[];
}

/** One way in which complete schedules ended. */
export interface Outcome {
  /** By word name, all elements. */
  memory: Record<string, readonly Value[]>;
  /** By lane name. */
  returns: Record<string, unknown>;
  /** Complete schedules visited that ended so (with the state cache on, schedules that joined a known state are not among them). */
  schedules: number;
}

/** What came of an exploration or a replay. */
export interface Report {
  verdict: Verdict;
  /** One sentence: what went wrong, or that nothing did. */
  sentence: string;
  /** What was covered, and what was not. */
  coverage: string;
  /** Further facts worth a line each: a race beside a violation, where a replayed schedule was left. */
  notes: readonly string[];
  /** Schedules visited: run to their end, or to a state that was already covered. */
  schedules: number;
  /** Of these, the ones that met a state already covered. */
  joined: number;
  /** Of these, the ones cut at the step limit. */
  cut: number;
  /** Steps done by the search. */
  steps: number;
  /** The largest number of preemptions up to which every schedule was covered to its end; −1 if not even 0 (or if some were cut); Infinity if all were. */
  bound: number;
  /** Whether the failing schedule was run once more on real threads and came out the same. Undefined if there was none to run. */
  demonstrated: boolean | undefined;
  /** In the order found. */
  outcomes: readonly Outcome[];
  /** The failing (or replayed) schedule; undefined after a pass. */
  timeline: Timeline | undefined;
  /** Replays that schedule; undefined after a pass. */
  token: string | undefined;
}

/** The report of one replayed schedule; `outcomes` holds its end if it was complete, `timeline` all of its steps. */
export interface ReplayReport extends Report {
  /** Preemptions in the run. */
  preemptions: number;
  /** Steps of the given schedule that were followed. */
  followed: number;
  /** Whether the rest was left because it named a thread that could not run. */
  left: boolean;
}
