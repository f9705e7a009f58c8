import { afterAll, expect, test } from 'vitest';
import { closeAgents, explore } from '../index.ts';
import type { MemorySpec } from './index.ts';

const module = new URL('../testing/fixtures/threads/array-uses.ts', import.meta.url);

afterAll(closeAgents);

/** What a body returns when it runs alone, and how many steps that took. */
async function alone(body: string, memory: MemorySpec): Promise<{ returned: unknown; memory: unknown; steps: number }> {
  const report = await explore({ module, threads: { A: body }, memory });
  expect(report).toMatchObject({ verdict: 'pass', schedules: 1 });
  return { returned: report.outcomes[0]!.returns['A'], memory: report.outcomes[0]!.memory, steps: report.steps };
}

test('the methods of typed arrays work, element by element', async () => {
  const { returned, memory } = await alone('usesMethods', { words: 4 });
  expect(returned).toEqual({
    instance: true,
    view: true,
    sizes: [4, 16, 0, 8],
    all: [3, 1, 3, 3],
    sum: 10,
    found: 0,
    copy: [6, 2, 6, 6],
    slice: [3, 3],
    joined: '3,1,3,3',
    outside: true,
  });
  expect(memory).toEqual({ words: [3, 1, 3, 3] });
});

test('other element types read and wrap as they do natively', async () => {
  const { returned, memory, steps } = await alone('usesOtherTypes', {
    words: 1,
    big: { type: 'BigInt64Array', initial: [2n] },
    small: { type: 'Uint8Array', length: 2 },
  });
  expect(returned).toEqual([2 ** 32 - 1, 2 ** 32 - 1, 1, 2n, -3n, 257, 1, 44, true]);
  expect(memory).toEqual({ words: [1], big: [-3n], small: [7, 1] });
  expect(steps).toBe(10);
});

test('what cannot be followed is refused with a sentence', async () => {
  expect((await alone('refused', { words: 2 })).returned).toEqual([
    'The explorer cannot follow a DataView over shared memory; use an integer typed array such as Int32Array.',
    'The explorer cannot follow a Float64Array over shared memory; use an integer typed array such as Int32Array.',
    'The explorer cannot follow a Buffer over shared memory; use an integer typed array such as Uint8Array.',
    'The explorer does not support Atomics.waitAsync; let the body sleep in Atomics.wait.',
    'Invalid atomic access index',
    'Atomics.wait works on an Int32Array or a BigInt64Array only.',
  ]);
});

test('memory of its own stays native', async () => {
  expect(await alone('ownMemory', { words: 1 })).toMatchObject({ returned: [2, 40, 2, 2, 2], steps: 1 });
});
