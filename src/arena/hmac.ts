// HMAC (RFC 2104) with SHA-256 (FIPS 180-4), in plain arithmetic on typed arrays. Node's own hands the key to an object
// whose prototype anybody in the process can reach and patch. Between key and seal nothing here is looked up by name:
// no method, no iterator, no getter, and `length` of a typed array is one.

const [Bytes, Words] = [Uint8Array, Int32Array];

const blockBytes = 64;
const digestBytes = 32;
/** Bytes of the number that stands before what is sealed. */
const numberBytes = 8;

/** @returns 32 bits of the fractional parts of the first primes' roots of that degree, as SHA-2 takes them */
function rootBits(count: number, root: (of: number) => number): Int32Array {
  const bits = new Words(count);
  for (let candidate = 2, found = 0; found < count; candidate++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) isPrime &&= candidate % divisor !== 0;
    if (isPrime) bits[found++] = (root(candidate) % 1) * 2 ** 32;
  }
  return bits;
}

const initial = rootBits(8, Math.sqrt);
const constants = rootBits(64, Math.cbrt);

/** @returns the SHA-256 of the first `length` bytes, which must be fewer than 2^28 */
function sha256(bytes: Uint8Array, length: number): Uint8Array {
  const padded = (length + 9 + blockBytes - 1) & -blockBytes;
  const message = new Bytes(padded);
  for (let at = 0; at < length; at++) message[at] = bytes[at]!;
  message[length] = 0x80;
  for (let at = 0; at < 4; at++) message[padded - 1 - at] = (length * 8) >>> (8 * at);

  const state = new Words(8);
  for (let at = 0; at < 8; at++) state[at] = initial[at]!;
  const w = new Words(64);
  for (let block = 0; block < padded; block += blockBytes) {
    for (let t = 0; t < 16; t++) {
      const at = block + 4 * t;
      w[t] = (message[at]! << 24) | (message[at + 1]! << 16) | (message[at + 2]! << 8) | message[at + 3]!;
    }
    for (let t = 16; t < 64; t++) {
      const x = w[t - 15]!;
      const y = w[t - 2]!;
      const s0 = rotated(x, 7) ^ rotated(x, 18) ^ (x >>> 3);
      const s1 = rotated(y, 17) ^ rotated(y, 19) ^ (y >>> 10);
      w[t] = w[t - 16]! + s0 + w[t - 7]! + s1;
    }
    compress(state, w);
  }
  const digest = new Bytes(digestBytes);
  for (let at = 0; at < digestBytes; at++) digest[at] = state[at >> 2]! >>> (24 - 8 * (at & 3));
  return digest;
}

function compress(state: Int32Array, w: Int32Array): void {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let t = 0; t < 64; t++) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[t]! + w[t]!) | 0;
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = state[0]! + a;
  state[1] = state[1]! + b;
  state[2] = state[2]! + c;
  state[3] = state[3]! + d;
  state[4] = state[4]! + e;
  state[5] = state[5]! + f;
  state[6] = state[6]! + g;
  state[7] = state[7]! + h;
}

const rotated = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/**
 * @param key 64 bytes at the most
 * @param keyBytes its length
 * @param number below 2^32; sealed before the bytes, as eight of its own, big endian
 * @param bytes what is sealed
 * @param length how many of them; below 2^27
 * @returns the HMAC-SHA-256 of number and bytes
 */
export function hmac(key: Uint8Array, keyBytes: number, number: number, bytes: Uint8Array, length: number): Uint8Array {
  const inner = new Bytes(blockBytes + numberBytes + length);
  const outer = new Bytes(blockBytes + digestBytes);
  for (let at = 0; at < blockBytes; at++) {
    const byte = at < keyBytes ? key[at]! : 0;
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  for (let at = 0; at < 4; at++) inner[blockBytes + numberBytes - 1 - at] = number >>> (8 * at);
  for (let at = 0; at < length; at++) inner[blockBytes + numberBytes + at] = bytes[at]!;
  const digest = sha256(inner, blockBytes + numberBytes + length);
  for (let at = 0; at < digestBytes; at++) outer[blockBytes + at] = digest[at]!;
  return sha256(outer, blockBytes + digestBytes);
}
