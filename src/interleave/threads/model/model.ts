// The state of a program between two steps, and what a step does to it. Everything that changes lies in one vector of
// integers, so no thread runs while the search goes forward and back.
import { ELEMENT_BYTES, EVERYONE, FOREVER, Kind, mayWrite, perform, viewsOf, Woken } from '../steps/index.ts';
import type { IntegerArray, Operation, Value } from '../steps/index.ts';
import { History } from './history.ts';
import type { HistoryNode } from './history.ts';
import type { MemoryLayout } from './memory-layout.ts';
import { StateVector } from './state-vector.ts';
import type { StepRecord } from './step-record.ts';
import { clockCells, VectorClocks } from './vector-clocks.ts';

/** Options of the model. */
export interface ModelOptions {
  /** Look for data races. */
  clocks: boolean;
  /** What is known of the threads from another model of the same program. */
  histories?: readonly History[] | undefined;
}

/** Program memory, wait queues, histories, fairness and clocks, with undo. */
export class Model extends StateVector {
  readonly threads: number;
  readonly layout: MemoryLayout;
  readonly histories: readonly History[];
  /** The current node of each thread. */
  readonly nodes: HistoryNode[];
  /** Integers that tell states apart: the first ones of the state. The clocks lie behind them. */
  readonly keyLength: number;
  /** Typed arrays over the program's memory, by type code. */
  readonly views: readonly IntegerArray[];
  /** What the last step was. */
  last: StepRecord | undefined = undefined;
  readonly #nodeCell: number;
  readonly #rankCell: number;
  readonly #heldBackCell: number;
  readonly #ranCell: number;
  readonly #lastCell: number;
  readonly #timersCell: number;
  readonly #clocks: VectorClocks | undefined;

  constructor(layout: MemoryLayout, threads: number, options: ModelOptions) {
    const memory = layout.byteLength / 4;
    const keyLength = memory + 4 * threads + 2;
    const unit = layout.words.some((word) => word.bytes < 4) ? 1 : 4;
    const cells = keyLength + (options.clocks ? clockCells(threads, layout.byteLength, unit) : 0);
    super(cells + (cells % 2));
    this.layout = layout;
    this.threads = threads;
    this.histories = options.histories ?? Array.from({ length: threads }, () => new History());
    this.nodes = this.histories.map((history) => history.root);
    this.#nodeCell = memory;
    this.#rankCell = memory + threads;
    this.#heldBackCell = memory + 2 * threads;
    this.#ranCell = memory + 3 * threads;
    this.#lastCell = memory + 4 * threads;
    this.#timersCell = this.#lastCell + 1;
    this.keyLength = keyLength;
    this.views = viewsOf(this.state.buffer);
    layout.initialize(this.state.buffer);
    this.#clocks = options.clocks ? new VectorClocks(this, keyLength, threads, unit) : undefined;
  }

  override restored(index: number, value: number): void {
    const thread = index - this.#nodeCell;
    if (thread >= 0 && thread < this.threads) this.nodes[thread] = this.histories[thread]!.nodes[value]!;
  }

  /** Bits of the threads that can do a step of their own. A thread whose next operation is not yet known counts. */
  get enabled(): number {
    let mask = 0;
    for (let thread = 0; thread < this.threads; thread++)
      if (!this.nodes[thread]!.end && this.state[this.#rankCell + thread] === 0) mask |= 1 << thread;
    return mask;
  }

  /** Bits of the threads that sleep with a timeout. */
  get timed(): number {
    let mask = 0;
    for (let thread = 0; thread < this.threads; thread++) {
      if (this.state[this.#rankCell + thread] !== 0 && this.nodes[thread]!.operation!.b !== FOREVER)
        mask |= 1 << thread;
    }
    return mask;
  }

  isAsleep(thread: number): boolean {
    return this.state[this.#rankCell + thread] !== 0;
  }

  /** Bits of the threads that the fair scheduler lets `thread` step only after. */
  heldBackBy(thread: number): number {
    return this.state[this.#heldBackCell + thread]!;
  }

  /** The thread that ran last and could go on at no cost, or −1. */
  get current(): number {
    return this.state[this.#lastCell]! - 1;
  }

  /** Forgets the current thread: from here every switch is free, and equal states are equal whoever ran last. */
  releaseCurrent(): void {
    if (this.state[this.#lastCell] !== 0) this.set(this.#lastCell, 0);
  }

  /** Timers fired in this schedule while another thread could run. */
  get earlyTimers(): number {
    return this.state[this.#timersCell]!;
  }

  countEarlyTimer(): void {
    this.set(this.#timersCell, this.state[this.#timersCell]! + 1);
  }

  /** Byte offsets of the words that threads sleep on, first come first. */
  sleepers(): number[] {
    const asleep: number[] = [];
    for (let thread = 0; thread < this.threads; thread++) if (this.isAsleep(thread)) asleep.push(thread);
    asleep.sort((one, other) => this.state[this.#rankCell + one]! - this.state[this.#rankCell + other]!);
    return asleep.map((thread) => this.nodes[thread]!.operation!.offset);
  }

  /**
   * Does the next step of a thread; for a sleeper with a timeout, its timer fires.
   * The thread's next operation must be known.
   */
  step(thread: number): void {
    const node = this.nodes[thread]!;
    const operation = node.operation!;
    if (this.isAsleep(thread)) {
      this.#leaveQueue(thread, operation.offset);
      this.#clocks?.wake(thread, operation);
      this.#arrive(thread, node.child(Woken.TIMED_OUT));
      this.#settle(thread);
      this.last = { thread, operation, result: Woken.TIMED_OUT, timer: true, woken: [], races: -1 };
      return;
    }
    let result: Value | undefined;
    let woken = NOBODY;
    switch (operation.kind) {
      case Kind.WAIT:
        result = this.#wait(thread, operation);
        break;
      case Kind.NOTIFY:
        woken = this.#notify(operation);
        result = woken.length;
        break;
      case Kind.PAUSE:
        result = 0;
        break;
      default:
        if (mayWrite(operation.kind)) this.#saveMemory(operation);
        result = perform(this.views, operation);
    }
    const races = this.#clocks ? this.#clocks.step(thread, operation, result ?? Woken.OK) : -1;
    for (const each of woken) this.#clocks?.wake(each, this.nodes[each]!.parent!.operation!);
    if (result === undefined) this.#fallAsleep(thread);
    else this.#arrive(thread, node.child(result));
    this.#settle(thread);
    this.set(this.#lastCell, thread + 1);
    this.last = { thread, operation, result, timer: false, woken, races };
  }

  #wait(thread: number, operation: Operation): Value | undefined {
    if (this.views[operation.type]![operation.index] !== operation.a) return Woken.NOT_EQUAL;
    if (operation.b === 0) return Woken.TIMED_OUT;
    let rank = 1;
    for (let other = 0; other < this.threads; other++) {
      if (other !== thread && this.isAsleep(other) && this.nodes[other]!.operation!.offset === operation.offset) rank++;
    }
    this.set(this.#rankCell + thread, rank);
    return undefined;
  }

  /** Wakes sleepers of one word, first come first served, as ECMAScript's waiter lists do. */
  #notify(operation: Operation): number[] {
    const limit = operation.a === EVERYONE ? this.threads : (operation.a as number);
    let woken = NOBODY;
    while (woken.length < limit) {
      const first = this.#firstSleeper(operation.offset);
      if (first < 0) break;
      this.#leaveQueue(first, operation.offset);
      this.#arrive(first, this.nodes[first]!.child(Woken.OK));
      woken = [...woken, first];
    }
    return woken;
  }

  #firstSleeper(offset: number): number {
    for (let thread = 0; thread < this.threads; thread++) {
      if (this.state[this.#rankCell + thread] === 1 && this.nodes[thread]!.operation!.offset === offset) return thread;
    }
    return -1;
  }

  #leaveQueue(thread: number, offset: number): void {
    const rank = this.state[this.#rankCell + thread]!;
    this.set(this.#rankCell + thread, 0);
    for (let other = 0; other < this.threads; other++) {
      const theirs = this.state[this.#rankCell + other]!;
      if (theirs > rank && this.nodes[other]!.operation!.offset === offset)
        this.set(this.#rankCell + other, theirs - 1);
    }
  }

  #fallAsleep(thread: number): void {
    if (this.state[this.#heldBackCell + thread] !== 0) this.set(this.#heldBackCell + thread, 0);
    if (this.state[this.#ranCell + thread] !== 0) this.set(this.#ranCell + thread, 0);
  }

  #arrive(thread: number, node: HistoryNode): void {
    this.set(this.#nodeCell + thread, node.id);
    this.nodes[thread] = node;
  }

  /**
   * The fair scheduler (M. Musuvathi, S. Qadeer: Fair Stateless Model Checking, PLDI 2008): after a yield a thread
   * ranks below every thread that could have run and has not since its last yield; a step lifts the rank of all that
   * ranked below its thread.
   */
  #settle(thread: number): void {
    if (!this.histories.some(spins)) return;
    const bit = 1 << thread;
    const { state } = this;
    const heldBackCell = this.#heldBackCell;
    const ranCell = this.#ranCell;
    for (let other = 0; other < this.threads; other++) {
      if (other === thread) continue;
      if ((state[heldBackCell + other]! & bit) !== 0)
        this.set(heldBackCell + other, state[heldBackCell + other]! & ~bit);
      if (this.nodes[other]!.yields && (state[ranCell + other]! & bit) === 0)
        this.set(ranCell + other, state[ranCell + other]! | bit);
    }
    const yields = this.nodes[thread]!.yields && !this.isAsleep(thread);
    const heldBack = yields ? (this.enabled | this.timed) & ~state[ranCell + thread]! & ~bit : 0;
    if (state[heldBackCell + thread] !== heldBack) this.set(heldBackCell + thread, heldBack);
    if (state[ranCell + thread] !== 0) this.set(ranCell + thread, 0);
  }

  #saveMemory(operation: Operation): void {
    const cell = operation.offset >> 2;
    this.set(cell, this.state[cell]!);
    if (ELEMENT_BYTES[operation.type] === 8) this.set(cell + 1, this.state[cell + 1]!);
  }
}

const NOBODY: number[] = [];
const spins = (history: History): boolean => history.spins;
