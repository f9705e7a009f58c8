// Schedules put off until the next preemption bound: first in, first out, as bytes in flat blocks (a million of them
// must fit). A block is given back as soon as all that it held has been taken.

/** Bytes of a block, unless one schedule alone is longer. */
const BLOCK = 64 * 1024;
/** Bytes that it takes to know where a schedule ends. */
const PER_SCHEDULE = 8;

interface Block {
  readonly bytes: Uint8Array;
  readonly ends: number[];
}

/** A queue of byte strings. */
export class ScheduleQueue {
  readonly #blocks: Block[] = [];
  #first = 0;
  /** How many of the first block have been taken. */
  #taken = 0;
  /** Waiting, in all blocks. */
  size = 0;
  /** Bytes held now. */
  bytes = 0;

  /** Appends `path[0..length)` followed by `choice`. */
  push(path: Uint8Array, length: number, choice: number): void {
    let block = this.#blocks.at(-1);
    let at = block?.ends.at(-1) ?? 0;
    if (!block || at + length + 1 > block.bytes.length) {
      block = { bytes: new Uint8Array(Math.max(BLOCK, length + 1)), ends: [] };
      at = 0;
      this.#blocks.push(block);
      this.bytes += block.bytes.length;
    }
    const { bytes } = block;
    for (let from = 0; from < length; from++) bytes[at++] = path[from]!;
    bytes[at++] = choice;
    block.ends.push(at);
    this.bytes += PER_SCHEDULE;
    this.size++;
  }

  /** The oldest; a view, good until the next push or shift. */
  shift(): Uint8Array {
    let block = this.#blocks[this.#first]!;
    if (this.#taken === block.ends.length) {
      this.bytes -= block.bytes.length + PER_SCHEDULE * block.ends.length;
      this.#blocks[this.#first++] = EMPTY;
      this.#taken = 0;
      block = this.#blocks[this.#first]!;
    }
    this.size--;
    const start = this.#taken === 0 ? 0 : block.ends[this.#taken - 1]!;
    return block.bytes.subarray(start, block.ends[this.#taken++]);
  }
}

const EMPTY: Block = { bytes: new Uint8Array(0), ends: [] };
