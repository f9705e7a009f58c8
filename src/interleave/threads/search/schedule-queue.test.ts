import { expect, test } from 'vitest';
import { explore } from '../explore.ts';
import type { InProcessBody } from '../model/index.ts';
import { ScheduleQueue } from './schedule-queue.ts';

test('a queue returns what was pushed, first in first out, and gives its memory back', () => {
  const queue = new ScheduleQueue();
  const path = Uint8Array.from({ length: 1000 }, (_, at) => at % 7);
  for (let each = 0; each < 1000; each++) queue.push(path, each, each % 8);
  const full = queue.bytes;
  for (let each = 0; each < 1000; each++) expect([...queue.shift()]).toEqual([...path.subarray(0, each), each % 8]);
  expect(queue.size).toBe(0);
  expect(full).toBeGreaterThan(500_000);
  expect(queue.bytes).toBeLessThan(full / 4);
  queue.push(path, 2, 5);
  expect([...queue.shift()]).toEqual([0, 1, 5]);
});

test('a search whose schedules would fill the memory stops at its budget, and the report names it', async () => {
  const body: InProcessBody = (memory, atomics) => {
    const { count } = memory as { count: Int32Array };
    for (let each = 0; each < 200; each++) atomics.add(count, 0, 1);
  };
  const report = await explore({
    threads: { A: body, B: body },
    memory: { count: 1 },
    bound: 3,
    budget: { milliseconds: 60_000, schedules: 1e9, megabytes: 2 },
  });
  expect(report).toMatchObject({ verdict: 'pass', reason: 'budget-memory' });
  expect(report.bound).toBeLessThan(3);
  expect(report.coverage).toContain('the budget is 2 MiB of memory');
});
