// Runs in the student's process, inside the arena: many calls drawn at random, each compared with what a plain queue
// would do.
import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { drawFrom } from '../support/countdown-inputs.ts';
import { lacking } from './block.ts';
import { Mutex } from '#kata/11-async-mutex/mutex.ts';

type Release = Awaited<ReturnType<Mutex['acquire']>>;
type State = 'waits' | 'holds' | 'has released' | 'is cancelled';

/** One task: what the queue says of it, and what the mutex did. */
interface Task {
  readonly name: string;
  /** Index of its signal, as long as that one is in use. */
  signal: number | undefined;
  wanted: State;
  actual: State;
  reason: unknown;
  /** Releases, in one of the ways that there are. */
  release: (way: number) => void;
}

const reasons = [new Error('enough'), 0, '', null, false, undefined];

/**
 * @param seed of the random numbers
 * @param steps how many steps; in each, one or two calls are made, and then everything comes to rest
 * @param task the task up to which the mutex is written: 1, 3 (with runExclusive and signals) or 4 (with dispose)
 * @returns the first difference between the mutex and the queue, as a sentence; undefined if there is none
 */
export async function randomCalls(seed: number, steps: number, task: 1 | 3 | 4): Promise<string | undefined> {
  const drawBetween = drawFrom(seed);
  const draw = (below: number) => drawBetween(0, below - 1);
  // Others are held meanwhile, and have a task that waits: two mutexes are independent.
  const mutexes = Array.from({ length: 12 }, () => new Mutex());
  const mutex = mutexes.pop()!;
  const release = task === 4 ? await new Mutex().acquire() : undefined;
  const lacks = release && lacking(release, 'dispose', 'asyncDispose');
  if (lacks !== undefined) return lacks;
  let strangers = 0;
  for (const other of mutexes) {
    void other.acquire();
    void other.acquire().then(() => strangers++);
  }
  const queue = new Queue(mutex);
  const way = () => (task === 4 ? draw(3) : 0);
  const exclusively = () => task > 1 && draw(2) === 0;
  for (let step = 0; step < steps; step++) {
    const choice = draw(task === 1 ? 10 : 12);
    // The queue stays short, so that it is often empty.
    if (choice < 6 && queue.waiting < draw(5))
      queue.ask(task > 1 && draw(3) > 0 ? draw(queue.signals) : undefined, exclusively());
    else if (choice < 8) queue.release(draw(2) === 0 ? queue.holder : draw(queue.tasks.length), way());
    else if (choice < 10) queue.releaseAndAsk(way(), exclusively(), way());
    else if (choice < 11) queue.abort(draw(queue.signals), reasons[draw(reasons.length)]);
    else queue.releaseAndAbort(draw(2) === 0, way(), reasons[draw(reasons.length)]);
    for (let turns = 0; turns < 3; turns++) await turn();
    const difference = queue.difference();
    if (difference !== undefined) return difference;
    if (strangers > 0) return 'a task got the lock of another mutex, whose owner has never released it';
  }
  return undefined;
}

/** What a mutex should do, beside what it does. */
class Queue {
  readonly tasks: Task[] = [];
  readonly signals = 4;
  readonly #mutex: Mutex;
  readonly #controllers = Array.from({ length: this.signals }, () => new AbortController());
  readonly #history: string[] = [];
  /** A task that may hold or be cancelled, because its lock and its abort came in the same step. */
  #either: Task | undefined;
  /** Whoever was cancelled may notice it when its turn comes, so listeners are counted when nobody holds the lock. */
  readonly #aborted: [name: string, signal: AbortSignal][] = [];
  /** What must hold when everything has come to rest. */
  readonly #onRest: (() => string | undefined)[] = [];
  /** Signals that have been aborted for a step: some ask with them, and are refused. */
  readonly #seen = new WeakSet<AbortSignal>();

  constructor(mutex: Mutex) {
    this.#mutex = mutex;
  }

  ask(signal: number | undefined, exclusive: boolean): void {
    const controller = signal === undefined ? undefined : this.#controllers[signal]!;
    const holder = this.tasks.find(({ wanted }) => wanted === 'holds');
    const task: Task = {
      name: `task ${this.tasks.length + 1}`,
      signal,
      wanted: controller?.signal.aborted ? 'is cancelled' : holder ? 'waits' : 'holds',
      actual: 'waits',
      reason: controller?.signal.reason,
      release: () => undefined,
    };
    this.tasks.push(task);
    const withSignal = signal === undefined ? '' : ` with signal ${signal + 1}`;
    this.#history.push(`${task.name} ${exclusive ? 'runs exclusively' : 'asks'}${withSignal}`);
    const options = controller ? { signal: controller.signal } : undefined;
    const onRejected = (reason: unknown) => {
      task.actual = 'is cancelled';
      task.reason = reason;
    };
    if (exclusive) {
      const work = () =>
        new Promise<void>((resolve) => {
          task.actual = 'holds';
          task.release = () => resolve();
        });
      void this.#mutex.runExclusive(work, options).then(() => void (task.actual = 'has released'), onRejected);
    } else void this.#mutex.acquire(options).then((release) => this.#onAcquired(task, release), onRejected);
  }

  #onAcquired(task: Task, release: Release): void {
    task.actual = 'holds';
    task.release = (way) => {
      task.actual = 'has released';
      if (way === 0) release();
      else if (way === 1) release[Symbol.dispose]();
      else void release[Symbol.asyncDispose]();
    };
  }

  get waiting(): number {
    return this.tasks.filter(({ wanted }) => wanted === 'waits').length;
  }

  /** Index of the task that holds the lock, or -1. */
  get holder(): number {
    return this.tasks.findIndex(({ wanted }) => wanted === 'holds');
  }

  /** Whoever asks again in the step of its release comes last; a second release of the old lock changes nothing. */
  releaseAndAsk(way: number, exclusive: boolean, again: number): void {
    const holder = this.holder;
    if (holder < 0) return;
    this.release(holder, way);
    this.ask(undefined, exclusive);
    this.release(holder, again);
  }

  /** Releases the lock for any task that has or had it; for one that had it, nothing may happen. */
  release(which: number, way: number): void {
    const task = this.tasks[which];
    if (task === undefined || task.wanted === 'waits' || task.wanted === 'is cancelled') return;
    this.#history.push(`${task.name} releases${task.wanted === 'holds' ? '' : ' again'}`);
    task.release(way);
    if (task.wanted !== 'holds') return;
    task.wanted = 'has released';
    this.#handOver();
  }

  abort(which: number, reason: unknown): void {
    const controller = this.#controllers[which]!;
    this.#history.push(`signal ${which + 1} aborts`);
    controller.abort(reason);
    for (const task of this.tasks) {
      if (task.signal !== which || task.wanted !== 'waits') continue;
      task.wanted = 'is cancelled';
    }
    const aborted = controller.signal;
    this.#aborted.push([`signal ${which + 1}`, aborted]);
    this.#onRest.push(() => {
      const wrong = this.tasks.find(
        (task) => task.signal === which && task.actual === 'is cancelled' && !Object.is(task.reason, aborted.reason),
      );
      return (
        wrong && `${wrong.name} must reject with signal.reason itself, but it rejected with ${String(wrong.reason)}`
      );
    });
  }

  /** The lock of the holder and the wait of the next one end in the same step. */
  releaseAndAbort(abortsFirst: boolean, way: number, reason: unknown): void {
    const holder = this.holder;
    const next = this.tasks.find(({ wanted }) => wanted === 'waits');
    if (holder < 0 || next?.signal === undefined) return;
    if (abortsFirst) {
      this.abort(next.signal, reason);
      this.release(holder, way);
    } else {
      this.release(holder, way);
      this.#either = next;
      this.abort(next.signal, reason);
    }
  }

  #handOver(): void {
    const next = this.tasks.find(({ wanted }) => wanted === 'waits');
    if (next) next.wanted = 'holds';
  }

  #leak(): string | undefined {
    for (const [name, signal] of this.#aborted.splice(0)) {
      const left = getEventListeners(signal, 'abort').length;
      if (left > 0) return `nobody waits any more, but ${name}, which has aborted, still has ${left} abort listeners`;
    }
    return undefined;
  }

  difference(): string | undefined {
    const either = this.#either;
    this.#either = undefined;
    if (either?.actual === 'is cancelled') {
      either.wanted = 'is cancelled';
      this.#handOver();
    }
    const wrong = this.tasks.find(({ wanted, actual }) => wanted !== actual);
    const isLocked = this.tasks.some(({ wanted }) => wanted === 'holds');
    const said = wrong
      ? `${wrong.name} ${wrong.actual}, but with one queue it ${wrong.wanted} now`
      : this.#mutex.isLocked() !== isLocked
        ? `isLocked() must return ${isLocked} now, but it returned ${!isLocked}`
        : (this.#onRest.map((look) => look()).find((each) => each !== undefined) ??
          (isLocked ? undefined : this.#leak()));
    this.#onRest.length = 0;
    // A signal aborts once, so whoever asks next gets a new one.
    for (const [index, { signal }] of this.#controllers.entries())
      if (signal.aborted && !this.#seen.has(signal)) this.#seen.add(signal);
      else if (signal.aborted) {
        this.#controllers[index] = new AbortController();
        for (const task of this.tasks) if (task.signal === index) task.signal = undefined;
      }
    return said === undefined ? undefined : `${said}. The last calls: ${this.#history.slice(-8).join(', ')}`;
  }
}
