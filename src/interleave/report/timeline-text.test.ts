import { expect, test } from 'vitest';
import { foldRows } from './fold-rows.ts';
import { shownTimeline } from './shown-timeline.ts';
import { timelineText } from './timeline-text.ts';
import type { Timeline, TimelineRow } from './timeline.ts';

const row = (step: number, lane: number, text: string, values: TimelineRow['values'] = [0]): TimelineRow => ({
  step,
  lane,
  text,
  file: undefined,
  line: undefined,
  preemption: false,
  values,
});

const text = (...shown: Parameters<typeof shownTimeline>): string[] => timelineText(shownTimeline(...shown));

const spins = Array.from({ length: 40 }, (_, at) => row(at + 2, 1, at % 2 === 0 ? 'load lock → 1' : 'pause'));
const timeline: Timeline = {
  lanes: ['A', 'B'],
  words: ['lock'],
  initial: [0],
  rows: [row(1, 0, 'cas lock 0→1'), ...spins],
};

test('rounds of the same rows are folded, and the cause is marked', () => {
  expect(text(timeline, new Set(), { cause: { row: 1 } })).toEqual([
    '       A             B              lock',
    '                                       0',
    '    1  cas lock 0→1                    0',
    '    2►               load lock → 1     0',
    '    3                pause             0',
    '       … the same 2 rows 19 more times, up to step 41 …',
    '',
    '    ► the step to look at',
  ]);
});

test('a step that a sentence names is shown, in the middle of a round and of a long timeline', () => {
  expect(text(timeline, new Set([20])).filter((line) => /^ +20 /.test(line))).toHaveLength(1);
  const long = { ...timeline, rows: Array.from({ length: 300 }, (_, at) => row(at + 1, 0, `write ${at}`)) };
  const lines = text(long, new Set([150]));
  expect(lines.filter((line) => /^ +150 /.test(line))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('left out')).map((line) => line.trim())).toEqual([
    '… 109 rows left out …',
    '… 110 rows left out …',
  ]);
});

test('rows are folded only where that saves some', () => {
  expect(foldRows(['a', 'a', 'a'], () => false)).toEqual([{ row: 0 }, { row: 1 }, { row: 2 }]);
  expect(foldRows(['a', 'a', 'a', 'a'], () => false)).toEqual([{ row: 0 }, { period: 1, times: 3, last: 3 }]);
});

test('no line is wider than 100 columns: lanes move together, and long texts and values are shortened', () => {
  const wide: Timeline = {
    lanes: ['A', 'B', 'C', 'D'],
    words: ['inside', 'lock files'],
    initial: ['', ''],
    rows: [0, 1, 2, 3].map((lane) =>
      row(lane + 1, lane, `link counter.lock.1b4e28ba-2fa1-11d2-883f-0016d3cca427 to counter.lock ${'x'.repeat(60)}`, [
        'A',
        'counter.lock:A '.repeat(20),
      ]),
    ),
  };
  const lines = text(wide, new Set());
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(lines[2]).toContain('link counter.lock.1b4e… to counter.lock');
  expect(lines[5]).toMatch(/^ {4}4 {5,}link/);
});
