// The shared memory through which the search and an agent talk: a few control cells, and an area for request or answer.
import { deserialize, serialize } from 'node:v8';
import type { End, LoggedStep, RunAnswer, RunRequest, Site, Value } from '../steps/index.ts';
import { Cell } from './wire-cells.ts';
import { readValue, VALUE_INTS, writeValue } from './wire-values.ts';

/** Integers before the area; VALUE takes three. */
const CELLS = 16;

const STEP_INTS = 5 + 3 * VALUE_INTS;
const EXTRA_BYTES = 64 * 1024;

interface Extras {
  readonly sites: readonly Site[];
  readonly end: End | undefined;
}

/** One agent's shared memory, seen from either side. */
export class AgentWire {
  readonly buffer: SharedArrayBuffer;
  /** The control cells. */
  readonly cells: Int32Array<SharedArrayBuffer>;
  readonly memoryBytes: number;
  readonly capacity: number;
  readonly #ints: Int32Array<SharedArrayBuffer>;
  readonly #memory: Uint8Array<SharedArrayBuffer>;
  readonly #extras: Uint8Array<SharedArrayBuffer>;

  /** @param capacity visible steps of one run that it has room for */
  constructor(memoryBytes: number, capacity: number, buffer?: SharedArrayBuffer) {
    this.memoryBytes = memoryBytes;
    this.capacity = capacity;
    const ints = capacity * STEP_INTS + 16;
    this.buffer = buffer ?? new SharedArrayBuffer((CELLS + ints) * 4 + memoryBytes + EXTRA_BYTES);
    this.cells = new Int32Array(this.buffer, 0, CELLS);
    this.#ints = new Int32Array(this.buffer, CELLS * 4, ints);
    this.#memory = new Uint8Array(this.buffer, (CELLS + ints) * 4, memoryBytes);
    this.#extras = new Uint8Array(this.buffer, (CELLS + ints) * 4 + memoryBytes, EXTRA_BYTES);
  }

  /** @param request its memory is the state's, of which the program's memory is the first part */
  writeRequest({ results, memory, sleepers, steps, locate }: RunRequest): void {
    const { cells } = this;
    const ints = this.#ints;
    cells[Cell.RESULTS] = results.length;
    cells[Cell.SLEEPERS] = sleepers.length;
    cells[Cell.STEPS] = steps;
    cells[Cell.LOCATE] = locate ? 1 : 0;
    this.#memory.set(new Uint8Array(memory, 0, this.memoryBytes));
    let at = 0;
    for (const result of results) at = writeValue(ints, at, result);
    for (const sleeper of sleepers) ints[at++] = sleeper;
  }

  readRequest(): RunRequest {
    const { cells } = this;
    const ints = this.#ints;
    const memory = new ArrayBuffer(this.memoryBytes);
    new Uint8Array(memory).set(this.#memory);
    const results: Value[] = [];
    let at = 0;
    for (let count = cells[Cell.RESULTS]!; count > 0; count--, at += VALUE_INTS) results.push(readValue(ints, at)!);
    const sleepers = Array.from(ints.subarray(at, at + cells[Cell.SLEEPERS]!));
    const steps = Math.min(cells[Cell.STEPS]!, this.capacity - results.length - 1);
    return { results, memory, sleepers, steps, locate: cells[Cell.LOCATE] === 1 };
  }

  /** @param sites those that the other side does not know yet */
  writeAnswer({ steps, hash, replayed, end }: RunAnswer, sites: readonly Site[]): void {
    const { cells } = this;
    let at = 0;
    for (const step of steps) at = this.#writeStep(at, step);
    cells[Cell.LOGGED] = steps.length;
    cells[Cell.HASH] = hash;
    cells[Cell.REPLAYED] = replayed;
    const plainReturn = end?.how === 'returned' && end.value === undefined;
    cells[Cell.RETURNED] = plainReturn ? 1 : 0;
    const extras =
      sites.length > 0 || (end && !plainReturn)
        ? serializeExtras({ sites, end: plainReturn ? undefined : end })
        : undefined;
    cells[Cell.EXTRAS] = extras?.length ?? 0;
    if (extras) this.#extras.set(extras);
  }

  readAnswer(): RunAnswer & { sites: readonly Site[] } {
    const { cells } = this;
    const steps: LoggedStep[] = [];
    for (let step = 0; step < cells[Cell.LOGGED]!; step++) steps.push(this.#readStep(step * STEP_INTS));
    const length = cells[Cell.EXTRAS]!;
    const extras =
      length > 0 ? (deserialize(Buffer.from(this.#extras.slice(0, length))) as Extras) : { sites: [], end: undefined };
    const hash = cells[Cell.HASH]!;
    const replayed = cells[Cell.REPLAYED]!;
    return {
      steps,
      hash,
      replayed,
      sites: extras.sites,
      end: cells[Cell.RETURNED] === 1 ? { how: 'returned', value: undefined } : extras.end,
    };
  }

  /** The one step that a thread in lockstep is about to do. */
  writePending(step: LoggedStep): void {
    this.#writeStep(0, step);
  }

  readPending(): LoggedStep {
    return this.#readStep(0);
  }

  /** A result or a grant. */
  writeCell(value: Value | undefined): void {
    writeValue(this.cells, Cell.VALUE, value);
  }

  readCell(): Value | undefined {
    return readValue(this.cells, Cell.VALUE);
  }

  #writeStep(at: number, step: LoggedStep): number {
    const ints = this.#ints;
    ints[at] = step.kind;
    ints[at + 1] = step.type;
    ints[at + 2] = step.offset;
    ints[at + 3] = step.index;
    ints[at + 4] = step.site;
    writeValue(ints, at + 5, step.a);
    writeValue(ints, at + 5 + VALUE_INTS, step.b);
    return writeValue(ints, at + 5 + 2 * VALUE_INTS, step.result);
  }

  #readStep(at: number): LoggedStep {
    const ints = this.#ints;
    return {
      kind: ints[at]!,
      type: ints[at + 1]!,
      offset: ints[at + 2]!,
      index: ints[at + 3]!,
      site: ints[at + 4]!,
      a: readValue(ints, at + 5)!,
      b: readValue(ints, at + 5 + VALUE_INTS)!,
      result: readValue(ints, at + 5 + 2 * VALUE_INTS),
    };
  }
}

function serializeExtras(extras: Extras): Buffer {
  const value = attempt(extras);
  if (typeof value !== 'string') return value;
  return serialize({ sites: extras.sites, end: { how: 'returned in vain', message: value } });
}

function attempt(extras: Extras): Buffer | string {
  try {
    const bytes = serialize(extras);
    return bytes.length <= EXTRA_BYTES
      ? bytes
      : `it returned ${bytes.length} bytes, more than the ${EXTRA_BYTES} that the explorer takes`;
  } catch {
    return 'it returned a value that cannot be copied to another thread (a function, a symbol, …)';
  }
}
