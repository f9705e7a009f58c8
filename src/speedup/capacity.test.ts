import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { measureCapacity } from './capacity.ts';

test('capacity lies between nothing gained and every Worker a processor of its own', async () => {
  const { capacity, workers, processors, unsteadiness } = await measureCapacity({ workers: 2, milliseconds: 60 });
  expect(processors).toBe(availableParallelism());
  expect(workers).toBe(2);
  expect(capacity).toBeGreaterThan(0.3);
  // Where another program disturbed every run of the single Worker, the figure may pass 2, but not by much.
  expect(capacity).toBeLessThan(4);
  expect(unsteadiness).toBeGreaterThanOrEqual(1);
});
