// The control cells of a wire, and what their values mean.
import { availableParallelism } from 'node:os';

/** Control cells. */
export const Cell = {
  STATE: 0,
  COMMAND: 1,
  RESULTS: 2,
  SLEEPERS: 3,
  STEPS: 4,
  LOGGED: 5,
  EXTRAS: 6,
  PROGRESS: 7,
  RETURNED: 8,
  LOCATE: 9,
  VALUE: 10,
  HASH: 13,
  REPLAYED: 14,
} as const;
/** Values of STATE. Lockstep uses those from PENDING on. */
export const State = {
  IDLE: 0,
  REQUESTED: 1,
  ANSWERED: 2,
  PENDING: 3,
  GRANTED: 4,
  SLEEPING: 5,
  ENDED: 6,
  ABORTED: 7,
} as const;

/** Values of COMMAND. */
export const Command = { RUN: 1, LOCKSTEP: 2, CLOSE: 3 } as const;

/**
 * Reads of a shared cell before a waiting thread goes to sleep: about 30 µs, less than what a sleep and a wake-up cost
 * between two processors. On one processor spinning only keeps the other side from running.
 */
export const SPINS = availableParallelism() > 1 ? 5000 : 0;
