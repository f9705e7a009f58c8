// Task 1: what does the sender find afterwards? Read each experiment, and write your prediction in predictions.ts.
import { once } from 'node:events';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

/**
 * - `changed`: the sender's array holds the 100 that the Worker wrote
 * - `unchanged`: the sender's array is as it was before
 * - `detached`: the sender has lost it: the array is empty, the port sends nothing
 * - `throws`: `postMessage` threw an error
 */
export type Sent = 'changed' | 'unchanged' | 'detached' | 'throws';

/** Sends something to a Worker that overwrites the first number. Returns the array to look at when it has answered. */
type Experiment = (worker: Worker) => Int32Array | Sent;

export const sendingExperiments = {
  plain(worker) {
    const numbers = Int32Array.of(1, 2, 3);
    worker.postMessage(numbers);
    return numbers;
  },

  listed(worker) {
    const numbers = Int32Array.of(1, 2, 3);
    worker.postMessage(numbers, [numbers.buffer]);
    return numbers;
  },

  otherView(worker) {
    const numbers = Int32Array.of(1, 2, 3, 4, 5, 6);
    const firstThree = numbers.subarray(0, 3);
    worker.postMessage(firstThree, [firstThree.buffer]);
    return numbers;
  },

  listedThenSentAgain(worker) {
    const numbers = Int32Array.of(1, 2, 3);
    worker.postMessage(numbers, [numbers.buffer]);
    worker.postMessage(numbers);
    return numbers;
  },

  shared(worker) {
    const numbers = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
    numbers.set([1, 2, 3]);
    worker.postMessage(numbers);
    return numbers;
  },

  sliceOfShared(worker) {
    const numbers = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
    numbers.set([1, 2, 3]);
    worker.postMessage(numbers.slice());
    return numbers;
  },

  port(worker) {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage(port2);
    port2.postMessage('hello');
    return receiveMessageOnPort(port1) === undefined ? 'detached' : 'unchanged';
  },

  portListed(worker) {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage(port2, [port2]);
    port2.postMessage('hello');
    return receiveMessageOnPort(port1) === undefined ? 'detached' : 'unchanged';
  },
} satisfies Record<string, Experiment>;

export type SendingExperiment = keyof typeof sendingExperiments;

/** Runs an experiment with a new Worker. */
export async function runSending(name: SendingExperiment): Promise<Sent> {
  const worker = new Worker(new URL('./overwrite.worker.ts', import.meta.url));
  try {
    const sent = start(name, worker);
    if (typeof sent === 'string') return sent;
    await once(worker, 'message');
    if (sent.length === 0) return 'detached';
    return sent[0] === 100 ? 'changed' : 'unchanged';
  } finally {
    await worker.terminate();
  }
}

function start(name: SendingExperiment, worker: Worker): Int32Array | Sent {
  try {
    return sendingExperiments[name](worker);
  } catch {
    return 'throws';
  }
}
