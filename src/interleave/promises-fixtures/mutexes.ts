// Async mutexes, right and wrong, and the scenario that tells them apart.
import type { World } from '../promises.ts';

interface Mutex {
  acquire(): Promise<() => void>;
}

/** Each waits for the promise of the one before. */
class Chain implements Mutex {
  #tail = Promise.resolve();
  async acquire() {
    const before = this.#tail;
    let release!: () => void;
    this.#tail = new Promise((resolve) => (release = resolve));
    await before;
    return release;
  }
}

/** A flag and a queue of those who wait; release hands the lock over. */
class Queue implements Mutex {
  #locked = false;
  #waiting: (() => void)[] = [];
  async acquire() {
    if (this.#locked) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#locked = true;
    return () => {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#locked = false;
    };
  }
}

/** Tests, gives the event loop back, then sets. */
class TestThenSet implements Mutex {
  readonly #world: World;
  #locked = false;
  constructor(world: World) {
    this.#world = world;
  }
  async acquire() {
    while (this.#locked) await new Promise((resolve) => setTimeout(resolve, 10));
    await this.#world.operation('take');
    this.#locked = true;
    return () => void (this.#locked = false);
  }
}

/** Wakes nobody. */
class Forgetful implements Mutex {
  #locked = false;
  #waiting: (() => void)[] = [];
  async acquire() {
    if (this.#locked) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#locked = true;
    return () => void (this.#locked = false);
  }
}

/** Asks again and again. */
class Polling implements Mutex {
  #locked = false;
  async acquire() {
    while (this.#locked) await new Promise((resolve) => setTimeout(resolve, 10));
    this.#locked = true;
    return () => void (this.#locked = false);
  }
}

const kinds = { Chain, Queue, TestThenSet, Forgetful, Polling };

/** @param kind which mutex; @param tasks how many use it */
export function critical(world: World, kind: keyof typeof kinds, tasks: number) {
  const mutex: Mutex = new kinds[kind](world);
  let inside = 0;
  const task = async () => {
    const release = await mutex.acquire();
    inside++;
    await world.operation('work');
    inside--;
    release();
  };
  return {
    tasks: Object.fromEntries(['A', 'B', 'C'].slice(0, tasks).map((name) => [name, task])),
    state: () => ({ inside }),
    always: () => inside <= 1 || `${inside} tasks are inside at once`,
  };
}
