// Runs on the student's side, inside the arena. Each scenario imports the student's modules itself, so a module that
// does not load spoils only its own task.
import { subscribe } from 'node:diagnostics_channel';
import { setTimeout as delay } from 'node:timers/promises';
import { setEnvironmentData, type Worker } from 'node:worker_threads';
import { patchWorkers, withPreload } from '../support/patched-workers.ts';

const onThreads = () => import('#kata/09-race-memory/increment-on-threads.ts');
const schedules = () => import('#kata/09-race-memory/schedules.ts');

/** @returns what the student's function returns, whatever its type; a missing function fails as a call of it would */
export async function schedule(name: 'shortestLoss' | 'smallestCount'): Promise<unknown> {
  return (await schedules())[name]();
}

/** The result of a run whose last Worker started late. */
export interface LateStart {
  /** A Worker finished its increments before the last Worker had started. */
  early: boolean;
  count: number;
}

/**
 * Keeps the second of two Workers from starting until the first one has come to rest, at the barrier or at its end.
 * @param times increments of each Worker, a number that no other memory holds
 */
export async function lateStart(times: number): Promise<LateStart> {
  const hold = new Int32Array(new SharedArrayBuffer(4));
  const memory = watchMemory();
  let life = false;
  subscribe('worker_threads', (message) => {
    const { worker } = message as { worker: Worker };
    for (const event of ['message', 'exit']) worker.once(event, () => (life = true));
  });
  const restore = patchWorkers((options, index) => {
    memory.find(options.workerData);
    if (index !== 1) return options;
    setEnvironmentData('hold', hold);
    return withPreload(
      options,
      `import { getEnvironmentData } from 'node:worker_threads'; Atomics.wait(getEnvironmentData('hold'), 0, 0);`,
    );
  }, memory.find);
  try {
    const { incrementOnThreads } = await onThreads();
    const counting = incrementOnThreads(2, times);
    counting.catch(() => undefined);
    const failed = counting.then(
      () => true,
      () => true,
    );
    const settled = () => Promise.race([failed, delay(5, false)]);
    // Waits until the first Worker has written to shared memory, posted or ended, and then until nothing changes.
    while (!life && !memory.changed() && !(await settled()));
    for (let quiet = 0; quiet < 40 && !(await settled()); quiet = memory.changed() ? 0 : quiet + 1);
    const early = memory.holds(times);
    Atomics.store(hold, 0, 1);
    Atomics.notify(hold, 0);
    return { early, count: await counting };
  } finally {
    restore();
  }
}

/** The first Worker throws before it runs its file. The others would wait for it forever. */
export async function oneFails(count: number, times: number): Promise<number> {
  const restore = patchWorkers((options, index) =>
    index === 0 ? withPreload(options, `throw new RangeError('this Worker cannot start')`) : options,
  );
  try {
    const { incrementOnThreads } = await onThreads();
    return await incrementOnThreads(count, times);
  } finally {
    restore();
  }
}

/** @returns the student's answer, and whether some memory that the Workers share holds it */
export async function answerAndMemory(count: number, times: number): Promise<{ answer: number; inMemory: boolean }> {
  const memory = watchMemory();
  const restore = patchWorkers((options) => {
    memory.find(options.workerData);
    return options;
  }, memory.find);
  try {
    const { incrementOnThreads } = await onThreads();
    const answer = await incrementOnThreads(count, times);
    return { answer, inMemory: memory.equals(answer) };
  } finally {
    restore();
  }
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
    holds: (least: number) => words().some((word) => word >= least),
    equals: (wanted: number) => words().includes(wanted),
  };
}
