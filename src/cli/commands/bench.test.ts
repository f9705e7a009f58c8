import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { captureTerminal, cmd } from '../testing/cmd.ts';
import { bench } from './bench.ts';

test('runs a benchmark whose Workers are written in TypeScript, and prints as it goes', async () => {
  const { terminal, out } = captureTerminal();
  const files = { workers: new URL('../testing/fixtures/worker-bench.ts', import.meta.url) };
  expect(await bench({ root: tmpdir(), terminal }, [], {}, files)).toBe(0);
  expect(out).toEqual(['workers\n', 'measuring', '2 times as fast', '']);
}, 60_000);

test('names the benchmarks there are', async () => {
  await cmd(tmpdir(), 'bench', 'nothing')
    .error('There is no benchmark "nothing". The benchmarks are: interleave, pools.')
    .failure();
});
