// The shapes of exploring async code: what a scenario gives, what the explorer answers. Names agree with types.ts (threads) where the thing is the same.

/** A value that a timeline can show. Anything else is shown as text. */
export type Shown = string | number | bigint | boolean | null;

/** What a scenario builds its fakes with. A fresh one is made for every schedule. */
export interface World {
  /**
   * An operation under the explorer's control: a promise that stays pending until the explorer settles it.
   * Call it inside a task; it belongs to the task (lane) whose code called it.
   * @param label what the timeline shows, such as `read`
   * @param effect runs at the moment the operation settles; its value fulfils the promise, what it throws rejects it
   */
  operation<T = void>(label: string, effect?: () => T): Promise<T>;
  /** Writes a line into the timeline of the running task. It is no step: nothing can come between it and the code around it. */
  mark(label: string): void;
}

/** The tasks of one schedule, and what must hold about them. */
export interface Scene {
  /** Lane name → task. All are started at once, in this order, unless the program says `starts: 'any time'`. */
  tasks: Record<string, () => unknown>;
  /** The values that the timeline shows beside every step, by name; at the end they are the outcome. */
  state?: () => Record<string, unknown>;
  /** Must hold after every step: `true`, or a sentence that says what is wrong. */
  always?: () => true | string;
  /**
   * Must hold when all tasks have ended, and again when nothing that they left behind is pending: `true`, or a sentence.
   * Gets what each task returned, by lane.
   */
  atEnd?: (returned: Record<string, unknown>) => true | string;
}

/** What a scenario module exports: sets the scene anew for each schedule. Runs in the agent, beside the code under test. */
export type Scenario<Arguments extends readonly unknown[] = []> = (world: World, ...args: Arguments) => Scene;

/** Code to explore. */
export interface PromiseProgram {
  /** The scenario module: a `#…` specifier of the package in the working directory, a URL, or a path. */
  module: string | URL;
  /** The name of its exported {@link Scenario}. */
  scenario: string;
  /** Further arguments of the scenario (structured-cloneable). */
  args?: readonly unknown[];
  /** The file whose lines the timeline shows, given like `module`; without it, the first file on the stack that is not `module`. */
  source?: string | URL;
  /** Whether the tasks start together, as in `Promise.all` (the default), or each at a time that is a choice as well. */
  starts?: 'together' | 'any time';
  /** Steps after which a schedule is cut. Default 500. */
  steps?: number;
  /** Milliseconds that the code may run on without giving the event loop back before it is called stuck. Default 2000. */
  stuckAfter?: number;
}

/** A program and how far to search it. */
export interface ExplorePromisesOptions extends PromiseProgram {
  /** Switches allowed, away from a lane that could go on. Default: any number. */
  bound?: number;
  /** Default 60 000 ms and 100 000 schedules, whichever ends first. */
  budget?: { milliseconds?: number; schedules?: number };
  /** Go on after a failing schedule, to count how many fail. Default false. */
  countAll?: boolean;
}

/** A program and one schedule of it. */
export interface ReplayPromisesOptions extends PromiseProgram {
  /** A token of a report (`p1:0*2,1`), lane names in a row where each is one character (`ABAB`), or a list of lane names. */
  schedule: string | readonly string[];
}

export type PromiseVerdict =
  | 'pass'
  | 'violation'
  | 'deadlock'
  | 'livelock'
  | 'stuck'
  | 'threw'
  | 'unhandled rejection'
  | 'uncontrolled access'
  | 'not deterministic';

/** One line of a timeline: a step, or a mark. */
export interface PromiseTimelineRow {
  /** From 1; a mark has none. */
  step: number | undefined;
  /** Index into `lanes`. */
  lane: number;
  /** The label, and what came of it: `read → 100`. */
  text: string;
  /** URL of the source file and the line (from 1) of the call, where known. */
  file: string | undefined;
  line: number | undefined;
  /** The lane before could have gone on: this step switches away from it. */
  preemption: boolean;
  /** The values of `words` after the step. */
  values: readonly Shown[];
}

/** A schedule as lanes side by side, with the scene's state after each step. */
export interface PromiseTimeline {
  lanes: readonly string[];
  /** Names of the values that the scene's `state` shows. */
  words: readonly string[];
  /** The values of `words` before the first step. */
  initial: readonly Shown[];
  rows: readonly PromiseTimelineRow[];
}

/** One way in which schedules ended. */
export interface PromiseOutcome {
  /** What the scene's `state` showed at the end. */
  state: Record<string, Shown>;
  /** Schedules visited that ended so. */
  schedules: number;
}

/** What came of an exploration or a replay. */
export interface PromiseReport {
  verdict: PromiseVerdict;
  /** One sentence: what went wrong, or that nothing did. */
  sentence: string;
  /** What was covered, and what was not. */
  coverage: string;
  /** Whether every order was visited: nothing cut, no bound met, no budget used up. */
  complete: boolean;
  /** Further facts worth a line each. */
  notes: readonly string[];
  /** Schedules visited, of these the failing ones, and of these the ones cut at the step limit. */
  schedules: number;
  failures: number;
  cut: number;
  /** Steps of all of them together. */
  steps: number;
  /** Most timers that fired in one schedule. */
  timers: number;
  /** Most operations and timers that were still pending when the tasks of one schedule had ended. */
  leftovers: number;
  /** The most frequent first. */
  outcomes: readonly PromiseOutcome[];
  /** The first failing (or replayed) schedule; undefined after a pass. */
  timeline: PromiseTimeline | undefined;
  /** Replays that schedule; undefined after a pass. */
  token: string | undefined;
}
