import type { MessagePort, Worker } from 'node:worker_threads';

/** Anything with a `postMessage` as Node's Workers and ports have it. */
export type Target = Pick<Worker | MessagePort, 'postMessage'>;

/**
 * Sends a copy of these numbers, and nothing else of the buffer that they are in.
 * @param numbers may be a part of a larger buffer; stays as it is
 */
export function sendCopy(target: Target, numbers: Int32Array): void {
  // `slice` copies the part. Its buffer moves, so there is no second copy.
  sendAway(target, numbers.slice());
}

/**
 * Moves these numbers to the receiver without copying them.
 * @param numbers fill their whole buffer; empty afterwards
 */
export function sendAway(target: Target, numbers: Int32Array<ArrayBuffer>): void {
  target.postMessage(numbers, [numbers.buffer]);
}

/**
 * Copies these numbers to shared memory and sends an array there, which both sides can use from then on.
 * @param numbers may be a part of a larger buffer; stays as it is
 * @returns the sender's array in the shared memory
 */
export function sendShared(target: Target, numbers: Int32Array): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(numbers.byteLength));
  // Before the array is sent: the receiver may read it at any moment from then on.
  shared.set(numbers);
  target.postMessage(shared);
  return shared;
}
