// What the owner of an agent and the agent say to each other.
import type { MessagePort } from 'node:worker_threads';
import type { ErrorReason, Position } from '../report/index.ts';
import type { PromiseReport } from './promise-report.ts';
import type { PromiseFailure } from './run/index.ts';

/** How the agent's thread is started. */
export interface AgentData {
  /** Where the agent writes where it is: see {@link Control}. */
  control: SharedArrayBuffer;
  /** URL of the scenario module. */
  module: string;
  /** For jobs and replies. */
  port: MessagePort;
}

/** Int32 words of the control memory. From `order` on: the choices of the running schedule, one a word. */
export const Control = { beats: 0, phase: 1, lane: 2, length: 3, order: 4 } as const;

/** Values of the word `phase`. */
export const Phase = { idle: 0, importing: 1, setting: 2, running: 3 } as const;

/** One piece of work for an agent. */
export interface Job {
  scenario: string;
  args: readonly unknown[];
  source: string | undefined;
  starts: 'together' | 'any time';
  steps: number;
  task:
    | { kind: 'explore'; bound: number; schedules: number; milliseconds: number; countAll: boolean }
    | { kind: 'replay'; schedule: string | readonly string[] }
    /** Where it stands then; `goesOn` runs the rest, so that the agent can be used again. */
    | { kind: 'position'; schedule: string | readonly string[]; steps: number | undefined; goesOn: boolean }
    /** Once more, with a record, in an agent in which nothing has run before. */
    | { kind: 'demonstrate'; order: string; failure: PromiseFailure }
    /** Up to a step (packed) that is known not to come back. */
    | { kind: 'show'; order: string; doomed: string; failure: PromiseFailure };
}

export type AgentReply =
  /** The scene of a job was set: the names of its lanes. */
  | { kind: 'lanes'; lanes: readonly string[] }
  | { kind: 'report'; report: PromiseReport }
  /** `clean`: the run has gone to its end, and left nothing behind. */
  | { kind: 'position'; position: Position; clean: boolean }
  /** What an exploration found wrong; the report still lacks what a demonstration gives. */
  | { kind: 'failed'; order: string; failure: PromiseFailure; report: PromiseReport }
  /** There is nothing to explore: the module or the scenario is not as it must be. */
  | { kind: 'error'; reason: ErrorReason; sentence: string; stack: string | undefined };
