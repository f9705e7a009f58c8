import { Worker } from 'node:worker_threads';

export interface Job {
  work: 'increment' | 'safeIncrement';
  counter: Int32Array;
  times: number;
  gate: Int32Array;
  threads: number;
}

class Counter {
  readonly worker: Worker;
  #wake: (() => void) | undefined;
  readonly failed: Promise<never>;

  constructor(workerData: unknown) {
    this.worker = new Worker(new URL('./increment.worker.ts', import.meta.url), { workerData });
    this.worker.on('message', () => this.#wake?.());
    this.failed = new Promise((_, reject) => this.worker.once('error', reject));
    this.failed.catch(() => undefined);
  }

  said(): Promise<void> {
    return Promise.race([this.failed, new Promise<void>((resolve) => (this.#wake = resolve))]);
  }
}

export async function incrementOnThreads(
  threads: number,
  times: number,
  work: Job['work'] = 'increment',
): Promise<number> {
  const memory = new SharedArrayBuffer(4);
  const counters = Array.from({ length: threads }, () => new Counter({ work, memory, times }));
  try {
    await Promise.all(counters.map((each) => each.said()));
    const done = counters.map((each) => each.said());
    for (const { worker } of counters) worker.postMessage('go');
    await Promise.all(done);
    return new Int32Array(memory)[0]!;
  } finally {
    for (const { worker } of counters) await worker.terminate();
  }
}
