import { createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { hmac } from './hmac.ts';

const number = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};

test.each([0, 1, 46, 47, 48, 55, 56, 63, 64, 65, 119, 1000, 100_003])('agrees with Node about %i bytes', (length) => {
  const key = randomBytes(32);
  const bytes = randomBytes(length);
  const wanted = createHmac('sha256', key).update(number(length)).update(bytes).digest();
  expect(Buffer.from(hmac(key, key.length, length, bytes, length))).toEqual(wanted);
});

test('agrees with Node about keys from nothing to a block, and about large numbers', () => {
  for (const keyBytes of [0, 1, 63, 64]) {
    const key = randomBytes(keyBytes);
    const wanted = createHmac('sha256', key)
      .update(number(2 ** 32 - 1))
      .update('text')
      .digest();
    expect(Buffer.from(hmac(key, keyBytes, 2 ** 32 - 1, Buffer.from('text'), 4))).toEqual(wanted);
  }
});

test('shows the key to no getter that student code could put in the way', () => {
  const key = new Uint8Array(randomBytes(32));
  const bytes = new Uint8Array(8);
  const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
  const getter = Object.getOwnPropertyDescriptor(typedArray, 'length')!;
  const seen: unknown[] = [];
  const spy = (_: unknown, name: string | symbol) => void seen.push(name);
  Object.defineProperty(typedArray, 'length', { ...getter, get: () => spy(0, 'length') });
  const iterator = Array.prototype[Symbol.iterator];

  Array.prototype[Symbol.iterator] = function (this: unknown[]) {
    spy(0, 'iterator');
    return iterator.call(this);
  } as never;
  try {
    hmac(key, 32, 1, bytes, 8);
  } finally {
    Array.prototype[Symbol.iterator] = iterator;
    Object.defineProperty(typedArray, 'length', getter);
  }
  expect(seen).toEqual([]);
});
