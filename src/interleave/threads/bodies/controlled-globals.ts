// What a body finds in its global scope: arrays and an Atomics object that make each use of explored memory a step, and
// clocks and random numbers that are the same in each run.
import {
  controlDate,
  looksLike,
  replaceMethods,
  seededRandom,
  showOriginalSources,
  startOfToday,
} from '../../common/index.ts';
import { ELEMENT_TYPES } from '../steps/index.ts';
import type { BodyHost } from './body-host.ts';
import { controlledAtomics } from './controlled-atomics.ts';
import { facade, facadeOf, isControlled } from './shared-array-facade.ts';

/**
 * Milliseconds that pass with each look at a clock, so that a thread that spins for a millisecond before it sleeps does
 * fall asleep, and each run sees the same times.
 */
const TICK = 0.1;

type Constructor = new (...args: unknown[]) => object;

const scope = globalThis as unknown as Record<string, unknown>;

/**
 * Replaces the globals of this realm, for good; call once, before the module under test is imported.
 * @returns what to call before each run, to start the random numbers anew
 */
export function controlGlobals(host: BodyHost): () => void {
  showOriginalSources();
  const clock = new VirtualClock();
  scope['Atomics'] = controlledAtomics(host, (milliseconds) => clock.pass(milliseconds));
  for (const name of ELEMENT_TYPES)
    scope[name] = overControlled(scope[name] as Constructor, (native) => facade(native as Int32Array));
  for (const name of ['Float32Array', 'Float64Array', 'DataView']) {
    scope[name] = overControlled(scope[name] as Constructor, () => {
      throw new TypeError(
        `The explorer cannot follow a ${name} over shared memory; use an integer typed array such as Int32Array.`,
      );
    });
  }
  guardBuffers();
  const isView = ArrayBuffer.isView.bind(ArrayBuffer);
  replaceMethods(ArrayBuffer, {
    isView: ((value: unknown) => isView(value) || facadeOf(value) !== undefined) as typeof ArrayBuffer.isView,
  });
  controlClocks(clock);
  const restartRandom = controlRandom();
  silenceConsole();
  controlExit(host);
  return () => {
    clock.restart();
    restartRandom();
  };
}

/** A constructor that makes the native object, and hands it on where it lies over explored memory. */
function overControlled(native: Constructor, take: (made: object) => object): Constructor {
  const replaced = new Proxy(native, {
    construct(target, args, newTarget) {
      const made = Reflect.construct(target, args, newTarget === replaced ? target : newTarget) as object;
      return isControlled(args[0]) ? take(made) : made;
    },
  });
  (native.prototype as { constructor: unknown }).constructor = replaced;
  return looksLike(replaced, native);
}

/** Node's Buffer is a view that the constructors above do not make. */
function guardBuffers(): void {
  const from = Buffer.from.bind(Buffer) as (...args: unknown[]) => Buffer;
  replaceMethods(Buffer, {
    from: ((...args: unknown[]) => {
      if (isControlled(args[0]))
        throw new TypeError(
          'The explorer cannot follow a Buffer over shared memory; use an integer typed array such as Uint8Array.',
        );
      return from(...args);
    }) as typeof Buffer.from,
  });
}

/** The time that a body sees: its own looks at the clock, and the timeouts of its waits. */
class VirtualClock {
  readonly #start = startOfToday();
  #time = 0;

  restart(): void {
    this.#time = 0;
  }

  pass(milliseconds: number): void {
    this.#time += milliseconds;
  }

  /** @returns milliseconds since the run began */
  now(): number {
    return (this.#time += TICK);
  }

  /** @returns whole milliseconds since 1970 */
  date(): number {
    return this.#start + Math.floor(this.now());
  }
}

function controlClocks(clock: VirtualClock): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- looked at, never called
  const { bigint } = process.hrtime;
  const nanoseconds = () => BigInt(Math.round(clock.now() * 1e6));
  replaceMethods(performance, { now: () => clock.now() });
  const hrtime = () => {
    const at = nanoseconds();
    return [Number(at / 1_000_000_000n), Number(at % 1_000_000_000n)] as [number, number];
  };
  replaceMethods(process, {
    hrtime: Object.assign(hrtime, { bigint: looksLike(nanoseconds, bigint) }),
    uptime: () => clock.now() / 1000,
  });
  controlDate(() => clock.date());
}

/** @returns what starts the random numbers anew */
function controlRandom(): () => void {
  let random = seededRandom(1);
  replaceMethods(Math, { random: () => random() });
  return () => {
    random = seededRandom(1);
  };
}

/** A body runs thousands of times; what it prints is of no use. */
function silenceConsole(): void {
  for (const name of Object.keys(console))
    if (typeof console[name as 'log'] === 'function') replaceMethods(console, { [name]: () => undefined });
}

function controlExit(host: BodyHost): void {
  const exit = (code?: number | string | null): never => host.exit(`called process.exit(${code ?? ''})`);
  replaceMethods(process as typeof process & { reallyExit: typeof exit }, {
    exit: (code) => exit(code),
    reallyExit: (code) => exit(code),
    abort: () => host.exit('called process.abort()'),
  });
}
