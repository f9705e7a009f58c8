import { describe, expect, test } from 'vitest';
import type { BaseReport, Reason } from '#src/interleave/index.ts';
import { Finding } from '#src/verdict/index.ts';
import { expectPass, explorerFinding } from './explorer-finding.ts';

const report = (
  verdict: BaseReport['verdict'],
  sentence = 'Something happened.',
  reason: Reason = 'thrown',
): BaseReport => ({
  verdict,
  reason,
  sentence,
  coverage: '6 orders.',
  notes: [],
  token: 'p1:0,1',
  timeline: {
    lanes: ['A', 'B'],
    words: ['x'],
    initial: [0],
    rows: [{ step: 1, lane: 0, text: 'read → 0', file: undefined, line: undefined, preemption: false, values: [0] }],
  },
});

describe('a report becomes a finding', () => {
  test.each([
    ['violation', 'lost update'],
    ['deadlock', 'deadlock'],
    ['lost wake-up', 'deadlock'],
    ['livelock', 'livelock'],
    ['data race', 'data race'],
    ['uncontrolled access', 'failed'],
    ['stuck', 'timeout'],
    ['threw', 'failed'],
    ['unhandled rejection', 'crash'],
    ['not deterministic', 'failed'],
  ] as const)('%s: %s', (explored, verdict) => {
    expect(explorerFinding(report(explored), '08 x')).toMatchObject({ verdict });
  });

  test('with the sentence once, the timeline, and the command that shows it again', () => {
    const found = explorerFinding(report('violation', 'x is 1, wanted 2'), '08 two-deposits');
    expect(found).toBeInstanceOf(Finding);
    expect(found?.message.match(/wanted 2/g)).toHaveLength(1);
    expect(found?.evidence).toMatch(
      /^ +A +B +x\n[^]*read → 0[^]*\nstep through it: .* 08 two-deposits p1:0,1\nreplay: .* 08 two-deposits p1:0,1$/,
    );
    expect(found).toMatchObject({ timeline: { lanes: ['A', 'B'], rows: [{ step: 1, lane: 0, text: 'read → 0' }] } });
  });

  test('under the name that the suite gives it', () => {
    expect(explorerFinding(report('violation'), '11 x', { violation: 'wrong order' })).toMatchObject({
      verdict: 'wrong order',
    });
    expect(explorerFinding(report('deadlock'), '11 x', { violation: 'wrong order' })).toMatchObject({
      verdict: 'deadlock',
    });
  });

  test.each([
    ['process-exit', 'A called process.exit(3) (mutex.ts:37).', 'crash'],
    ['agent-ended', 'The code ended its own thread with exit code 4.', 'crash'],
    ['agent-ended', 'The agent was ended by Error: JS heap out of memory.', 'crash'],
    ['thrown', 'A threw TypeError: x is not a function (mutex.ts:9).', 'failed'],
    ['thrown', 'A threw Error: the child has exit code 1 (mutex.ts:9).', 'failed'],
  ] as const)('%s: %s', (reason, sentence, verdict) => {
    const found = explorerFinding(report('threw', sentence, reason), '11 x');
    expect(found).toMatchObject({ verdict });
    expect(found?.message.split('\n')[0]).toBe(sentence);
  });

  test('of a function that is not implemented yet: its message and its place', () => {
    const thrown = { name: 'Error', message: 'Not implemented yet', code: 'ERR_NOT_IMPLEMENTED' };
    const threw = report('threw', 'A threw Error: Not implemented yet (withdraw.ts:8).', 'not-implemented');
    const found = explorerFinding({ ...threw, thrown: { ...thrown, file: 'file:///x/withdraw.ts', line: 8 } }, '08 x');
    expect(found).toMatchObject({ verdict: 'not implemented', message: 'Not implemented yet (withdraw.ts:8).' });
    expect(explorerFinding({ ...threw, thrown }, '08 x')?.message).toBe('Not implemented yet.');
  });
});

test('a pass is no finding', () => {
  expect(explorerFinding(report('pass'), '08 x')).toBeUndefined();
  expect(() => expectPass(report('pass'), '08 x')).not.toThrow();
  expect(() => expectPass(report('violation'), '08 x')).toThrow(Finding);
});
