import { describe, expect, test } from 'vitest';
import { judge } from './judgement.ts';
import type { Rounds, Run } from './rounds.ts';

const run = (wallMilliseconds: number, more: Partial<Run> = {}): Run => ({
  wallMilliseconds,
  cpuMilliseconds: 1000,
  offeredParallelism: 2,
  idleShare: 0,
  workers: { peak: 2 },
  children: { peak: 0 },
  ...more,
});
const sequential = run(1000, { offeredParallelism: 1, workers: { peak: 0 } });
const rounds = (candidate: Run, reference: Run = run(520), baseline: Run = sequential): Rounds => ({
  candidate: [candidate],
  reference: [reference],
  baseline: [baseline],
});

describe('on a machine that can tell', () => {
  test('an answer as fast as the reference passes', () => {
    expect(judge(rounds(run(520)), 2)).toMatchObject({ verdict: 'pass' });
  });
  test('three quarters of the speed-up are enough, less is not', () => {
    expect(judge(rounds(run(690)), 2)).toMatchObject({ verdict: 'pass' });
    expect(judge(rounds(run(750, { idleShare: 0.3 })), 2)).toMatchObject({
      verdict: 'fail',
      fault: 'sequential in disguise',
    });
  });
  test('the best round counts: one that was disturbed does no harm', () => {
    expect(judge({ ...rounds(run(520)), candidate: [run(2000), run(530)] }, 2)).toMatchObject({ verdict: 'pass' });
  });
});

describe('whatever the clock says', () => {
  const slowReference = run(1010);
  test.each([
    ['one Worker at a time is sequential', { workers: { peak: 1 } }, 'sequential in disguise'],
    ['two Workers of which one works is sequential', { offeredParallelism: 1.1 }, 'sequential in disguise'],
    ['a third of the CPU time is too little for the work', { cpuMilliseconds: 330 }, 'did not do the work'],
    ['twice the CPU time is waste', { cpuMilliseconds: 2000 }, 'busy wait'],
  ] as const)('%s', (_, witness, fault) => {
    expect(judge(rounds(run(520, witness)), 2)).toMatchObject({ verdict: 'fail', fault });
    expect(judge(rounds(run(1010, witness), slowReference), 2)).toMatchObject({ verdict: 'fail', fault });
  });
  test('processes count as Workers do', () => {
    expect(judge(rounds(run(520, { workers: { peak: 0 }, children: { peak: 2 } })), 2)).toMatchObject({
      verdict: 'pass',
    });
  });
});

describe('on a machine that cannot tell', () => {
  test('a reference that is no faster gives no verdict, as on one processor', () => {
    expect(judge(rounds(run(1010), run(1010)), 2)).toMatchObject({ verdict: 'inconclusive' });
  });
  test('an answer that did everything right and was slow all the same was starved', () => {
    expect(judge(rounds(run(950)), 2)).toMatchObject({ verdict: 'inconclusive' });
  });
  test('where the system tells nothing but the clock, the clock decides', () => {
    const blind = { cpuMilliseconds: undefined, offeredParallelism: undefined, idleShare: undefined };
    expect(judge(rounds(run(950, blind), run(520, blind)), 2)).toMatchObject({ verdict: 'fail' });
    expect(judge(rounds(run(520, blind), run(520, blind)), 2)).toMatchObject({ verdict: 'pass' });
  });
});
