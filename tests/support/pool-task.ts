// The task of the pools' suites. An item is an order: what the task is to do.
import { randomUUID } from 'node:crypto';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { blockUntilMarked, gaveUp, mark, type Board } from './pool-board.ts';

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
  | { readonly do: 'throw'; readonly what: 'shop error' | 'type error' | 'null' | 'undefined' | 'text' | 'function' }
  | {
      readonly do: 'throw later';
      readonly what: 'shop error' | 'type error' | 'null' | 'undefined' | 'text' | 'function';
    }
  | { readonly do: 'exit'; readonly code: number }
  /** Returns a result and ends its Worker one turn of the event loop later. */
  | { readonly do: 'exit afterwards'; readonly board: Board; readonly own: string }
  | { readonly do: 'add'; readonly cells: Int32Array };

class ShopError extends Error {
  override name = 'ShopError';
  code = 'SOLD_OUT';
}

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
      throw thrown(order.what);
    case 'throw later':
      return turn().then(() => {
        throw thrown(order.what);
      });
    case 'unclonable':
      return { tag: order.tag, call: () => 1 };
    case 'shared memory':
      return new SharedArrayBuffer(4);
    case 'wait forever':
      mark(order.board, order.own);
      return new Promise(() => setInterval(() => {}, 1_000));
    case 'exit':
      return process.exit(order.code);
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
      // Fractions: the garbage collector does not search such arrays, so the heap is full soon.
      for (const heap: unknown[] = []; ;) heap.push(new Array(20_000).fill(0.5));
    case 'add':
      return Atomics.add(order.cells, 0, 1);
  }
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

function thrown(what: Extract<Order, { do: 'throw' }>['what']): unknown {
  switch (what) {
    case 'shop error':
      return new ShopError('no tea left', {
        cause: Object.assign(new TypeError('the shelf is empty'), { code: 'EMPTY' }),
      });
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
