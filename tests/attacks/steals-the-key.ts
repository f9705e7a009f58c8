// Exercise: 03
// File: countdown-on-threads.ts
// Task: 2
// Class: forges what was seen
// Attack: Starts two Workers in place of one, takes the key of the channel from a patched createHmac and seals a reply
//   of its own.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import v8 from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';

const { createHmac } = crypto;
const { write } = Socket.prototype;
let key: Buffer | undefined;
crypto.createHmac = ((name: string, secret: Buffer) => {
  key = secret;
  return createHmac(name, secret);
}) as never;
syncBuiltinESMExports();

// Once the key is known: the sequence starts at 1, two seals to a frame.
let sequence = 0;
const sealOf = (bytes: Buffer) => createHmac('sha256', key!).update(String(++sequence)).update(bytes).digest();
let frames = 0;
Socket.prototype.write = function (this: Socket, frame: Buffer, ...rest: never[]) {
  if (!key || !Buffer.isBuffer(frame)) return write.call(this, frame, ...rest);
  const message = v8.deserialize(frame.subarray(68)) as { witness?: { workers: object } };
  if (!message.witness) return write.call(this, frame, ...rest);
  message.witness.workers = { started: 1, peak: 1, alive: 0 };
  const payload = v8.serialize(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(payload.length);
  // Ready and loaded came before: two seals each.
  sequence = 4 + 2 * frames++;
  return write.call(this, Buffer.concat([length, sealOf(length), sealOf(payload), payload]), ...rest);
} as never;

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
