// The task of the pools' suites. An item is an order: what the task is to do.
import { randomUUID } from 'node:crypto';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { resourceLimits, threadId } from 'node:worker_threads';
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
      readonly do: 'where' | 'overlap' | 'crash' | 'unclonable' | 'shared memory' | 'kill';
      readonly tag?: string;
    }
  /** Returns the limit that this Worker was given for its old generation, in MiB. */
  | { readonly do: 'limit' }
  /** Fills that much of the heap, and returns once it has. */
  | { readonly do: 'memory'; readonly mib: number }
  /** Marks `own`, then blocks until all of `others` are marked too; the result says whether they were in time. */
  | { readonly do: 'meet'; readonly board: Board; readonly own: string; readonly others: readonly string[] }
  | { readonly do: 'mark'; readonly board: Board; readonly own: string }
  /** Marks `own`, then computes or waits forever. */
  | { readonly do: 'spin' | 'wait forever'; readonly board: Board; readonly own: string }
  | { readonly do: 'throw' | 'throw later'; readonly what: What }
  /** Throws the value itself, or an Error with that code and that cause. */
  | { readonly do: 'throw value'; readonly value: unknown }
  | { readonly do: 'throw error'; readonly name: string; readonly code: unknown; readonly cause: unknown }
  /** If `board` is given, only the first of them ends its Worker: a pool that tries again gets a result. */
  | { readonly do: 'exit'; readonly code: number; readonly board?: Board }
  /** Returns a result and ends its Worker one turn of the event loop later. */
  | { readonly do: 'exit afterwards'; readonly value: string }
  | { readonly do: 'add'; readonly cells: Int32Array };

type What = 'shop error' | 'type error' | 'null' | 'undefined' | 'text' | 'function';

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
    case 'throw value':
      throw order.value;
    case 'throw error':
      throw Object.assign(new (builtIns[order.name] ?? Error)('no tea left', { cause: order.cause }), {
        code: order.code,
      });
    case 'exit':
      if (order.board && isMarked(order.board, 'lost')) return 'ran a second time';
      if (order.board) mark(order.board, 'lost');
      return process.exit(order.code);
    case 'exit afterwards':
      setImmediate(() => process.exit(5));
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
