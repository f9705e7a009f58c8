// The task of the pools' suites. An item is an order: what the task is to do.
import { randomUUID } from 'node:crypto';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { resourceLimits, threadId } from 'node:worker_threads';
import { cpuTime } from './cpu-time.ts';
import { blockUntilMarked, done, gaveUp, isMarked, mark, marked, type Board } from './pool-board.ts';

/** Where an item ran. */
export interface Place {
  readonly pid: number;
  readonly threadId: number;
  /** Differs each time this module is loaded. */
  readonly instance: string;
  /** How many orders of this kind this instance has seen, this one included. */
  readonly count: number;
  /** Whether no other order of this kind was under way in this instance. */
  readonly alone: boolean;
}

export type Order =
  | { readonly do: 'echo' | 'echo later'; readonly value: unknown }
  | {
      readonly do:
        'where' | 'overlap' | 'crash' | 'unclonable' | 'shared memory' | 'kill' | 'count arguments' | 'handle SIGTERM';
      readonly tag?: unknown;
    }
  /**
   * Marks `own` and waits until `until` is marked, while its thread goes on with whatever else it is given. Marks its
   * end, too.
   */
  | { readonly do: 'hold'; readonly board: Board; readonly own: string; readonly until: string }
  /** Returns the same bytes each time, or the same ArrayBuffer, of two bytes or of two MiB. */
  | { readonly do: 'kept bytes' | 'kept buffer' | 'kept large buffer' }
  /** Marks `own`, then waits forever, and marks `outlived` if it still runs some time after a SIGTERM. */
  | { readonly do: 'ignore SIGTERM'; readonly board: Board; readonly own: string }
  /** Returns the largest size of this process's heap, in bytes. */
  | { readonly do: 'heap limit' }
  /** Returns the limit that this Worker was given for its old generation, in MiB. */
  | { readonly do: 'limit' }
  /** Fills that much of the heap, and returns once it has. */
  | { readonly do: 'memory'; readonly mib: number }
  /** Marks `own`, then blocks until all of `others` are marked too; the result says whether they were in time. */
  | { readonly do: 'meet'; readonly board: Board; readonly own: string; readonly others: readonly string[] }
  | { readonly do: 'mark'; readonly board: Board; readonly own: string }
  /** Marks `own`, then computes or waits forever. What is deaf handles SIGTERM, so that this doesn't end it. */
  | { readonly do: 'spin' | 'deaf spin' | 'wait forever'; readonly board: Board; readonly own: string }
  | { readonly do: 'throw' | 'throw later'; readonly what: What }
  /** Blocks until `other` is marked, and throws then. */
  | { readonly do: 'throw after'; readonly board: Board; readonly other: string }
  /** Throws the value itself, or an Error with that code and that cause. */
  | { readonly do: 'throw value'; readonly value: unknown }
  | { readonly do: 'throw error'; readonly name: string; readonly code: unknown; readonly cause: unknown }
  /** If `board` is given, only the first one with that mark ends its Worker: a pool that tries again gets a result. */
  | { readonly do: 'exit'; readonly code: number; readonly board?: Board; readonly own?: string }
  /** Returns a result, and ends its Worker when `until` is marked. */
  | {
      readonly do: 'exit afterwards' | 'crash afterwards';
      readonly value: string;
      readonly board: Board;
      readonly until: string;
    }
  | { readonly do: 'add'; readonly cells: Int32Array };

export type What =
  | 'shop error'
  | 'nameless error'
  | 'renamed error'
  | 'DOMException'
  | 'AggregateError'
  | 'circular cause'
  | 'unsendable cause'
  | 'unsendable field'
  | 'shared field'
  | 'type error'
  | 'null'
  | 'undefined'
  | 'text'
  | 'function';

class ShopError extends Error {
  override name = 'ShopError';
  code = 'SOLD_OUT';
}

/** Nothing in it sets the name, so its errors have that of the class that it extends. */
class NamelessError extends Error {
  code = 'SOLD_OUT';
}

const instance = randomUUID();
const bytes = new Uint8Array([1, 2, 3]);
const { buffer } = new Uint8Array([4, 5]);
const { buffer: largeBuffer } = new Uint8Array(2 ** 21);
let count = 0;
let running = 0;

/** @returns what the order asks for; see {@link Order} */
export default function task(order: Order | Uint8Array, ...others: unknown[]): unknown {
  if (order instanceof Uint8Array) return order.length;
  switch (order.do) {
    case 'echo':
      return order.value;
    case 'echo later':
      return delay(5, order.value);
    case 'where':
      return place();
    case 'overlap':
      return overlap();
    case 'hold':
      return hold(order);
    case 'count arguments':
      return 1 + others.length;
    case 'handle SIGTERM':
      process.on('SIGTERM', () => {});
      return 'handled';
    case 'kept bytes':
      return bytes;
    case 'kept buffer':
      return buffer;
    case 'kept large buffer':
      return largeBuffer;
    case 'meet':
      mark(order.board, order.own);
      return meet(order);
    case 'mark':
      mark(order.board, order.own);
      return order.own;
    case 'spin':
    case 'deaf spin':
      if (order.do === 'deaf spin') process.on('SIGTERM', () => {});
      mark(order.board, order.own);
      for (;;);
    case 'throw':
      throw thrown(order.what);
    case 'throw later':
      return turn().then(() => {
        throw thrown(order.what);
      });
    case 'unclonable':
      // Without the tag: the message must show the item, and not the result.
      return { call: () => 1 };
    case 'shared memory':
      return new SharedArrayBuffer(4);
    case 'wait forever':
      mark(order.board, order.own);
      return new Promise(() => setInterval(() => {}, 1_000));
    case 'ignore SIGTERM':
      process.on('SIGTERM', () => {
        // A SIGKILL that comes along with it comes before this has ended.
        for (const start = cpuTime(); cpuTime() - start < 200_000;);
        mark(order.board, 'outlived');
      });
      mark(order.board, order.own);
      return new Promise(() => setInterval(() => {}, 1_000));
    case 'heap limit':
      return getHeapStatistics().heap_size_limit;
    case 'throw after':
      blockUntilMarked(order.board, [order.other]);
      throw new Error('too late');
    case 'throw value':
      throw order.value;
    case 'throw error':
      throw Object.assign(new (builtIns[order.name] ?? Error)('no tea left', { cause: order.cause }), {
        code: order.code,
      });
    case 'exit':
      return exit(order);
    case 'exit afterwards':
    case 'crash afterwards':
      void endAfterwards(order);
      return order.value;
    case 'crash':
      setImmediate(() => {
        throw new RangeError('nobody catches this');
      });
      return new Promise(() => {});
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => {});
    case 'limit':
      return resourceLimits.maxOldGenerationSizeMb;
    case 'memory':
      // Fractions: the garbage collector does not search such arrays, so the heap is full soon.
      return fill(order.mib);
    case 'add':
      return Atomics.add(order.cells, 0, 1);
  }
}

function meet({ board, own, others }: Extract<Order, { do: 'meet' }>): boolean {
  // Once one of them has given up, they don't run at the same time: the others need not wait as long again.
  const hopeless = others.some((other) => isMarked(board, gaveUp(other)));
  const met = !hopeless && blockUntilMarked(board, others);
  if (!met) mark(board, gaveUp(own));
  return met;
}

function exit({ code, board, own = 'lost' }: Extract<Order, { do: 'exit' }>): string {
  if (board && isMarked(board, own)) return 'ran a second time';
  if (board) mark(board, own);
  return process.exit(code);
}

async function endAfterwards({
  do: how,
  board,
  until,
}: Extract<Order, { do: 'exit afterwards' | 'crash afterwards' }>): Promise<never> {
  await marked(board, until);
  if (how === 'exit afterwards') process.exit(5);
  throw new RangeError('nobody catches this');
}

async function place(): Promise<Place> {
  const here = { pid: process.pid, threadId, instance, count: ++count };
  return { ...here, alone: (await overlap(1)) === 1 };
}

async function hold({ board, own, until }: Extract<Order, { do: 'hold' }>): Promise<void> {
  running++;
  mark(board, own);
  await marked(board, until);
  running--;
  mark(board, done(own));
}

/** @returns the largest number of such orders that this instance had in progress while this one was */
async function overlap(turnsInAll = 20): Promise<number> {
  let most = ++running;
  for (let turns = 0; turns < turnsInAll; turns++) {
    await turn();
    most = Math.max(most, running);
  }
  running--;
  return most;
}

function fill(mib: number): string {
  const heap: unknown[] = [];
  for (let bytes = 0; bytes < mib * 2 ** 20; bytes += 160_000) heap.push(new Array(20_000).fill(0.5));
  return `${heap.length > 0 ? mib : 0} MiB`;
}

const builtIns: Record<string, ErrorConstructor> = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

function thrown(what: What): unknown {
  switch (what) {
    case 'shop error':
      return new ShopError('no tea left', {
        cause: Object.assign(new TypeError('the shelf is empty'), { code: 'EMPTY' }),
      });
    case 'nameless error':
      return new NamelessError('no tea left');
    case 'renamed error':
      return Object.assign(new Error('no tea left'), { name: 'SoldOut', code: 'SOLD_OUT' });
    case 'DOMException':
      return new DOMException('no tea left', 'NotFoundError');
    case 'AggregateError':
      return Object.assign(new AggregateError([1, 2], 'no tea left'), { code: 'SOLD_OUT' });
    case 'circular cause': {
      const error = Object.assign(new Error('no tea left'), { code: 'SOLD_OUT' });
      error.cause = new Error('the shelf is empty', { cause: error });
      return error;
    }
    case 'unsendable cause':
      return new Error('no tea left', { cause: () => 1 });
    case 'unsendable field':
      return Object.assign(new Error('no tea left'), { code: 'SOLD_OUT', order: () => 1 });
    case 'shared field':
      return Object.assign(new Error('no tea left'), { code: 'SOLD_OUT', shelf: new SharedArrayBuffer(4) });
    case 'type error':
      return new TypeError('that is no tea');
    case 'null':
      return null;
    case 'undefined':
      return undefined;
    case 'text':
      return 'a text';
    case 'function':
      return () => 1;
  }
}
