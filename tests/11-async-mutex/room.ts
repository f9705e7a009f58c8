import type { World } from '#src/interleave/index.ts';
import type { Mutex, Release } from '#kata/11-async-mutex/mutex.ts';

/** The critical section that the lock guards. It records which tasks asked for the lock and which got it. */
export class Room {
  inside = 0;
  asked = '';
  entered = '';
  readonly #world: World;
  readonly #mutex: Mutex;

  constructor(world: World, mutex: Mutex) {
    this.#world = world;
    this.#mutex = mutex;
  }

  /** @returns a task that enters `rounds` times and asks again as soon as it has released */
  visit(name: string, rounds: number, how: 'acquire' | 'runExclusive', signal?: AbortSignal): () => Promise<string> {
    return async () => {
      for (let round = 0; round < rounds; round++) await this.goIn(name, how, () => this.work(name), signal);
      return 'done';
    };
  }

  /** Asks for the lock, does `work` inside, releases. */
  async goIn(
    name: string,
    how: 'acquire' | 'runExclusive',
    work: (release?: Release) => Promise<unknown>,
    signal?: AbortSignal,
  ): Promise<void> {
    this.asked += name;
    this.#world.mark('asks');
    const waiting = signal && { signal };
    if (how === 'runExclusive') return void (await this.#mutex.runExclusive(() => work(), waiting));
    const release = await this.#mutex.acquire(waiting);
    try {
      await work(release);
    } finally {
      this.#world.mark('releases');
      release();
    }
  }

  /** Does one awaited step of work inside. */
  async work(name: string): Promise<void> {
    this.enter(name);
    await this.#world.operation('works');
    this.inside--;
  }

  enter(name: string): void {
    this.inside++;
    this.entered += name;
    this.#world.mark('is inside');
  }

  state() {
    return { asked: this.asked, entered: this.entered, inside: this.inside };
  }

  atMostOne(): true | string {
    return (
      this.inside <= 1 || `${this.inside} tasks are inside at once, but only one may be between acquire and release`
    );
  }

  firstCome(): true | string {
    return (
      this.asked.startsWith(this.entered) ||
      `the tasks asked in the order ${this.asked}, but got the lock in the order ${this.entered}`
    );
  }
}
