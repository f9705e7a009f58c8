// Where each named word lies in the program's memory, and the copies and names that people see of it.
import { withReason } from '../../report/index.ts';
import { ELEMENT_BYTES, ELEMENT_TYPES, viewsOf, wrapped } from '../steps/index.ts';
import type { ElementType, IntegerArray, Value } from '../steps/index.ts';

/** One named piece of shared memory. A number is the length (in elements) of an Int32Array of zeros. */
export type WordSpec = number | { type?: ElementType; length?: number; initial?: readonly Value[] };

/** Shared memory by name; each name gets a SharedArrayBuffer of its own. */
export type MemorySpec = Record<string, WordSpec>;

/** What an invariant sees: plain copies, by the names of `memory`. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows which array it asked for
export type MemoryCopy = Record<string, any>;

/** One named piece of memory. */
export interface Word {
  readonly name: string;
  /** Type code. */
  readonly type: number;
  /** In elements. */
  readonly length: number;
  /** Of one element. */
  readonly bytes: number;
  /** In bytes from the start of the program's memory; a multiple of 8. */
  readonly offset: number;
  readonly initial: readonly Value[];
}

/** All words, one behind the other, each on a multiple of 8 bytes. */
export class MemoryLayout {
  readonly words: readonly Word[];
  /** A multiple of 8. */
  readonly byteLength: number;

  constructor(spec: MemorySpec) {
    let offset = 0;
    this.words = Object.entries(spec).map(([name, given]) => {
      const { type, length, initial } = wordSpec(name, given);
      const code = ELEMENT_TYPES.indexOf(type);
      const bytes = ELEMENT_BYTES[code]!;
      const zero: Value = bytes === 8 ? 0n : 0;
      const values = Array.from({ length }, (_, index) => wrapped(code, initial[index] ?? zero));
      const word = { name, type: code, length, bytes, offset, initial: values };
      offset += Math.ceil((length * bytes) / 8) * 8;
      return word;
    });
    this.byteLength = offset;
  }

  /** Writes the initial values. */
  initialize(buffer: ArrayBufferLike): void {
    new Uint8Array(buffer, 0, this.byteLength).fill(0);
    for (const word of this.words) {
      const array = arrayOf(word, buffer) as unknown as Value[];
      word.initial.forEach((value, index) => (array[index] = value));
    }
  }

  /** The words as typed arrays over `buffer`, by name. */
  arrays(buffer: ArrayBufferLike): MemoryCopy {
    return Object.fromEntries(this.words.map((word) => [word.name, arrayOf(word, buffer)]));
  }

  /** The word that holds a byte. */
  wordAt(offset: number): Word | undefined {
    return this.words.find((word) => offset >= word.offset && offset < word.offset + word.length * word.bytes);
  }

  /** The name of an element as people see it: `lock`, or `flags[1]` where the word has several. */
  nameAt(offset: number): string {
    const word = this.wordAt(offset);
    if (!word) return `byte ${offset}`;
    return word.length === 1 ? word.name : `${word.name}[${Math.floor((offset - word.offset) / word.bytes)}]`;
  }
}

/** A word's typed array over a buffer that holds the whole memory. */
export function arrayOf(word: Word, buffer: ArrayBufferLike): IntegerArray {
  const all = viewsOf(buffer)[word.type]!;
  const from = word.offset / word.bytes;
  return all.subarray(from, from + word.length);
}

function wordSpec(
  name: string,
  given: MemorySpec[string],
): { type: ElementType; length: number; initial: readonly Value[] } {
  const spec = typeof given === 'number' ? { length: given } : given;
  const { type = 'Int32Array', initial = [], length = initial.length || 1 } = spec;
  const invalid = <E extends Error>(kind: new (message: string) => E, got: string): E => {
    const wanted =
      'must be a length (an integer from 1 up) or { type, length, initial } ' +
      "with an integer typed array's name as type";
    return withReason('invalid-option', new kind(`\`memory.${name}\` ${wanted}, got ${got}.`));
  };
  if (!ELEMENT_TYPES.includes(type)) throw invalid(TypeError, `type ${JSON.stringify(type)}`);
  if (!Number.isInteger(length) || length < 1) throw invalid(RangeError, `length ${String(length)}`);
  if (initial.length > length) throw invalid(RangeError, `${initial.length} initial values for ${length} elements`);
  return { type, length, initial };
}
