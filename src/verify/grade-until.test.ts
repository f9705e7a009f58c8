import { describe, expect, test } from 'vitest';
import type { Check } from '#src/suite/index.ts';
import type { Verdict } from '#src/verdict/index.ts';
import { certainTasks } from './grade-until.ts';

const check = (id: string, state: Check['state'], verdict: Verdict = 'passed'): Check => ({
  id,
  task: Number(id.split('.')[0]),
  title: 'c',
  state,
  verdict,
  milliseconds: 1,
});

describe('the verdict of a task is certain', () => {
  test('when its first failed check and all before it have ended', () => {
    const later = check('2.3', 'failed', 'leak');
    const ended = [check('2.1', 'passed'), check('1.1', 'failed', 'failed'), later];
    expect(certainTasks(ended, [2])).toEqual([]);
    const open = check('2.2', 'inconclusive', 'inconclusive');
    expect(certainTasks([...ended, open], [2])).toEqual([
      { number: 2, verdict: 'leak', checks: [check('2.1', 'passed'), later, open] },
    ]);
    expect(certainTasks([...ended, check('2.2', 'failed', 'deadlock')], [1, 2])).toMatchObject([
      { number: 1, verdict: 'failed' },
      { number: 2, verdict: 'deadlock' },
    ]);
  });
  test('never by checks that passed or did not run', () =>
    expect(certainTasks([check('1.1', 'passed'), check('1.2', 'missing', 'failed')], [1])).toEqual([]));
});
