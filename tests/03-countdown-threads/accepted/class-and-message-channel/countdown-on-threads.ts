import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';
import { split } from './split.ts';

type Reply = { sum: number } | { failed: unknown };

class CountdownThread {
  #worker: Worker;
  #gone = false;
  #end: Promise<void>;
  sum: Promise<number>;

  constructor(range: Range) {
    const { port1, port2 } = new MessageChannel();
    this.#worker = new Worker(new URL('./countdown.worker.ts', import.meta.url), {
      workerData: { range, port: port2 },
      transferList: [port2],
    });
    this.#end = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#gone = true;
        port1.close();
        resolve();
      });
    });
    this.sum = new Promise((resolve, reject) => {
      this.#worker.on('error', reject);
      const take = (reply: Reply) => ('sum' in reply ? resolve(reply.sum) : reject(reply.failed as Error));
      port1.on('message', take);
      // The channel is another one than the Worker's own, so its end may be told before the last message is.
      this.#worker.prependListener('exit', () => {
        const last = receiveMessageOnPort(port1) as { message: Reply } | undefined;
        if (last) take(last.message);
        reject(new Error('the thread is gone and has not answered'));
      });
    });
    this.sum.catch(() => undefined);
  }

  async close(): Promise<void> {
    if (!this.#gone) void this.#worker.terminate();
    await this.#end;
  }
}

export async function countdownOnThread(range: Range): Promise<number> {
  const thread = new CountdownThread(range);
  try {
    return await thread.sum;
  } finally {
    await thread.close();
  }
}

export async function countdownOnThreads(n: number, threads: number): Promise<number> {
  const all = split(n, threads).map((range) => new CountdownThread(range));
  return Promise.all(all.map((each) => each.sum))
    .then((sums) => sums.reduce((a, b) => a + b, 0))
    .finally(() => Promise.all(all.map((each) => each.close())));
}
