import { inspect } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { isClonable, pack } from './error-parcel.ts';
import type { Answer, Chunk } from './worker-pool.ts';

const port = parentPort!;
const taskModule = workerData as string;
const { default: task } = (await import(taskModule)) as { default: unknown };
// Not caught: it ends this Worker, and the pool tells the error to whoever waits for the item.
if (typeof task !== 'function')
  throw new TypeError(`${taskModule} must export its task as default, a function (item) => result`);

// The pool sends a Worker one chunk at a time, so an answer needs no number.
port.on('message', ({ items }: Chunk<unknown>) => void reply(items));

async function reply(items: readonly unknown[]): Promise<void> {
  const answer = await work(items);
  try {
    port.postMessage(answer);
  } catch (error) {
    port.postMessage(unsendable(items, answer, error));
  }
}

/** Runs the task on one item after another, up to the first that fails. */
async function work(items: readonly unknown[]): Promise<Answer<unknown>> {
  const results: unknown[] = [];
  try {
    for (const item of items) results.push(await (task as (item: unknown) => unknown)(item));
  } catch (thrown) {
    return { failed: { offset: results.length, parcel: pack(thrown) } };
  }
  return { results };
}

/** Finds the result that cannot be sent only now: a test of every result would double the work of those that can. */
function unsendable(items: readonly unknown[], answer: Answer<unknown>, cause: unknown): Answer<unknown> {
  const offset = Math.max(0, answer.results?.findIndex((result) => !isClonable(result)) ?? 0);
  const error = new TypeError(
    `The result for ${inspect(items[offset])} cannot be sent back: return data, without functions and the like`,
    { cause },
  );
  return { failed: { offset, parcel: pack(error) } };
}
