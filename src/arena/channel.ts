import { timingSafeEqual } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { DefaultSerializer, deserialize } from 'node:v8';
import { hmac } from './hmac.ts';

/**
 * Bytes of a frame before its payload: the payload's length (uint32, big endian), then a seal (SHA-256) of the length
 * and one of the payload.
 */
const lengthBytes = 4;
const sealBytes = 32;
const headBytes = lengthBytes + 2 * sealBytes;
/** Bytes of a message at the most: the judge has to hold it, and no check asks for more than a few kilobytes. */
const largestMessage = 16 << 20;

// Student code shares the guest's process. Modules of Node are patched through the names that others import
// (`syncBuiltinESMExports`), classes through their prototypes: what makes a seal is taken hold of before.
const Serializer = DefaultSerializer;
/* eslint-disable @typescript-eslint/unbound-method -- called with their receivers */
const toValue = deserialize;
const { concat, alloc } = Buffer;
const { writeHeader, writeValue, releaseBuffer } = DefaultSerializer.prototype;
const { apply } = Reflect;
/* eslint-enable @typescript-eslint/unbound-method */

function toBytes(message: unknown): Buffer {
  const serializer = new Serializer();
  apply(writeHeader, serializer, []);
  apply(writeValue, serializer, [message]);
  return apply(releaseBuffer, serializer, []);
}

/**
 * Makes frames that only a holder of the key can make, each good for its place in the sequence alone: student code
 * shares the guest's process and can write to its socket, but the referee takes nothing that is not sealed.
 */
export class Sealer {
  readonly #key: Buffer;
  #sequence = 0;

  readonly #keyBytes: number;

  /** @param key 64 bytes at the most; both ends hold the same */
  constructor(key: Buffer) {
    this.#key = key;
    this.#keyBytes = key.length;
  }

  /**
   * @returns the frame of `message`
   * @throws {DOMException} DataCloneError where a part of it cannot be cloned
   * @throws {RangeError} where it is too long
   */
  seal(message: unknown): Buffer {
    const payload = toBytes(message);
    if (payload.length > largestMessage)
      throw new RangeError(`it has ${payload.length} bytes, and ${largestMessage} are the most that is taken`);
    const length = alloc(lengthBytes);
    length.writeUInt32BE(payload.length);
    return concat([length, this.#sealOf(length), this.#sealOf(payload), payload]);
  }

  /** @returns whether `seal` is the one that `bytes` must have as the next in the sequence */
  accepts(seal: Buffer, bytes: Buffer): boolean {
    return timingSafeEqual(seal, this.#sealOf(bytes));
  }

  #sealOf(bytes: Buffer): Uint8Array {
    this.#sequence += 1;
    return hmac(this.#key, this.#keyBytes, this.#sequence, bytes, bytes.length);
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
  let pending: Buffer = alloc(0);
  /** What has come behind `pending`: joined only when a part is complete, or a long message would be copied often. */
  let further: Buffer[] = [];
  let furtherBytes = 0;
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
      sound &&= awaited <= largestMessage;
    } else {
      if (pending.length < sealBytes + awaited) return false;
      const seal = take(sealBytes);
      const payload = take(awaited);
      awaited = undefined;
      sound = sealer.accepts(seal, payload);
      if (sound) onMessage(toValue(payload));
    }
    return sound;
  };
  stream.on('data', (chunk: Buffer) => {
    if (!sound) return;
    further.push(chunk);
    furtherBytes += chunk.length;
    const wanted = awaited === undefined ? headBytes : sealBytes + awaited;
    if (pending.length + furtherBytes < wanted) return;
    pending = concat([pending, ...further]);
    [further, furtherBytes] = [[], 0];
    while (step());
    if (!sound) onForgery();
  });
}
