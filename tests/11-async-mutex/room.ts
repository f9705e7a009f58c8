import type { World } from '#src/interleave/index.ts';
import type { Mutex, Release } from '#kata/11-async-mutex/mutex.ts';

/** The critical section that the lock guards. It records which tasks asked for the lock and which got it. */
export class Room {
  inside = 0;
  /** Who is inside, in the order in which they entered. */
  readonly #who: string[] = [];
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
    this.leave(name);
  }

  enter(name: string): void {
    this.inside++;
    this.#who.push(name);
    this.entered += name;
    this.#world.mark('is inside');
  }

  leave(name: string): void {
    this.inside--;
    this.#who.splice(this.#who.indexOf(name), 1);
  }

  state() {
    return { asked: this.asked, entered: this.entered, inside: this.inside };
  }

  /** @param cause what to say about a task that got in too early, instead of the usual */
  atMostOne(cause?: (second: string, first: string) => string | undefined): true | string {
    const [first = '', second = ''] = this.#who;
    if (this.inside <= 1) return true;
    return (
      cause?.(second, first) ??
      `${this.#who.join(' and ')} are inside at once: ${second} got the lock while ${first} held it. acquire() may ` +
        'let a task in only if no other task holds the lock, and each release() lets in one task'
    );
  }

  firstCome(): true | string {
    if (this.asked.startsWith(this.entered)) return true;
    const at = [...this.entered].findIndex((name, place) => name !== this.asked[place]);
    const [early, late] = [this.asked[at] ?? '', this.entered[at] ?? ''];
    return (
      `the tasks asked in the order ${this.asked}, but got the lock in the order ${this.entered}: ${late} overtook ` +
      `${early}. release() must hand the lock to the task that has waited longest`
    );
  }
}
