import { expect, test } from 'vitest';
import { cpuMilliseconds, findTree } from '#src/system/index.ts';
import { startBusyProcesses } from './busy.ts';

test('takes processors, and is gone when it is stopped', { timeout: 60_000 }, async () => {
  const before = new Set((await findTree({ pid: process.pid })).map(({ pid }) => pid));
  const stop = startBusyProcesses(2);
  const pids = (await findTree({ pid: process.pid })).map(({ pid }) => pid).filter((pid) => !before.has(pid));
  expect(pids).toHaveLength(2);
  // Off Linux the system does not tell; there the count is all that is checked.
  if (process.platform === 'linux')
    for (const pid of pids) await expect.poll(() => cpuMilliseconds(pid), { timeout: 30_000 }).toBeGreaterThan(200);
  await stop();
  expect((await findTree({ pid: process.pid })).map(({ pid }) => pid).filter((pid) => pids.includes(pid))).toEqual([]);
});
