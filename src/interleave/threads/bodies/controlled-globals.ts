// What a body finds in its global scope: arrays and an Atomics object that make each use of explored memory a step, and
// clocks and random numbers that are the same in each run.
import { seededRandom } from '../../common/index.ts';
import { ELEMENT_TYPES } from '../steps/index.ts';
import type { BodyHost } from './body-host.ts';
import { controlledAtomics } from './controlled-atomics.ts';
import { facade, facadeOf, isControlled } from './shared-array-facade.ts';

/** Time stands still at this instant (ms since 1970) while a body runs. */
const INSTANT = Date.UTC(2026, 0, 1);

type Constructor = new (...args: unknown[]) => object;

const scope = globalThis as unknown as Record<string, unknown>;

/**
 * Replaces the globals of this realm, for good; call once, before the module under test is imported.
 * @returns what to call before each run, to start the random numbers anew
 */
export function controlGlobals(host: BodyHost): () => void {
  scope['Atomics'] = controlledAtomics(host);
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
  ArrayBuffer.isView = ((value: unknown) =>
    isView(value) || facadeOf(value) !== undefined) as typeof ArrayBuffer.isView;
  return controlClocksAndRandom(host);
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
  return replaced;
}

/** Node's Buffer is a view that the constructors above do not make. */
function guardBuffers(): void {
  const from = Buffer.from.bind(Buffer) as (...args: unknown[]) => Buffer;
  Buffer.from = ((...args: unknown[]) => {
    if (isControlled(args[0]))
      throw new TypeError(
        'The explorer cannot follow a Buffer over shared memory; use an integer typed array such as Uint8Array.',
      );
    return from(...args);
  }) as typeof Buffer.from;
}

function controlClocksAndRandom(host: BodyHost): () => void {
  let random = seededRandom(1);
  Math.random = () => random();
  performance.now = () => 0;
  process.hrtime = Object.assign(() => [0, 0] as [number, number], { bigint: () => 0n });
  scope['Date'] = new Proxy(Date, {
    apply: (target) => new target(INSTANT).toString(),
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [INSTANT] : args, newTarget) as object,
    get: (target, key) => (key === 'now' ? () => INSTANT : (Reflect.get(target, key) as unknown)),
  });
  // A body runs thousands of times; what it prints is of no use.
  for (const name of Object.keys(console))
    if (typeof console[name as 'log'] === 'function') console[name as 'log'] = () => undefined;
  const exit = (code?: number | string | null): never => host.exit(`called process.exit(${code ?? ''})`);
  process.exit = exit;
  (process as unknown as { reallyExit: unknown }).reallyExit = exit;
  process.abort = () => host.exit('called process.abort()');
  return () => {
    random = seededRandom(1);
  };
}
