import { inspect } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { isClonable, pack } from './error-parcel.ts';
import type { Answer, Chunk } from './worker-pool.ts';

const port = parentPort!;
const taskModule = workerData as string;
const { default: task } = (await import(taskModule)) as { default: unknown };
// Not caught: it ends this Worker with an 'error' event, and the item rejects with it.
if (typeof task !== 'function')
  throw new TypeError(`${taskModule} must have a function (item) => result as its default export`);

// The pool sends nothing to a busy Worker, so an answer needs no number.
port.on('message', ({ items }: Chunk<unknown>) => void reply(items));

async function reply(items: readonly unknown[]): Promise<void> {
  const answer = await work(items);
  try {
    port.postMessage(answer);
  } catch (error) {
    port.postMessage(unsendable(items, answer, error));
  }
}

/** Runs the task on one item after another and stops at the first that fails. */
async function work(items: readonly unknown[]): Promise<Answer<unknown>> {
  const results: unknown[] = [];
  try {
    for (const item of items) results.push(await (task as (item: unknown) => unknown)(item));
  } catch (thrown) {
    return { failed: { offset: results.length, parcel: pack(thrown) } };
  }
  return { results };
}

/** Called only after sending has failed: to test every result beforehand would double the cost of a chunk. */
function unsendable(items: readonly unknown[], answer: Answer<unknown>, cause: unknown): Answer<unknown> {
  const offset = Math.max(0, answer.results?.findIndex((result) => !isClonable(result)) ?? 0);
  const error = new TypeError(
    `The result for ${inspect(items[offset])} cannot be sent back: a result must be data, without functions in it`,
    { cause },
  );
  return { failed: { offset, parcel: pack(error) } };
}
