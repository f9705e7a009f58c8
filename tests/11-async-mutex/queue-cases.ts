// Runs in the student's process, inside the arena: all small queues of some kind, one after the other, each in the one
// order that it has.
import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Mutex } from '#kata/11-async-mutex/mutex.ts';
import { onForeignEvent } from './foreign-events.ts';

/** What went wrong. */
export interface Fault {
  verdict: 'wrong order' | 'failed' | 'leak';
  sentence: string;
}

type Way = 'acquire' | 'runExclusive';

/** Six tasks, each of which calls `acquire` or `runExclusive`: all 64 combinations must be served in order. */
export async function mixedOrders(): Promise<Fault | undefined> {
  for (let pattern = 0; pattern < 64; pattern++)
    for (const when of ['in the same turn', 'in one turn each'] as const) {
      const fault = await mixedOrder([...'ABCDEF'], (at) => wayOf(pattern, at), when);
      if (fault) return fault;
    }
  return undefined;
}

async function mixedOrder(
  names: readonly string[],
  way: (at: number) => Way,
  when: 'in the same turn' | 'in one turn each',
): Promise<Fault | undefined> {
  const mutex = new Mutex();
  let entered = '';
  let allAsked = (): void => undefined;
  const asked = new Promise<void>((resolve) => (allAsked = resolve));
  const tasks: Promise<void>[] = [];
  for (const [at, name] of names.entries()) {
    const work = async () => {
      entered += name;
      await (name === 'A' ? asked : turn());
    };
    tasks.push(enter(mutex, way(at), work));
    if (when === 'in one turn each') await turn();
  }
  allAsked();
  await Promise.all(tasks);
  if (entered === names.join('')) return undefined;
  const calls = names.map((name, at) => `${name} ${way(at)}()`).join(', ');
  return {
    verdict: 'wrong order',
    sentence:
      `acquire() and runExclusive() must share one queue. Tasks called ${calls}, ${when}, while A held the lock. ` +
      `They must get it in the order ${names.join('')}, but got it in the order ${entered}.`,
  };
}

/**
 * A holds the lock and B to F wait. All combinations of them are cancelled, and then G asks.
 * @param what who gets the lock, or what happens to the signals
 */
export async function cancelledWaits(what: 'queue' | 'signals'): Promise<Fault | undefined> {
  for (let cancelled = 1; cancelled < 32; cancelled++)
    for (const how of ['by one signal', 'one after the other', 'one after the other, the last one first'] as const) {
      const names = [...'BCDEF'].filter((_, at) => (cancelled >> at) % 2 === 1);
      const fault = await cancelledWait(names, how, cancelled % 2 === 0 ? 0b011010 : 0b100101);
      if (fault && (fault.verdict === 'leak') === (what === 'signals')) return fault;
    }
  return undefined;
}

async function cancelledWait(
  cancelled: readonly string[],
  how: 'by one signal' | 'one after the other' | 'one after the other, the last one first',
  ways: number,
): Promise<Fault | undefined> {
  const mutex = new Mutex();
  const shared = new AbortController();
  const controllers = new Map(
    [...'BCDEF'].map((name) => [
      name,
      how === 'by one signal' && cancelled.includes(name) ? shared : new AbortController(),
    ]),
  );
  let foreign: string | undefined;
  for (const { signal } of controllers.values()) onForeignEvent(signal, (type) => (foreign ??= type));
  const reason = new Error('closing time');
  const outcomes = new Map<string, unknown>();
  let entered = '';

  const release = await mutex.acquire();
  const ask = (name: string, at: number) =>
    enter(mutex, wayOf(ways, at), () => void (entered += name), controllers.get(name)?.signal).then(
      () => outcomes.set(name, 'got the lock'),
      (error: unknown) => outcomes.set(name, error),
    );
  const tasks = [...'BCDEF'].map(ask);
  await turn();
  for (const name of how.endsWith('last one first') ? cancelled.toReversed() : cancelled) {
    controllers.get(name)?.abort(reason);
    await turn();
  }
  const of = `A held the lock, B, C, D, E and F waited, and ${cancelled.join(', ')} were cancelled ${how}`;
  const failed = (sentence: string): Fault => ({ verdict: 'failed', sentence: `${of}. ${sentence}` });
  for (const name of cancelled) {
    if (!outcomes.has(name)) return failed(`Each of them must reject at once, but ${name} still waits.`);
    if (outcomes.get(name) !== reason)
      return failed(`Each must reject with signal.reason, but ${name} ended with ${String(outcomes.get(name))}.`);
  }
  tasks.push(ask('G', 5));
  release();
  await Promise.all(tasks);
  const wanted = [...'BCDEFG'].filter((name) => !cancelled.includes(name)).join('');
  if (entered !== wanted)
    return failed(
      `Then G asked and A released. The others must get the lock in the order in which they asked, ${wanted}, but ` +
        `got it in the order ${entered}. A wait that is cancelled leaves the queue, and the rest stays as it is.`,
    );
  if (mutex.isLocked()) return failed('Then all others got the lock and released it, but isLocked() is still true.');
  const left = [...controllers].find(([, { signal }]) => getEventListeners(signal, 'abort').length > 0);
  if (left)
    return {
      verdict: 'leak',
      sentence: `${of}. All waits are over, but the signal of ${left[0]} still has a listener for abort: remove it.`,
    };
  if (foreign !== undefined)
    return {
      verdict: 'leak',
      sentence:
        `${of}. The mutex dispatched the event '${foreign}' on a signal. The signal belongs to the caller, so the ` +
        'mutex only listens to it.',
    };
  return undefined;
}

const wayOf = (pattern: number, at: number): Way => ((pattern >> at) % 2 === 0 ? 'acquire' : 'runExclusive');

async function enter(mutex: Mutex, way: Way, work: () => void | Promise<void>, signal?: AbortSignal): Promise<void> {
  const options = signal && { signal };
  if (way === 'runExclusive') return mutex.runExclusive(work, options);
  const release = await mutex.acquire(options);
  await work();
  release();
}
