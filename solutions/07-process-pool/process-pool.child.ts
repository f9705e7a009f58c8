import { inspect } from 'node:util';
import { isSerializable, pack } from './error-parcel.ts';
import type { Answer, Chunk } from './worker-pool.ts';

// Without a parent there is no more work. While a task computes, this event has to wait; then the parent's exit
// listener ends the child.
process.once('disconnect', () => process.exit());

const [, , taskModule = ''] = process.argv;
const { default: task } = (await import(taskModule)) as { default: unknown };
if (typeof task !== 'function')
  throw new TypeError(`${taskModule} must have a function (item) => result as its default export`);

// The pool sends nothing to a busy child, so an answer needs no number.
process.on('message', ({ items }: Chunk<unknown>) => void reply(items));

async function reply(items: readonly unknown[]): Promise<void> {
  const answer = await work(items);
  try {
    process.send?.(answer);
  } catch (error) {
    process.send?.(unsendable(items, answer, error));
  }
}

/** Runs the task on one item after another and stops at the first that fails. */
async function work(items: readonly unknown[]): Promise<Answer<unknown>> {
  const results: unknown[] = [];
  try {
    for (const item of items) results.push(await (task as (item: unknown) => unknown)(item));
  } catch (thrown) {
    return { failed: { offset: results.length, parcel: pack(thrown, isSerializable) } };
  }
  return { results };
}

/** Called only after sending has failed: to test every result beforehand would double the cost of a chunk. */
function unsendable(items: readonly unknown[], answer: Answer<unknown>, cause: unknown): Answer<unknown> {
  const offset = Math.max(0, answer.results?.findIndex((result) => !isSerializable(result)) ?? 0);
  const error = new TypeError(
    `The result for ${inspect(items[offset])} cannot be sent back: a result must be data, without functions in it`,
    { cause },
  );
  return { failed: { offset, parcel: pack(error, isSerializable) } };
}
