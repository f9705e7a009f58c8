import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';

/** Bytes of a frame before its payload: the payload's length (uint32, big endian) and its seal (SHA-256). */
const headBytes = 4 + 32;

/**
 * Makes frames that only a holder of the key can make, each good for its place in the sequence alone: student code shares the guest's process
 * and can write to its socket, but the referee takes nothing that is not sealed.
 */
export class Sealer {
  readonly #key: Buffer;
  #sequence = 0;

  /** @param key any length; both ends hold the same */
  constructor(key: Buffer) {
    this.#key = key;
  }

  /** @returns the frame of `message`; @throws {DOMException} DataCloneError where a part of it cannot be cloned */
  seal(message: unknown): Buffer {
    const payload = serialize(message);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(payload.length);
    return Buffer.concat([head, this.#sealOf(payload), payload]);
  }

  /** @returns whether `seal` is the one that `payload` must have as the next in the sequence */
  accepts(seal: Buffer, payload: Buffer): boolean {
    return timingSafeEqual(seal, this.#sealOf(payload));
  }

  #sealOf(payload: Buffer): Buffer {
    this.#sequence += 1;
    return createHmac('sha256', this.#key).update(String(this.#sequence)).update(payload).digest();
  }
}

/**
 * Reads sealed frames from a stream.
 * @param stream where they come from
 * @param sealer checks them
 * @param onMessage gets each message, in order
 * @param onForgery is called once at the first frame that is not sealed; nothing is read behind it
 */
export function readFrames(stream: Duplex, sealer: Sealer, onMessage: (message: unknown) => void, onForgery: () => void): void {
  let pending: Buffer = Buffer.alloc(0);
  let sound = true;
  stream.on('data', (chunk: Buffer) => {
    if (!sound) return;
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (sound && pending.length >= headBytes) {
      const end = headBytes + pending.readUInt32BE(0);
      if (pending.length < end) return;
      const payload = pending.subarray(headBytes, end);
      sound = sealer.accepts(pending.subarray(4, headBytes), payload);
      pending = pending.subarray(end);
      if (sound) onMessage(deserialize(payload));
      else onForgery();
    }
  });
}
