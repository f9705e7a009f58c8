import type { MessagePort, Worker } from 'node:worker_threads';

export type Target = Pick<Worker | MessagePort, 'postMessage'>;

export function sendCopy(target: Target, numbers: Int32Array): void {
  target.postMessage(Int32Array.from(numbers));
}

export function sendAway(target: Target, numbers: Int32Array<ArrayBuffer>): void {
  // The buffer moves twice, and is never copied.
  const moved = structuredClone(numbers, { transfer: [numbers.buffer] });
  target.postMessage(moved, [moved.buffer]);
}

export function sendShared(target: Target, numbers: Int32Array): Int32Array {
  const memory = new SharedArrayBuffer(numbers.length * 4);
  const [mine, theirs] = [new Int32Array(memory), new Int32Array(memory)];
  for (let at = 0; at < numbers.length; at++) Atomics.store(mine, at, numbers[at] ?? 0);
  target.postMessage(theirs);
  return mine;
}
