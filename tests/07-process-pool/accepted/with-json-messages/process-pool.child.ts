import { inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { isSerializable, pack } from './error-parcel.ts';
import type { Answer, Chunk } from './worker-pool.ts';

// A child whose parent is gone has nobody to work for. (While a task spins it cannot hear that: see the parent's exit hook.)
process.once('disconnect', () => process.exit());

const [, , taskModule = ''] = process.argv;
const { default: task } = (await import(taskModule)) as { default: unknown };
if (typeof task !== 'function')
  throw new TypeError(`${taskModule} must export its task as default, a function (item) => result`);

// The pool sends a child one chunk at a time, so an answer needs no number.
process.on('message', (text: string) => void reply((deserialize(Buffer.from(text, 'base64')) as Chunk<unknown>).items));

async function reply(items: readonly unknown[]): Promise<void> {
  const answer = await work(items);
  try {
    process.send?.(serialize(answer).toString('base64'));
  } catch (error) {
    process.send?.(serialize(unsendable(items, answer, error)).toString('base64'));
  }
}

/** Runs the task on one item after another, up to the first that fails. */
async function work(items: readonly unknown[]): Promise<Answer<unknown>> {
  const results: unknown[] = [];
  try {
    for (const item of items) results.push(await (task as (item: unknown) => unknown)(item));
  } catch (thrown) {
    return { failed: { offset: results.length, parcel: pack(thrown, isSerializable) } };
  }
  return { results };
}

/** Finds the result that cannot be sent only now: a test of every result would double the work of those that can. */
function unsendable(items: readonly unknown[], answer: Answer<unknown>, cause: unknown): Answer<unknown> {
  const offset = Math.max(0, answer.results?.findIndex((result) => !isSerializable(result)) ?? 0);
  const error = new TypeError(
    `The result for ${inspect(items[offset])} cannot be sent back: return data, without functions and the like`,
    { cause },
  );
  return { failed: { offset, parcel: pack(error) } };
}
