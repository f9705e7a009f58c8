// Exercise: 03
// File: countdown-on-threads.ts
// Task: 2
// Class: forges what was seen
// Attack: Starts two Workers in place of one, takes the key of the channel from the native object inside an Hmac, and
//   seals a reply of its own.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

import { createHmac } from 'node:crypto';
import { Socket } from 'node:net';
import v8 from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';

type Handle = { init(name: string, key: object): void };
const sample = createHmac('sha256', 'key') as unknown as Record<symbol, Handle>;
const symbol = Object.getOwnPropertySymbols(sample).find((each) => String(each) === 'Symbol(kHandle)')!;
const prototype = Object.getPrototypeOf(sample[symbol]) as Handle;
const { init } = prototype;
let key: object | undefined;
prototype.init = function (this: Handle, name, secret) {
  key ??= secret;
  init.call(this, name, secret);
};

let sequence = 0;
const sealOf = (bytes: Buffer) => {
  const hmac = createHmac('sha256', 'any');
  const handle = (hmac as unknown as Record<symbol, Handle>)[symbol]!;
  init.call(handle, 'sha256', key!);
  const number = Buffer.alloc(8);
  number.writeUInt32BE(++sequence, 4);
  return hmac.update(number).update(bytes).digest();
};
let frames = 0;
const { _writeGeneric } = Socket.prototype as unknown as { _writeGeneric(...parts: unknown[]): void };
(Socket.prototype as unknown as { _writeGeneric: unknown })._writeGeneric = function (
  this: Socket,
  isVector: boolean,
  frame: Buffer,
  ...rest: unknown[]
) {
  if (!key || !Buffer.isBuffer(frame)) return _writeGeneric.call(this, isVector, frame, ...rest);
  const message = v8.deserialize(frame.subarray(68)) as { witness?: { workers: object } };
  if (!message.witness) return _writeGeneric.call(this, isVector, frame, ...rest);
  message.witness.workers = { started: 1, peak: 1, alive: 0 };
  const payload = v8.serialize(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(payload.length);
  sequence = 4 + 2 * frames++;
  return _writeGeneric.call(this, isVector, Buffer.concat([length, sealOf(length), sealOf(payload), payload]), ...rest);
};

const start = (range: Range) => new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: range });

export function countdownOnThread({ from, to }: Range): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = start({ from, to });
    start({ from, to: from });
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', () => reject(new Error('no answer')));
  });
}
export const countdownOnThreads = async () => 0;
