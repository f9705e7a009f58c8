// Runs one thread body from its start: through the results that it got before, then on alone over a copy of memory, and writes down
// every step. This is all that an agent does; it knows nothing of schedules.
import { changedNothing, EVERYONE, Kind, perform, viewsOf, Woken } from './operation.ts';
import type { Operation } from './operation.ts';
import type { End } from './history.ts';
import { SourceSites } from './source-sites.ts';
import type { Value } from './types.ts';

/** Fruitless steps in a row after which a body that runs alone is asked to stop: it may be a spinner. */
const FRUITLESS = 32;

/** Where a body is to be taken. */
export interface RunRequest {
  /** The results of its steps so far. */
  results: readonly Value[];
  /** The program's memory as it is now, a copy that the run may change; length a multiple of 8. */
  memory: ArrayBuffer;
  /** Byte offsets of the words that other threads sleep on, one entry a sleeper. */
  sleepers: number[];
  /** New steps after which to stop. */
  steps: number;
}

/** A step as the body did it. `site` is a number of the host's own list. */
export interface LoggedStep extends Operation {
  /** Undefined for the last step of a run that stopped before it. */
  readonly result: Value | undefined;
}

/** What a run gave. */
export interface RunAnswer {
  /** All steps, those of the replayed part too (without sites). */
  steps: LoggedStep[];
  /** Present if the body ended. */
  end: End | undefined;
}

/** What the facades and the controlled Atomics talk to. */
export interface StepHost {
  /** Does a visible step. `offset` in bytes from the start of the program's memory; operands wrapped to the type. */
  step(kind: number, type: number, offset: number, index: number, a: Value, b: Value): Value;
}

/** Thrown through a body to leave it; thrown again at its next step if the body swallows it. */
export const ABANDON: unknown = Object.freeze({ toString: () => 'the explorer leaves this run (not an error)' });

/** One body, to be run again and again. */
export class BodyHost implements StepHost {
  readonly sites = new SourceSites();
  /** Called when the answer is complete, before the body has unwound. */
  onAnswer: ((answer: RunAnswer) => void) | undefined;
  /** Tells a change of the real shared memory that no step made. */
  findUncontrolled: (() => string | undefined) | undefined;
  /** Called at every step: a sign of life. */
  onStep: (() => void) | undefined;
  /** Takes the steps instead, while a run is on real memory. */
  live: StepHost | undefined;
  private answer: RunAnswer = { steps: [], end: undefined };
  private request: RunRequest = { results: [], memory: new ArrayBuffer(0), sleepers: [], steps: 0 };
  private views = viewsOf(new ArrayBuffer(8));
  private done = true;
  private fruitless = 0;

  /**
   * Runs a body as far as the request says.
   * @param body called without arguments
   */
  run(body: () => unknown, request: RunRequest): RunAnswer {
    this.request = request;
    this.answer = { steps: [], end: undefined };
    this.views = viewsOf(request.memory);
    this.done = false;
    this.fruitless = 0;
    const { answer } = this;
    try {
      const value = body();
      if (!this.done) this.finish(endOfReturn(value));
    } catch (error) {
      if (!this.done) this.finish(endOfThrow(error, this.sites));
    }
    return answer;
  }

  /** Ends the run from within a body, as `process.exit` does. */
  exit(message: string): never {
    if (this.done && !this.live) throw new Error(`the module ${message} while it was imported`);
    if (!this.done) this.finish({ how: 'exited', message, site: this.sites.here() });
    throw ABANDON;
  }

  step(kind: number, type: number, offset: number, index: number, a: Value, b: Value): Value {
    if (this.live) return this.live.step(kind, type, offset, index, a, b);
    if (this.done) throw ABANDON;
    this.onStep?.();
    const { steps } = this.answer;
    const { results } = this.request;
    if (steps.length < results.length) {
      const result = results[steps.length]!;
      steps.push({ kind, type, offset, index, a, b, site: -1, result });
      return result;
    }
    const uncontrolled = this.findUncontrolled?.();
    if (uncontrolled) {
      this.finish({ how: 'uncontrolled', message: uncontrolled, site: this.sites.here() });
      throw ABANDON;
    }
    const operation = { kind, type, offset, index, a, b, site: this.sites.here() };
    if (steps.length - results.length >= this.request.steps || this.fruitless >= FRUITLESS) this.stopBefore(operation);
    const result = this.alone(operation);
    if (result === undefined) this.stopBefore(operation);
    this.fruitless = changedNothing(operation, result) ? this.fruitless + 1 : 0;
    steps.push({ ...operation, result });
    return result;
  }

  /** What a step gives if no other thread comes between; undefined if the thread would sleep. */
  private alone(operation: Operation): Value | undefined {
    switch (operation.kind) {
      case Kind.PAUSE:
        return 0;
      case Kind.WAIT:
        if (this.views[operation.type]![operation.index] !== operation.a) return Woken.NOT_EQUAL;
        return operation.b === 0 ? Woken.TIMED_OUT : undefined;
      case Kind.NOTIFY:
        return this.wake(operation);
      default:
        return perform(this.views, operation);
    }
  }

  private wake(operation: Operation): number {
    const { sleepers } = this.request;
    const limit = operation.a === EVERYONE ? sleepers.length : (operation.a as number);
    let woken = 0;
    for (let at = 0; at < sleepers.length && woken < limit; ) {
      if (sleepers[at] !== operation.offset) at++;
      else {
        sleepers.splice(at, 1);
        woken++;
      }
    }
    return woken;
  }

  private stopBefore(operation: Operation): never {
    this.answer.steps.push({ ...operation, result: undefined });
    this.finish(undefined);
    throw ABANDON;
  }

  private finish(end: End | undefined): void {
    const uncontrolled = end && end.how !== 'uncontrolled' ? this.findUncontrolled?.() : undefined;
    this.answer.end = uncontrolled ? { how: 'uncontrolled', message: uncontrolled } : end;
    this.done = true;
    this.onAnswer?.(this.answer);
  }
}

function endOfReturn(value: unknown): End {
  if (typeof (value as PromiseLike<unknown> | undefined)?.then === 'function') {
    return { how: 'threw', message: 'it returned a promise, but a thread body must be synchronous (Atomics.wait sleeps, it does not await)' };
  }
  return { how: 'returned', value };
}

function endOfThrow(error: unknown, sites: SourceSites): End {
  if (!(error instanceof Error)) return { how: 'threw', message: String(error) };
  const asserted = error.name === 'AssertionError' || (error as NodeJS.ErrnoException).code === 'ERR_ASSERTION';
  const what = error.message || error.name;
  const message = asserted || error.name === 'Error' ? what : `${error.name}: ${what}`;
  return { how: asserted ? 'asserted' : 'threw', message, site: sites.ofError(error) };
}
