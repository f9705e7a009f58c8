import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Far more collections than V8 has ever needed. */
const mostRounds = 10;

/** Each FinalizationRegistry gets a turn of the event loop, in no fixed order. A program here has fewer of them. */
const turns = 20;

/**
 * Requests garbage collections until an object that nothing refers to has been collected and its finalizer has run.
 * Then it lets the others run.
 * @returns false if this runtime doesn't collect on request
 */
export async function collectGarbage(): Promise<boolean> {
  const collect = collector();
  if (collect === undefined) return false;
  let finalized = false;
  const registry = new FinalizationRegistry(() => (finalized = true));
  registerGarbage(registry);
  for (let round = 0; round < mostRounds && !finalized; round++) {
    await nextTurn(); // Creating or reading a WeakRef keeps its value alive until the turn is over.
    collect();
    await nextTurn(); // Finalizers run in a turn of their own.
  }
  for (let turn = 0; turn < turns; turn++) await nextTurn();
  return finalized;
}

/** Collects at once. Finalizers have not run yet when this returns. */
export function collectNow(): void {
  const collect = collector();
  collect?.();
  collect?.(); // The first call may only have completed a collection that was in progress.
}

// In a function of its own: a variable of the caller would keep the object alive.
function registerGarbage(registry: FinalizationRegistry<undefined>): void {
  registry.register({}, undefined);
}

/** @returns V8's `gc()`, as if Node.js had been started with `--expose-gc` */
function collector(): (() => void) | undefined {
  setFlagsFromString('--expose-gc');
  return runInNewContext('globalThis.gc') as (() => void) | undefined;
}
