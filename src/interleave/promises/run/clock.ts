import { AsyncResource } from 'node:async_hooks';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';
import { controlDate, replaceMethods, showOriginalSources, startOfToday } from '../../common/index.ts';

/** Takes the timers that the code under test sets. */
export interface TimerTaker {
  add(kind: 'timer' | 'immediate', delay: number, repeats: boolean, fire: () => void): Handle;
}

/** What is left of a timer in the hands of the code that set it. */
export interface Handle {
  clear(): void;
}

const native = { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate };

/** Virtual milliseconds since the schedule began; only timers let time pass. */
let time = 0;
let seed = 0;

/** Time and random numbers begin anew, so that a schedule runs the same each time. */
export function resetClock(): void {
  time = 0;
  seed = 0x9e3779b9;
}

/** Lets virtual time pass, never back. */
export function advanceTo(milliseconds: number): void {
  time = Math.max(time, milliseconds);
}

/** @returns virtual milliseconds since the schedule began */
export const virtualTime = (): number => time;

/**
 * Replaces timers, clocks, `Math.random` and `randomUUID` in this thread's globals and in Node's modules, for code that
 * is imported afterwards.
 * @param taker answers who takes the timer that is being set; `undefined` leaves it to Node (no schedule is running)
 */
export function installClock(taker: () => TimerTaker | undefined): void {
  showOriginalSources();
  const callbacks = callbackTimers(taker);
  const promises = promiseTimers(callbacks);
  Object.defineProperty(callbacks.setTimeout, promisify.custom, { value: promises.setTimeout });
  Object.defineProperty(callbacks.setImmediate, promisify.custom, { value: promises.setImmediate });
  const require = createRequire(import.meta.url);
  // The globals are these very functions, so they are replaced last.
  replaceMethods(require('node:timers') as typeof callbacks, callbacks);
  Object.assign(globalThis, callbacks);
  const { scheduler, ...functions } = promises;
  const native = require('node:timers/promises') as typeof promises;
  replaceMethods(native, functions);
  replaceMethods(native.scheduler, scheduler);
  installRandom(require('node:crypto') as typeof import('node:crypto'));
  syncBuiltinESMExports();
  replaceMethods(AbortSignal, {
    timeout: (delay) => {
      const controller = new AbortController();
      callbacks.setTimeout(
        () => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
        delay,
      );
      return controller.signal;
    },
  });
  installClocks();
}

function installClocks(): void {
  const epoch = startOfToday();
  controlDate(() => epoch + time);
  replaceMethods(performance, { now: () => time });
  replaceMethods(process.hrtime, { bigint: () => BigInt(time) * 1_000_000n });
  replaceMethods(process, { uptime: () => time / 1000 });
}

/** Random numbers and random names are the same in every run. */
function installRandom(crypto: typeof import('node:crypto')): void {
  // mulberry32
  const random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const hex = () =>
    Math.floor(random() * 0x10000)
      .toString(16)
      .padStart(4, '0');
  const uuid = () =>
    `${hex()}${hex()}-${hex()}-4${hex().slice(1)}-8${hex().slice(1)}-${hex()}${hex()}${hex()}` as const;
  replaceMethods(Math, { random });
  replaceMethods(crypto, { randomUUID: uuid });
  replaceMethods(globalThis.crypto, { randomUUID: () => uuid() });
}

type Callback = (...args: unknown[]) => void;

/** Milliseconds until a timer fires: as in Node, 1 for whatever is not from 1 to 2³¹ − 1, `Infinity` too. */
function delayOf(given: unknown): number {
  const delay = Number(given);
  return delay >= 1 && delay < 2 ** 31 ? Math.trunc(delay) : 1;
}

/** What `setTimeout` returns: as much of Node's Timeout as code uses. */
class ControlledTimer {
  readonly handle: Handle;
  constructor(handle: Handle) {
    this.handle = handle;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  hasRef() {
    return true;
  }
  close() {
    this.handle.clear();
    return this;
  }
  [Symbol.dispose]() {
    this.handle.clear();
  }
}

function callbackTimers(taker: () => TimerTaker | undefined) {
  const set =
    (kind: 'timer' | 'immediate', repeats: boolean, fallback: Callback) =>
    (callback: Callback, ...rest: unknown[]) => {
      const owner = taker();
      if (!owner) return fallback(callback, ...rest);
      if (typeof callback !== 'function')
        throw new TypeError(`The "callback" argument must be of type function. Received ${String(callback)}`);
      const delay = kind === 'immediate' ? 0 : delayOf(rest[0]);
      const args = kind === 'immediate' ? rest : rest.slice(1);
      // Fired from the explorer's own loop, so the async context of the code that set it has to be carried along.
      const fire = AsyncResource.bind(() => callback(...args));
      return new ControlledTimer(owner.add(kind, delay, repeats, fire));
    };
  const clear = (fallback: (timer: never) => void) => (timer: unknown) => {
    if (timer instanceof ControlledTimer) timer.handle.clear();
    else fallback(timer as never);
  };
  return {
    setTimeout: set('timer', false, native.setTimeout as Callback),
    setInterval: set('timer', true, native.setInterval as Callback),
    setImmediate: set('immediate', false, native.setImmediate as Callback),
    clearTimeout: clear(native.clearTimeout),
    clearInterval: clear(native.clearInterval),
    clearImmediate: clear(native.clearImmediate),
  };
}

function promiseTimers(timers: ReturnType<typeof callbackTimers>) {
  type Options = { signal?: AbortSignal };
  const wait = (
    set: (done: Callback) => unknown,
    clear: (timer: unknown) => void,
    value: unknown,
    { signal }: Options = {},
  ) =>
    new Promise((resolve, reject) => {
      const aborted = () =>
        Object.assign(new Error('The operation was aborted', { cause: signal?.reason }), {
          name: 'AbortError',
          code: 'ABORT_ERR',
        });
      if (signal?.aborted) return reject(aborted());
      const abort = () => {
        clear(timer);
        reject(aborted());
      };
      const timer = set(() => {
        signal?.removeEventListener('abort', abort);
        resolve(value);
      });
      signal?.addEventListener('abort', abort, { once: true });
    });
  const setTimeout = (delay?: number, value?: unknown, options?: Options) =>
    wait((done) => timers.setTimeout(done, delay), timers.clearTimeout, value, options);
  const setImmediate = (value?: unknown, options?: Options) =>
    wait((done) => timers.setImmediate(done), timers.clearImmediate, value, options);
  async function* setInterval(delay?: number, value?: unknown, options?: Options) {
    while (true) yield await setTimeout(delay, value, options);
  }
  const scheduler = {
    wait: (delay: number, options?: Options) => setTimeout(delay, undefined, options),
    yield: () => setImmediate(),
  };
  return { setTimeout, setImmediate, setInterval, scheduler };
}
