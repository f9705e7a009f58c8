// Runs on the student's side, inside the arena.
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { SpinLock } from '#kata/13-fix-the-lock/spin-lock.ts';
import { cpuTime } from '../support/cpu-time.ts';

/** Microseconds of CPU time: enough for a real thread to try the lock more than a million times. */
const long = 200_000;

/**
 * Holds the spin lock while a real thread wants it.
 * @returns whether that thread got in before the release, and what it did wrong, if anything
 */
export async function heldForLong(): Promise<{ early: boolean; ending?: string }> {
  const shared = () => new Int32Array(new SharedArrayBuffer(4));
  const memory = { lock: shared(), entered: shared() };
  const own = new SpinLock(memory.lock);
  own.lock();
  const worker = new Worker(new URL('./spinning.worker.ts', import.meta.url), { workerData: memory });
  const ended = once(worker, 'exit').then(
    () => undefined,
    (error: unknown) => `threw ${String(error)}`,
  );
  await once(worker, 'online');
  const isInside = () => Atomics.load(memory.entered, 0) === 1;
  // A thread that gets in, or gives up, ends.
  const over = ended.then(() => true);
  for (const start = cpuTime(); cpuTime() - start < long && !(await Promise.race([over, delay(5, false)])););
  const early = isInside();
  own.unlock();
  const error = await ended;
  if (error !== undefined) return { early, ending: error };
  if (early) return { early, ending: 'got in before that' };
  return isInside() ? { early } : { early, ending: 'ended without the lock' };
}
