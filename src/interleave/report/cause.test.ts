import { describe, expect, test } from 'vitest';
import { causeOf } from './cause.ts';
import type { Reason } from './reasons.ts';
import type { Access, Timeline, TimelineRow } from './timeline.ts';

type Step = [lane: string, word: string, value: number, access: Partial<Access>, line?: number];

/** A schedule over `lock`, `count` and others; a line is one of the student's lock, none is the suite's own code. */
function timeline(...steps: Step[]): Timeline {
  const lanes = [...new Set(['A', 'B', ...steps.map(([lane]) => lane)])];
  const words = [...new Set(['lock', 'count', ...steps.map(([, word]) => word)])];
  const initial = words.map(() => 0);
  let values = initial;
  const rows = steps.map(([lane, word, value, access, line], at): TimelineRow => {
    values = values.map((old, index) => (words[index] === word ? value : old));
    return {
      step: at + 1,
      lane: lanes.indexOf(lane),
      text: '',
      file: line === undefined ? '/tests/bodies.ts' : '/exercises/12-mutex/mutex.ts',
      line: line ?? 1,
      preemption: false,
      values,
      access: { word, reads: false, writes: false, plain: false, sleeps: false, woke: undefined, ...access },
    };
  });
  return { lanes, words, initial, rows };
}

const cause = (reason: Reason, ...steps: Step[]) => {
  const found = causeOf({ reason, timeline: timeline(...steps) }, (file) => file.endsWith('mutex.ts'));
  return found && [found.row + 1, found.place.line, found.sentence];
};

const read = { reads: true, plain: true };
const write = { writes: true, plain: true };
const load = { reads: true };
const store = { writes: true };
const cas = { reads: true, writes: true };
const sleeps = { reads: true, sleeps: true };

test('a stale read: the read, not the write that shows it', () => {
  expect(
    cause(
      'invariant',
      ['A', 'lock', 0, load, 7],
      ['B', 'lock', 0, load, 7],
      ['B', 'lock', 1, store, 8],
      ['A', 'lock', 1, store, 8],
      ['A', 'count', 0, read],
      ['B', 'count', 0, read],
      ['B', 'count', 1, write],
      ['A', 'count', 1, write],
    ),
  ).toEqual([1, 7, 'A read lock at step 1, B changed it at step 3, and A went on with the old value at step 4.']);
});

test('two inside: the last step of the second thread before it went in', () => {
  expect(
    cause(
      'invariant',
      ['A', 'lock', 1, cas, 7],
      ['A', 'count', 0, read],
      ['B', 'lock', 1, load, 9],
      ['B', 'count', 0, read],
      ['B', 'count', 1, write],
      ['A', 'count', 1, write],
    ),
  ).toEqual([3, 9, 'B went on after step 3 while A was inside.']);
});

test('a deadlock: the release without a notify, or the last line of the one that never releases', () => {
  const waits: Step[] = [
    ['A', 'lock', 1, cas, 7],
    ['B', 'lock', 2, cas, 8],
    ['B', 'lock', 2, sleeps, 9],
  ];
  expect(cause('deadlock', ...waits, ['A', 'lock', 0, cas, 12])).toEqual([
    4,
    12,
    'A released lock at step 4 without a notify, although B slept.',
  ]);
  expect(cause('deadlock', ...waits)).toEqual([1, 7, 'A holds lock since step 1 and never releases it.']);
  expect(cause('deadlock', ...waits, ['A', 'lock', 1, cas, 15], ['A', 'lock', 0, cas, 12])).toEqual([
    4,
    15,
    'A changed lock from 2 to 1 at step 4, so the release did not know that B slept.',
  ]);
});

describe('a ring of waiting threads', () => {
  const takes = (lane: string, word: string): Step => [lane, word, 1, cas, 21];
  const waits = (lane: string, word: string): Step => [lane, word, 1, sleeps, 22];
  const three = [takes('A', 'x'), takes('B', 'y'), takes('C', 'z'), waits('A', 'y'), waits('B', 'z'), waits('C', 'x')];

  test('of three: what each one holds, and what it waits for', () => {
    expect(cause('deadlock', ...three)).toEqual([
      4,
      22,
      'A has held x since step 1 and waits for y; B has held y since step 2 and waits for z; C has held z since ' +
        'step 3 and waits for x.',
    ]);
  });

  test('of two, with a third thread that waits for one of them: the two', () => {
    const steps = [takes('B', 'y'), takes('C', 'z'), waits('A', 'y'), waits('B', 'z'), waits('C', 'y')];
    expect(cause('deadlock', ...steps)).toEqual([
      3,
      22,
      'B has held y since step 1 and waits for z; C has held z since step 2 and waits for y.',
    ]);
  });

  test('no ring: the thread that is waited for sleeps on something that nobody holds', () => {
    expect(cause('deadlock', takes('B', 'y'), waits('A', 'y'), ['B', 'gate', 0, sleeps, 23])).toEqual([
      2,
      22,
      'B holds y since step 1 and sleeps at step 3, and A waits for it at step 2.',
    ]);
  });
});

test('a row of a given file or of the suite is never the cause', () => {
  expect(cause('invariant', ['A', 'count', 0, read], ['B', 'count', 1, write], ['A', 'count', 1, write])).toBe(
    undefined,
  );
});
