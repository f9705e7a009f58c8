// Runs one thread body from its start: through the results that it got before, then on alone over a copy of memory, and
// writes down every step. This is all that an agent does; it knows nothing of schedules.
import { thrownOf } from '../../common/index.ts';
import { changedNothing, EVERYONE, Kind, mixed, perform, SourceSites, viewsOf, Woken } from '../steps/index.ts';
import type { End, LoggedStep, Operation, RunAnswer, RunRequest, StepHost, Value } from '../steps/index.ts';

/** Fruitless steps in a row after which a body that runs alone is asked to stop: it may be a spinner. */
const FRUITLESS = 32;

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
  #answer: RunAnswer = { steps: [], hash: 0, replayed: 0, end: undefined };
  #request: RunRequest = { results: [], memory: new ArrayBuffer(0), sleepers: [], steps: 0, locate: false };
  #views = viewsOf(new ArrayBuffer(8));
  #done = true;
  /** Steps in a row that changed nothing. */
  #fruitless = 0;
  /** The same, counted from the first new step on. */
  #alike = 0;
  /** New steps. */
  #fresh = 0;

  /**
   * Runs a body as far as the request says.
   * @param body called without arguments
   */
  run(body: () => unknown, request: RunRequest): RunAnswer {
    this.#request = request;
    this.#answer = { steps: [], hash: 0, replayed: 0, end: undefined };
    this.#views = viewsOf(request.memory);
    this.#done = false;
    this.#fruitless = 0;
    this.#alike = 0;
    this.#fresh = 0;
    const answer = this.#answer;
    try {
      const value = body();
      if (!this.#done) this.#finish(endOfReturn(value));
    } catch (error) {
      if (!this.#done) this.#finish(endOfThrow(error, this.sites));
    }
    return answer;
  }

  /** Ends the run from within a body, as `process.exit` does. */
  exit(message: string): never {
    if (this.#done && !this.live) throw new Error(`the module ${message} while it was imported`);
    if (!this.#done) this.#finish({ how: 'exited', message, site: this.sites.here() });
    throw ABANDON;
  }

  step(kind: number, type: number, offset: number, index: number, a: Value, b: Value): Value {
    if (this.live) return this.live.step(kind, type, offset, index, a, b);
    if (this.#done) throw ABANDON;
    this.onStep?.();
    const answer = this.#answer;
    const request = this.#request;
    const operation: LoggedStep = { kind, type, offset, index, a, b, site: -1, result: undefined };
    if (request.locate) operation.site = this.sites.hereWithCallers();
    else if (this.#fruitless > 0 && answer.replayed === request.results.length) operation.site = this.sites.here();
    if (answer.replayed < request.results.length) {
      const result = (operation.result = request.results[answer.replayed++]!);
      answer.hash = mixed(answer.hash, operation);
      if (request.locate) answer.steps.push(operation);
      this.#fruitless = changedNothing(operation, result) ? this.#fruitless + 1 : 0;
      return result;
    }
    const uncontrolled = this.findUncontrolled?.();
    if (uncontrolled) {
      this.#finish({ how: 'uncontrolled', message: uncontrolled, site: this.sites.here() });
      throw ABANDON;
    }
    if (this.#fresh >= request.steps || this.#alike >= FRUITLESS) this.#stopBefore(operation);
    const result = this.#alone(operation);
    if (result === undefined) this.#stopBefore(operation);
    operation.result = result;
    this.#fruitless = changedNothing(operation, result) ? this.#fruitless + 1 : 0;
    this.#alike = this.#fruitless > 0 ? this.#alike + 1 : 0;
    this.#fresh++;
    answer.steps.push(operation);
    return result;
  }

  /** What a step gives if no other thread comes between; undefined if the thread would sleep. */
  #alone(operation: Operation): Value | undefined {
    switch (operation.kind) {
      case Kind.PAUSE:
        return 0;
      case Kind.WAIT:
        if (this.#views[operation.type]![operation.index] !== operation.a) return Woken.NOT_EQUAL;
        return operation.b === 0 ? Woken.TIMED_OUT : undefined;
      case Kind.NOTIFY:
        return this.#wake(operation);
      default:
        return perform(this.#views, operation);
    }
  }

  #wake(operation: Operation): number {
    const { sleepers } = this.#request;
    const limit = operation.a === EVERYONE ? sleepers.length : (operation.a as number);
    let woken = 0;
    for (let at = 0; at < sleepers.length && woken < limit;) {
      if (sleepers[at] !== operation.offset) at++;
      else {
        sleepers.splice(at, 1);
        woken++;
      }
    }
    return woken;
  }

  #stopBefore(operation: LoggedStep): never {
    this.#answer.steps.push(operation);
    this.#finish(undefined);
    throw ABANDON;
  }

  #finish(end: End | undefined): void {
    const uncontrolled = end && end.how !== 'uncontrolled' ? this.findUncontrolled?.() : undefined;
    this.#answer.end = uncontrolled ? { how: 'uncontrolled', message: uncontrolled } : end;
    this.#done = true;
    this.onAnswer?.(this.#answer);
  }
}

function endOfReturn(value: unknown): End {
  if (typeof (value as PromiseLike<unknown> | undefined)?.then === 'function') {
    return {
      how: 'returned in vain',
      message: 'it returned a promise, but a thread body must be synchronous (Atomics.wait sleeps, it does not await)',
    };
  }
  return { how: 'returned', value };
}

function endOfThrow(error: unknown, sites: SourceSites): End {
  const thrown = thrownOf(error);
  if (!thrown) return { how: 'threw', message: `the value ${String(error)}` };
  const asserted = thrown.name === 'AssertionError' || thrown.code === 'ERR_ASSERTION';
  const what = thrown.message || thrown.name;
  const message = asserted || thrown.name === 'Error' ? what : `${thrown.name}: ${what}`;
  return { how: asserted ? 'asserted' : 'threw', message, thrown, site: sites.ofError(error as Error) };
}
