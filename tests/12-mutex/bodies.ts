// What each thread of an exploration runs. Every thread makes a Mutex of its own over the same word, and the word has
// neighbours.
import { rethrowNotImplemented } from '#src/verdict/index.ts';
import { Mutex } from '#kata/12-mutex/mutex.ts';

interface Memory {
  lock: Int32Array;
  count: Int32Array;
  gate: Int32Array;
}

/** The element of `lock` that the mutex is given. */
const place = 1;

/** `with lock: count += 1` by hand, some times over. @returns what an unlock threw, if one did */
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
 * Unlocks a mutex that the thread has. If it is told that nobody has it, somebody else was in it too; the count tells
 * that better than an error.
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

/** Tries once. @returns whether it got in */
export function tryIncrement({ lock, count }: Memory): boolean {
  const mutex = new Mutex(lock, place);
  if (!mutex.tryLock()) return false;
  count[0]!++;
  unlockThrows(mutex);
  return true;
}

/** Takes the lock and sleeps with it for ever: nobody wakes the gate. */
export function keep({ lock, gate }: Memory): void {
  new Mutex(lock, place).lock();
  Atomics.wait(gate, 0, 0);
}

/** The same through `withLock`. */
export function incrementWithin({ lock, count }: Memory, times: number): unknown[] {
  const mutex = new Mutex(lock, place);
  return Array.from({ length: times }, (_, done) =>
    mutex.withLock(() => {
      count[0]!++;
      return done;
    }),
  );
}

/** Its work throws. @returns what came out of `withLock` */
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

/** What `using held = mutex.lock()` does at the end of its block, and once more. */
export function incrementUsing({ lock, count }: Memory, disposals: number): void {
  const mutex = new Mutex(lock, place);
  const held = mutex.lock();
  count[0]!++;
  for (let done = 0; done < disposals; done++) held[Symbol.dispose]();
}

/** What one thread alone sees. @returns answers by name */
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

function thrownBy(work: () => void): string {
  try {
    work();
  } catch (error) {
    rethrowNotImplemented(error);
    return error instanceof Error ? 'an Error' : String(error);
  }
  return 'nothing';
}
