// Runs on the student's side, inside the arena. Each scenario imports the student's modules itself, so a module that
// does not load spoils only its own task.
import { setTimeout as delay } from 'node:timers/promises';
import { setEnvironmentData } from 'node:worker_threads';
import { patchWorkers, withPreload } from '../support/patched-workers.ts';
import { isRunning, watchStarted } from '../support/started.ts';

const onThreads = () => import('#kata/09-race-memory/increment-on-threads.ts');
const schedules = () => import('#kata/09-race-memory/schedules.ts');

/** @returns what the student's function returns, whatever its type; a missing function fails as a call of it would */
export async function schedule(name: 'shortestLoss' | 'smallestCount'): Promise<unknown> {
  return (await schedules())[name]();
}

/** What a call resolved with, and whether some memory that its Workers share holds this number. */
export interface Answer {
  answer: number;
  inMemory: boolean;
}

/** A call whose last Worker started late. */
export interface LateStart extends Answer {
  /** Workers that the call started. */
  started: number;
  /** Some Worker had counted before the last one started. */
  early: boolean;
  /** Workers that still ran at the moment when the call resolved. */
  running: number;
}

/**
 * Makes calls with one Worker each at the same time, then one with many Workers. Its last Worker cannot start until the
 * others have come to rest, at the barrier or at their ends.
 * @param each increments of the calls with one Worker: 0, or numbers that no other memory holds
 * @param count Workers of the last call
 * @param times increments of each of them, a number that no other memory holds
 * @returns what came of the calls, and how many Workers those at the same time started together
 */
export async function callsAndLateStart(
  each: readonly number[],
  count: number,
  times: number,
): Promise<{ atOnce: Answer[]; started: number; late: LateStart }> {
  const { incrementOnThreads } = await onThreads();
  const memory = watchMemory();
  const workers = watchStarted();
  const restore = patchWorkers((options) => {
    memory.find(options.workerData);
    return options;
  }, memory.find);
  try {
    const answers = await Promise.all(each.map((one) => incrementOnThreads(1, one)));
    const atOnce = answers.map((answer) => ({ answer, inMemory: memory.equals(answer) }));
    restore();
    const started = workers.length;
    return { atOnce, started, late: await lateStart(count, times) };
  } finally {
    restore();
  }
}

async function lateStart(count: number, times: number): Promise<LateStart> {
  // Whether the last Worker may start, and how many have begun.
  const start = new Int32Array(new SharedArrayBuffer(8));
  setEnvironmentData('start', start);
  const memory = watchMemory();
  const workers = watchStarted();
  const restore = patchWorkers((options, index) => {
    memory.find(options.workerData);
    // Each Worker takes its time to end after its work.
    return withPreload(
      options,
      `import { getEnvironmentData } from 'node:worker_threads';
       const start = getEnvironmentData('start');
       if (${index === count - 1}) Atomics.wait(start, 0, 0);
       Atomics.add(start, 1, 1);
       // Whoever waits for a while only must not count then, however short the while is.
       const { wait } = Atomics;
       Atomics.wait = (cells, at, value, limit) => wait(cells, at, value, Number.isFinite(limit) ? 1 : limit);
       process.once('exit', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200));`,
    );
  }, memory.find);
  try {
    const { incrementOnThreads } = await onThreads();
    const counting = incrementOnThreads(count, times);
    const over = counting.then(
      () => true,
      () => true,
    );
    const settled = () => Promise.race([over, delay(5, false)]);
    // Waits until all other Workers have begun, and then until nothing changes.
    while (Atomics.load(start, 1) < count - 1 && !(await settled()));
    for (let quiet = 0; quiet < 40 && !(await settled()); quiet = memory.changed() ? 0 : quiet + 1);
    const before = memory.words();
    const allStarted = workers.length === count;
    Atomics.store(start, 0, 1);
    Atomics.notify(start, 0);
    const answer = await counting;
    const running = workers.filter(isRunning).length;
    const after = memory.words();
    const counted = before.some((word, index) => word >= times || (word !== 0 && after[index] === answer));
    const early = allStarted && counted;
    return { answer, inMemory: after.includes(answer), started: workers.length, early, running };
  } finally {
    restore();
  }
}

/** How a call ended, one of whose Workers threw. */
export interface Failure {
  /** What it resolved with, if it did. */
  answer?: number;
  /** What it rejected with, as text. */
  reason?: string;
  /** The error that it rejected with, and its causes. */
  errors?: Pick<Error, 'name' | 'message' | 'stack'>[];
  /** Workers that still ran at the moment when the call settled. */
  running: number;
}

/**
 * Makes calls with two Workers, one after the other, in which the first or the second one throws before it runs its
 * file. The other would wait for it forever. One more call, with one Worker, goes on meanwhile.
 * @param thrown what the Workers throw, as code
 * @returns how these calls ended, and what the other one resolved with, or its error as text
 */
export async function failuresBesideACall(
  thrown: readonly string[],
  times: number,
): Promise<{ failures: Failure[]; beside: number | string }> {
  const { incrementOnThreads } = await onThreads();
  const workers = watchStarted();
  const hold = new Int32Array(new SharedArrayBuffer(4));
  setEnvironmentData('hold', hold);
  // A limit, since calls may also take turns.
  const wait = `import { getEnvironmentData } from 'node:worker_threads';
    Atomics.wait(getEnvironmentData('hold'), 0, 0, 2_000);`;
  let restore = patchWorkers((options) => withPreload(options, wait));
  try {
    const beside = incrementOnThreads(1, times).catch(String);
    const over = beside.then(() => true);
    while (workers.length === 0 && !(await Promise.race([over, delay(5, false)])));
    const failures: Failure[] = [];
    for (const [at, value] of thrown.entries()) {
      restore();
      restore = patchWorkers((options, index) => (index === at % 2 ? withPreload(options, `throw ${value}`) : options));
      const others = workers.length;
      const ended = await incrementOnThreads(2, times).then(
        (answer) => ({ answer }),
        (reason: unknown) => ({ reason: String(reason), errors: withCauses(reason) }),
      );
      failures.push({ ...ended, running: workers.slice(others).filter(isRunning).length });
    }
    Atomics.store(hold, 0, 1);
    Atomics.notify(hold, 0);
    return { failures, beside: await beside };
  } finally {
    restore();
  }
}

/**
 * Two Workers throw, the second one first: the first one does it as soon as the error has arrived.
 * @returns what the call rejected with, or its answer, as text
 */
export async function secondThrowsFirst(times: number): Promise<string> {
  const { incrementOnThreads } = await onThreads();
  const arrived = new Int32Array(new SharedArrayBuffer(4));
  setEnvironmentData('arrived', arrived);
  process.on('worker', (worker) =>
    worker.once('error', () => {
      Atomics.store(arrived, 0, 1);
      Atomics.notify(arrived, 0);
    }),
  );
  const restore = patchWorkers((options, index) =>
    withPreload(
      options,
      index === 0
        ? `import { getEnvironmentData } from 'node:worker_threads';
           Atomics.wait(getEnvironmentData('arrived'), 0, 0);
           throw new Error('later');`
        : `throw new Error('at first')`,
    ),
  );
  try {
    return await incrementOnThreads(2, times).then(String, String);
  } finally {
    restore();
  }
}

function withCauses(error: unknown): Failure['errors'] {
  if (!(error instanceof Error)) return [];
  const { name, message, stack, cause } = error;
  return [{ name, message, stack: stack ?? '' }, ...(withCauses(cause) ?? [])];
}

/** Watches all shared memory that is sent to Workers, whatever it is for. */
function watchMemory() {
  const buffers = new Set<SharedArrayBuffer>();
  const words = () => [...buffers].flatMap((buffer) => [...new Int32Array(buffer, 0, buffer.byteLength >> 2)]);
  let before = '';
  const find = (value: unknown, seen = new Set<unknown>()): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof SharedArrayBuffer) buffers.add(value);
    else if (ArrayBuffer.isView(value)) find(value.buffer, seen);
    else for (const each of Object.values(value)) find(each, seen);
  };
  return {
    find,
    /** @returns whether the memory has changed since the last call; it starts with zeros */
    changed(): boolean {
      const now = words()
        .filter((word) => word !== 0)
        .join();
      const differs = now !== before;
      before = now;
      return differs;
    },
    /** @returns the words in the order in which their memory was found; later memory comes at the end */
    words,
    equals: (wanted: number) => words().includes(wanted),
  };
}
