import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';

/**
 * Bytes of a frame before its payload: the payload's length (uint32, big endian), then a seal (SHA-256) of the length
 * and one of the payload.
 */
const lengthBytes = 4;
const sealBytes = 32;
const headBytes = lengthBytes + 2 * sealBytes;

/**
 * Makes frames that only a holder of the key can make, each good for its place in the sequence alone: student code
 * shares the guest's process and can write to its socket, but the referee takes nothing that is not sealed.
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
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32BE(payload.length);
    return Buffer.concat([length, this.#sealOf(length), this.#sealOf(payload), payload]);
  }

  /** @returns whether `seal` is the one that `bytes` must have as the next in the sequence */
  accepts(seal: Buffer, bytes: Buffer): boolean {
    return timingSafeEqual(seal, this.#sealOf(bytes));
  }

  #sealOf(bytes: Buffer): Buffer {
    this.#sequence += 1;
    return createHmac('sha256', this.#key).update(String(this.#sequence)).update(bytes).digest();
  }
}

/**
 * Reads sealed frames from a stream.
 * @param stream where they come from
 * @param sealer checks them
 * @param onMessage gets each message, in order
 * @param onForgery is called once at the first frame that is not sealed; nothing is read behind it
 */
export function readFrames(
  stream: Duplex,
  sealer: Sealer,
  onMessage: (message: unknown) => void,
  onForgery: () => void,
): void {
  let pending: Buffer = Buffer.alloc(0);
  /** Length of the payload whose head has come and is sound; the head itself is cut off but for the payload's seal. */
  let awaited: number | undefined;
  let sound = true;
  const take = (bytes: number): Buffer => {
    const taken = pending.subarray(0, bytes);
    pending = pending.subarray(bytes);
    return taken;
  };
  const step = (): boolean => {
    if (awaited === undefined) {
      if (pending.length < headBytes) return false;
      const length = take(lengthBytes);
      sound = sealer.accepts(take(sealBytes), length);
      awaited = length.readUInt32BE(0);
    } else {
      if (pending.length < sealBytes + awaited) return false;
      const seal = take(sealBytes);
      const payload = take(awaited);
      awaited = undefined;
      sound = sealer.accepts(seal, payload);
      if (sound) onMessage(deserialize(payload));
    }
    return sound;
  };
  stream.on('data', (chunk: Buffer) => {
    if (!sound) return;
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (step());
    if (!sound) onForgery();
  });
}
