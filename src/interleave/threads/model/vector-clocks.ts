// Data races along one schedule, by vector clocks (C. Flanagan, S. Freund: FastTrack, PLDI 2009; here with full
// vectors, since there are few threads), with the edges of the ECMAScript memory model: an atomic read synchronizes
// with the atomic write that it reads from, and the critical sections of one waiter list follow each other. Two
// accesses race if they touch the same memory, one writes, one is plain, and neither happens before the other.
import { ELEMENT_BYTES, isPlain, Kind } from '../steps/index.ts';
import type { Operation, Value } from '../steps/index.ts';
import type { StateVector } from './state-vector.ts';

/** The vectors kept per unit of memory, each with one entry per thread. */
const RELEASED = 0;
const WAITERS = 1;
const PLAIN_WRITE = 2;
const ATOMIC_WRITE = 3;
const PLAIN_READ = 4;
const ATOMIC_READ = 5;
const VECTORS = 6;

/** How many integers the clocks of a program take. */
export function clockCells(threads: number, memoryBytes: number, unit: number): number {
  return threads * threads + (memoryBytes / unit) * VECTORS * threads;
}

/** The clocks of one schedule, kept in the model's state so that they are undone with it. */
export class VectorClocks {
  readonly #model: StateVector;
  readonly #base: number;
  readonly #units: number;
  readonly #threads: number;
  readonly #shift: number;

  /**
   * @param base first cell of the state that is the clocks' own
   * @param unit granularity in bytes: 1, 2 or 4
   */
  constructor(model: StateVector, base: number, threads: number, unit: number) {
    this.#model = model;
    this.#base = base;
    this.#threads = threads;
    this.#units = base + threads * threads;
    this.#shift = 31 - Math.clz32(unit);
  }

  /**
   * Takes note of a step.
   * @returns the thread whose earlier access it races with, or −1
   */
  step(thread: number, operation: Operation, result: Value): number {
    const { kind, offset } = operation;
    if (kind === Kind.PAUSE) return -1;
    const own = this.#base + thread * this.#threads;
    this.#model.set(own + thread, this.#model.state[own + thread]! + 1);
    const first = offset >> this.#shift;
    const last = (offset + ELEMENT_BYTES[operation.type]! - 1) >> this.#shift;
    let racer = -1;
    for (let unit = first; unit <= last; unit++) {
      const vectors = this.#units + unit * VECTORS * this.#threads;
      if (kind === Kind.NOTIFY || kind === Kind.WAIT) this.#join(own, vectors + WAITERS * this.#threads);
      if (kind !== Kind.NOTIFY) racer = Math.max(racer, this.#access(thread, own, vectors, operation, result));
      if (kind === Kind.NOTIFY || kind === Kind.WAIT) this.#copy(vectors + WAITERS * this.#threads, own);
    }
    return racer;
  }

  /** A sleeper wakes (or its timer fires): it enters the waiter list's critical section again. */
  wake(thread: number, operation: Operation): void {
    const own = this.#base + thread * this.#threads;
    const waiters = this.#units + ((operation.offset >> this.#shift) * VECTORS + WAITERS) * this.#threads;
    this.#join(own, waiters);
    this.#copy(waiters, own);
  }

  #access(thread: number, own: number, vectors: number, operation: Operation, result: Value): number {
    const { kind } = operation;
    const n = this.#threads;
    const writes =
      kind === Kind.WRITE ||
      (kind >= Kind.STORE && kind <= Kind.EXCHANGE) ||
      (kind === Kind.CAS && result === operation.a);
    const now = this.#model.state[own + thread]!;
    if (isPlain(kind)) {
      let racer = Math.max(
        this.#unordered(own, vectors + PLAIN_WRITE * n),
        this.#unordered(own, vectors + ATOMIC_WRITE * n),
      );
      if (writes) {
        racer = Math.max(
          racer,
          this.#unordered(own, vectors + PLAIN_READ * n),
          this.#unordered(own, vectors + ATOMIC_READ * n),
        );
        for (let each = 0; each < n; each++) this.#put(vectors + RELEASED * n + each, 0);
      }
      this.#put(vectors + (writes ? PLAIN_WRITE : PLAIN_READ) * n + thread, now);
      return racer;
    }
    if (kind !== Kind.STORE) this.#join(own, vectors + RELEASED * n);
    let racer = this.#unordered(own, vectors + PLAIN_WRITE * n);
    if (writes) {
      racer = Math.max(racer, this.#unordered(own, vectors + PLAIN_READ * n));
      this.#copy(vectors + RELEASED * n, own);
    }
    this.#put(vectors + (writes ? ATOMIC_WRITE : ATOMIC_READ) * n + thread, now);
    return racer;
  }

  /** A thread with an access in `vector` that this one has not heard of, or −1. */
  #unordered(own: number, vector: number): number {
    const { state } = this.#model;
    for (let each = 0; each < this.#threads; each++) if (state[vector + each]! > state[own + each]!) return each;
    return -1;
  }

  #join(into: number, from: number): void {
    const { state } = this.#model;
    for (let each = 0; each < this.#threads; each++)
      if (state[from + each]! > state[into + each]!) this.#model.set(into + each, state[from + each]!);
  }

  #copy(into: number, from: number): void {
    for (let each = 0; each < this.#threads; each++) this.#put(into + each, this.#model.state[from + each]!);
  }

  #put(index: number, value: number): void {
    if (this.#model.state[index] !== value) this.#model.set(index, value);
  }
}

/** Whether two operations that are both about to happen race: same memory, one writes, one is plain. */
export function conflict(one: Operation, other: Operation): boolean {
  if (!isPlain(one.kind) && !isPlain(other.kind)) return false;
  if (one.kind >= Kind.NOTIFY || other.kind >= Kind.NOTIFY) return false;
  if (one.offset + ELEMENT_BYTES[one.type]! <= other.offset || other.offset + ELEMENT_BYTES[other.type]! <= one.offset)
    return false;
  return changes(one) || changes(other);
}

/**
 * Whether the operation would write; a compareExchange counts only once it has succeeded, so it is not counted here.
 */
function changes(operation: Operation): boolean {
  return operation.kind === Kind.WRITE || (operation.kind >= Kind.STORE && operation.kind <= Kind.EXCHANGE);
}
