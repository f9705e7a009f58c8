import { expect, test } from 'vitest';
import type { ShownTimeline } from '#src/interleave/index.ts';
import { momentAt } from './browser/moment.js';
import { sourceLines } from './browser/source-view.js';
import { toHtml } from './html.ts';

const timeline: ShownTimeline = {
  lanes: ['A', 'B'],
  words: ['lock', 'inside'],
  initial: ['0', ''],
  rows: [
    { step: 1, lane: 0, text: 'cas lock 0→1', place: 'mutex.ts:2', values: ['1', ''] },
    { lane: 0, text: 'is inside', values: ['1', 'A'] },
    { leftOut: '3 rows left out' },
    { step: 5, lane: 1, text: 'load lock → 1', place: ':1', values: ['1', 'A'], preempts: true, cause: true },
  ],
};

test('a moment says what happened, what changed and who is where', () => {
  const moments = [0, 1, 2, 3, 4].map((position) => momentAt(timeline, position));
  expect(moments.map(({ sentence }) => sentence)).toEqual([
    'Before the first step: lock is 0, inside is empty.',
    'Step 1, A: cas lock 0→1 (mutex.ts:2). lock: 0 → 1.',
    'A: is inside. inside: empty → A.',
    'Not shown: 3 rows left out.',
    'Step 5, B: load lock → 1 (line 1). The thread or task before it could have gone on. This is the step to look at.',
  ]);
  expect(moments[4]?.lines).toEqual([
    { file: 'mutex.ts', line: 2 },
    { file: '', line: 1 },
  ]);
  expect(momentAt({ ...timeline, file: 'a.ts' }, 4).at).toEqual({ file: 'a.ts', line: 1 });
  expect(momentAt({ lanes: ['A'], words: [], initial: [], rows: [] }, 0).sentence).toBe('Before the first step.');
});

test('the source has the current line and the lanes that were last seen in each', () => {
  const html = sourceLines('mutex.ts', 'a < b\n\nc\n', timeline.lanes, momentAt(timeline, 1)).map(toHtml);
  expect(html).toHaveLength(3);
  expect(html[0]).toContain('a &lt; b');
  expect(html.map((line) => line.includes('aria-current="step"'))).toEqual([false, true, false]);
  expect(html[1]).toContain('<b class="of-lane-0">A</b>');
});
