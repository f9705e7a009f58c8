import type { MessagePort, Worker } from 'node:worker_threads';
import { NotImplementedError } from '#shared/not-implemented.ts';

/** Anything with a `postMessage` as Node's Workers and ports have it. */
export type Target = Pick<Worker | MessagePort, 'postMessage'>;

/**
 * Task 2. Sends a copy of these numbers, and nothing else of the buffer that they are in.
 * @param numbers may be a part of a larger buffer; stays as it is
 */
export function sendCopy(target: Target, numbers: Int32Array): void {
  throw new NotImplementedError();
}

/**
 * Task 2. Moves these numbers to the receiver without copying them.
 * @param numbers fill their whole buffer; empty afterwards
 */
export function sendAway(target: Target, numbers: Int32Array<ArrayBuffer>): void {
  throw new NotImplementedError();
}

/**
 * Task 2. Copies these numbers to shared memory and sends an array there, which both sides can use from then on.
 * @param numbers may be a part of a larger buffer; stays as it is
 * @returns the sender's array in the shared memory
 */
export function sendShared(target: Target, numbers: Int32Array): Int32Array {
  throw new NotImplementedError();
}
