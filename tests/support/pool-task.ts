// The task of the pools' suites. An item is an order: what the task is to do.
import { randomUUID } from 'node:crypto';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { isMainThread, resourceLimits, threadId } from 'node:worker_threads';
import { blockUntilMarked, gaveUp, isMarked, mark, type Board } from './pool-board.ts';

/** Where an item ran. */
export interface Place {
  readonly pid: number;
  readonly threadId: number;
  /** Differs each time this module is loaded. */
  readonly instance: string;
  /** How many orders of this kind this instance has seen, this one included. */
  readonly count: number;
}

export type Order =
  | { readonly do: 'echo' | 'echo later'; readonly value: unknown }
  | {
      readonly do: 'where' | 'overlap' | 'crash' | 'memory' | 'unclonable' | 'shared memory' | 'kill';
      readonly tag?: string;
    }
  /** Marks `own`, then blocks until all of `others` are marked too; the result says whether they were in time. */
  | { readonly do: 'meet'; readonly board: Board; readonly own: string; readonly others: readonly string[] }
  | { readonly do: 'mark'; readonly board: Board; readonly own: string }
  /** Marks `own`, then computes or waits forever. */
  | { readonly do: 'spin' | 'wait forever'; readonly board: Board; readonly own: string }
  | { readonly do: 'throw' | 'throw later'; readonly what: keyof typeof thrown }
  | { readonly do: 'exit'; readonly code: number }
  /** Ends its Worker, but only the first time: whoever tries the item again gets a result. */
  | { readonly do: 'exit once'; readonly board: Board; readonly own: string }
  /** Returns a result and ends its Worker one turn of the event loop later. */
  | { readonly do: 'exit afterwards'; readonly board: Board; readonly own: string }
  | { readonly do: 'add'; readonly cells: Int32Array };

const instance = randomUUID();
let count = 0;
let running = 0;

/** @returns what the order asks for; see {@link Order} */
export default function task(order: Order): unknown {
  switch (order.do) {
    case 'echo':
      return order.value;
    case 'echo later':
      return delay(5, order.value);
    case 'where':
      return place();
    case 'overlap':
      return overlap();
    case 'meet':
      mark(order.board, order.own);
      return meet(order);
    case 'mark':
      mark(order.board, order.own);
      return order.own;
    case 'spin':
      mark(order.board, order.own);
      for (;;);
    case 'throw':
      return raise(thrown[order.what]());
    case 'throw later':
      return turn().then(() => raise(thrown[order.what]()));
    case 'unclonable':
      return { tag: order.tag, call: () => 1 };
    case 'shared memory':
      return new SharedArrayBuffer(4);
    case 'wait forever':
      mark(order.board, order.own);
      return new Promise(() => setInterval(() => {}, 1_000));
    case 'exit':
      return process.exit(order.code);
    case 'exit once':
      if (isMarked(order.board, order.own)) return 'tried again';
      mark(order.board, order.own);
      return process.exit(3);
    case 'exit afterwards':
      process.on('exit', () => mark(order.board, order.own));
      setImmediate(() => process.exit(5));
      return order.own;
    case 'crash':
      setImmediate(() => {
        throw new RangeError('nobody catches this');
      });
      return new Promise(() => {});
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => {});
    case 'memory':
      return fillHeap();
    case 'add':
      return Atomics.add(order.cells, 0, 1);
  }
}

/**
 * Needs more memory than the pools' limit of 32 MB.
 * @returns after it has filled more than that: without a limit, nothing ends it
 */
function fillHeap(): number {
  // A thread asks what limit it was given: the flags of a process take precedence over it, so it may not bite.
  if (!isMainThread && (resourceLimits.maxOldGenerationSizeMb ?? Infinity) > 100) return 0;
  const heap: unknown[] = [];
  // Fractions: the garbage collector does not search such arrays, so the heap is full soon.
  while (!isMainThread || heap.length < 1_500) heap.push(new Array(20_000).fill(0.5));
  return heap.length;
}

function meet({ board, own, others }: Extract<Order, { do: 'meet' }>): boolean {
  const met = blockUntilMarked(board, others);
  if (!met) mark(board, gaveUp(own));
  return met;
}

function place(): Place {
  return { pid: process.pid, threadId, instance, count: ++count };
}

/** @returns the largest number of such orders that this instance had in progress while this one was */
async function overlap(): Promise<number> {
  let most = ++running;
  for (let turns = 0; turns < 20; turns++) {
    await turn();
    most = Math.max(most, running);
  }
  running--;
  return most;
}

class ShopError extends Error {
  override name = 'ShopError';
  code = 'SOLD_OUT';
}

/** A task can throw anything, not only errors. */
function raise(value: unknown): never {
  throw value as Error;
}

/** What the task can throw. Classes, codes and causes are more than Error, a text and an Error. */
const thrown = {
  'shop error': () =>
    new ShopError('no tea left', { cause: Object.assign(new TypeError('the shelf is empty'), { code: 'EMPTY' }) }),
  'numbered error': () => Object.assign(new Error('shelf 42 is broken', { cause: 0 }), { code: 42 }),
  'error with a cause in words': () =>
    Object.assign(new Error('no cups left', { cause: 'all are broken' }), { code: 0 }),
  'type error': () => new TypeError('that is no tea'),
  'range error': () => new RangeError('that is no tea'),
  'syntax error': () => new SyntaxError('that is no tea'),
  null: () => null,
  undefined: () => undefined,
  text: () => 'a text',
  'empty text': () => '',
  zero: () => 0,
  false: () => false,
  function: () => () => 1,
};
