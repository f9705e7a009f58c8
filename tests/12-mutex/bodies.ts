// What each thread of an exploration runs. Every thread makes its own Mutex over the same word, and the word has
// neighbors.
import { inspect } from 'node:util';
import { rethrowNotImplemented } from '#src/verdict/index.ts';
import { Mutex } from '#kata/12-mutex/mutex.ts';

interface Memory {
  lock: Int32Array;
  count: Int32Array;
  gate: Int32Array;
}

/** The element of `lock` that the mutex uses. */
const place = 1;

/**
 * Locks, increments and unlocks by hand, `times` times.
 * @returns what an unlock threw, if one did
 */
export function increment({ lock, count }: Memory, times: number): string | undefined {
  const mutex = new Mutex(lock, place);
  let thrown: string | undefined;
  for (let done = 0; done < times; done++) {
    mutex.lock();
    count[0]!++;
    thrown ??= unlockThrows(mutex);
  }
  return thrown;
}

/**
 * Unlocks a mutex that the thread holds. If that throws, another thread was in the critical section, too. The count
 * shows this better than an error does.
 * @returns what was thrown, if anything
 */
function unlockThrows(mutex: Mutex): string | undefined {
  try {
    mutex.unlock();
    return undefined;
  } catch (error) {
    rethrowNotImplemented(error);
    return String(error);
  }
}

/**
 * Increments if tryLock succeeds at once.
 * @returns whether it did
 */
export function tryIncrement({ lock, count }: Memory): boolean {
  const mutex = new Mutex(lock, place);
  if (!mutex.tryLock()) return false;
  count[0]!++;
  unlockThrows(mutex);
  return true;
}

/** As {@link increment}, once, while the thread holds another mutex, too. */
export function incrementWithAnother(memory: Memory): string | undefined {
  const another = new Mutex(memory.lock, place + 1);
  another.lock();
  const thrown = increment(memory, 1);
  // Not by unlockThrows: no other thread uses this one, so none can be to blame.
  another.unlock();
  return thrown;
}

/** Holds the lock until the gate is open. */
export function holdUntilOpen({ lock, gate }: Memory): void {
  const mutex = new Mutex(lock, place);
  mutex.lock();
  while (Atomics.load(gate, 0) === 0) Atomics.wait(gate, 0, 0);
  mutex.unlock();
}

/** Calls tryLock, and opens the gate whether it has the lock or not. */
export function tryThenOpen({ lock, gate }: Memory): void {
  const mutex = new Mutex(lock, place);
  if (mutex.tryLock()) mutex.unlock();
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
}

/** Acquires the lock and sleeps forever: nobody wakes the gate. */
export function keep({ lock, gate }: Memory): void {
  new Mutex(lock, place).lock();
  Atomics.wait(gate, 0, 0);
}

/** As {@link keep}, but it has released the lock once before. */
export function keepAgain({ lock, gate }: Memory): void {
  const mutex = new Mutex(lock, place);
  mutex.lock();
  mutex.unlock();
  mutex.lock();
  Atomics.wait(gate, 0, 0);
}

/** Increments through `withLock`, `times` times. */
export function incrementWithin({ lock, count }: Memory, times: number): unknown[] {
  const mutex = new Mutex(lock, place);
  return Array.from({ length: times }, (_, done) =>
    mutex.withLock(() => {
      count[0]!++;
      return done;
    }),
  );
}

/**
 * Calls `withLock` with callbacks that return or throw each of some values.
 * @returns the first thing that came out otherwise than it went in, or the empty string
 */
export function valuesWithin({ lock }: Memory): string {
  const mutex = new Mutex(lock, place);
  for (const value of [undefined, null, 0, '', false, NaN, mutex, Promise.resolve(0)]) {
    const returned: unknown = mutex.withLock(() => value);
    if (!Object.is(returned, value))
      return `withLock() must return ${inspect(value)}, as its callback did, but it returned ${inspect(returned)}`;
    const thrown = thrownWithin(mutex, value);
    if (thrown.length === 0 || !Object.is(thrown[0], value))
      return (
        `a callback of withLock() threw ${inspect(value)}, which must pass on, but withLock() ` +
        `${thrown.length === 0 ? 'threw nothing' : `threw ${inspect(thrown[0])}`}`
      );
  }
  return '';
}

/** @returns what came out of `withLock` when its callback threw the value, or no element if nothing did */
function thrownWithin(mutex: Mutex, value: unknown): unknown[] {
  try {
    mutex.withLock(() => {
      throw value;
    });
    return [];
  } catch (error) {
    rethrowNotImplemented(error);
    return [error];
  }
}

/**
 * Calls `withLock` with a callback that throws.
 * @returns what came out of `withLock`
 */
export function throwWithin({ lock, count }: Memory): string {
  try {
    new Mutex(lock, place).withLock(() => {
      count[0]!++;
      throw new RangeError('from the work');
    });
  } catch (error) {
    return String(error);
  }
  return 'nothing was thrown';
}

/** Does what `using held = mutex.lock()` does at the end of its block, `disposals` times. */
export function incrementUsing({ lock, count }: Memory, disposals: number): void {
  const mutex = new Mutex(lock, place);
  const held = mutex.lock();
  count[0]!++;
  for (let done = 0; done < disposals; done++) held[Symbol.dispose]();
}

/**
 * Locks in turn by two mutexes over the same word. While it holds the lock, it disposes again of all earlier handles,
 * which must do nothing.
 */
export function disposeLate({ lock, count }: Memory, times: number): void {
  const mutexes = [new Mutex(lock, place), new Mutex(lock, place)];
  const earlier: Disposable[] = [];
  for (let done = 0; done < times; done++) {
    const held = mutexes[done % 2]!.lock();
    for (const handle of earlier) handle[Symbol.dispose]();
    count[0]!++;
    held[Symbol.dispose]();
    earlier.push(held);
  }
}

/**
 * Calls a mutex from one thread alone.
 * @returns what it did, by name
 */
export function alone({ lock }: Memory): Record<string, unknown> {
  const mutex = new Mutex(lock, place);
  const answers: Record<string, unknown> = { freeAtFirst: mutex.tryLock(), heldThen: mutex.tryLock() };
  mutex.unlock();
  answers['freeAgain'] = mutex.tryLock();
  mutex.unlock();
  answers['unlockOfFree'] = thrownBy(() => mutex.unlock());
  answers['freeAfterThat'] = mutex.tryLock();
  answers['heldAfterThat'] = mutex.tryLock();
  mutex.unlock();
  return answers;
}

/** Locks and unlocks a mutex that was made without an index. */
export function aloneByDefault({ lock }: Memory): void {
  const mutex = new Mutex(lock);
  mutex.lock();
  mutex.unlock();
}

function thrownBy(work: () => void): string {
  try {
    work();
  } catch (error) {
    rethrowNotImplemented(error);
    return error instanceof Error ? 'an Error' : String(error);
  }
  return 'nothing';
}
