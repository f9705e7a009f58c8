import { expect, test } from 'vitest';
import { barChart } from './chart.ts';

test('draws a bar for each time, with the factor where there is one', () => {
  const chart = barChart([
    { label: 'sequential', milliseconds: 1620 },
    { label: 'yours', milliseconds: 1580, speedup: 1.02 },
    { label: 'reference', milliseconds: 860, speedup: 1.88 },
  ]);
  expect(chart).toBe(
    [
      'sequential ████████████████████ 1.62 s',
      'yours      ███████████████████▌ 1.58 s  1.02×',
      'reference  ██████████▋          0.86 s  1.88×',
    ].join('\n'),
  );
});
