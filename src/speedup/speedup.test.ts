import { describe, expect, test } from 'vitest';
import type { Run } from './rounds.ts';
import { expectFaster, measureSpeedup } from './speedup.ts';

const runs: string[] = [];
const contest = (candidate: Partial<Run>) => {
  const role =
    (name: string, wallMilliseconds: number, more: Partial<Run> = {}) =>
    (round: number) => {
      runs.push(`${name} ${round}`);
      return Promise.resolve({
        wallMilliseconds,
        value: round * 7,
        cpuMilliseconds: 1000,
        offeredParallelism: 2,
        idleShare: 0,
        workers: { peak: 2 },
        children: { peak: 0 },
        ...more,
      });
    };
  runs.length = 0;
  return {
    baseline: role('baseline', 1000),
    reference: role('reference', 500),
    candidate: role('candidate', 520, candidate),
    input: (round: number) => round,
    parallel: 2,
  };
};

describe('rounds', () => {
  test('rotate the order, drop the first, and end as soon as two have passed', async () => {
    const report = await measureSpeedup(contest({}));
    expect(report.rounds.candidate).toHaveLength(2);
    expect(runs).toEqual([
      'baseline 0',
      'reference 0',
      'candidate 0',
      'reference 1',
      'candidate 1',
      'baseline 1',
      'candidate 2',
      'baseline 2',
      'reference 2',
    ]);
  });
  test('are all run, and run again, before an answer fails', async () => {
    const report = await measureSpeedup({ ...contest({ wallMilliseconds: 990, offeredParallelism: 1 }), rounds: 3 });
    expect(report.judgement).toMatchObject({ verdict: 'fail' });
    expect(runs).toHaveLength(2 * 4 * 3);
  });
  test('in a hurry are two, and two again, where no clock is needed to see the fault', async () => {
    const sequential = { wallMilliseconds: 990, offeredParallelism: 1 };
    expect(await measureSpeedup({ ...contest(sequential), hurried: true })).toMatchObject({
      judgement: { verdict: 'fail' },
    });
    expect(runs).toHaveLength(2 * 3 * 3);
    await measureSpeedup({ ...contest({ wallMilliseconds: 990, idleShare: 0.5 }), hurried: true });
    expect(runs).toHaveLength(2 * 5 * 3);
  });
  test('find a wrong answer, however fast', async () => {
    await expect(measureSpeedup(contest({ value: 3 }))).rejects.toMatchObject({
      verdict: 'failed',
      message: expect.stringContaining('The answer came out as') as string,
    });
  });
});

describe('a suite', () => {
  const said: (readonly [string, string?])[] = [];
  const annotate = (...words: [string, string?]) => Promise.resolve(said.push(words));
  test('fails with the reason and the chart', async () => {
    const report = await measureSpeedup(contest({ wallMilliseconds: 990, workers: { peak: 1 } }));
    await expect(expectFaster(report, annotate)).rejects.toMatchObject({
      verdict: 'sequential in disguise',
      message: expect.stringMatching(/at most 1 of the 2 Workers[^]*sequential █+ 1\.00 s\nyours/) as string,
    });
  });
  test('passes with a note where the machine cannot tell', async () => {
    await expectFaster(await measureSpeedup({ ...contest({}), reference: contest({}).baseline }), annotate);
    expect(said.at(-1)).toEqual([expect.stringContaining('No verdict from the clock'), 'inconclusive']);
  });
});
