import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Course, Exercise } from '#src/course/index.ts';
import type { ExerciseState, Outcome } from '#src/guide/index.ts';
import type { Check } from '#src/suite/index.ts';
import { captureTerminal } from '../../testing/cmd.ts';
import { next, opened, type SessionEvent } from '../state.ts';
import { widthOf } from './text-layout.ts';
import { frameOf } from './view.ts';

const { terminal } = captureTerminal();
const exercise = {
  ...{ id: '03', slug: '03-threads', title: 'Count down on threads', chapter: 'Threads', minutes: 40 },
  files: { student: ['split.ts'], given: [] },
  tasks: [
    { title: 'Split the range', points: 4 },
    { title: 'One Worker', points: 6 },
  ],
} as Exercise;
const course: Course = { version: 1, exercises: [exercise] };
const known = { points: null, verdict: null, wasSolved: false, missing: [] };
const states: ExerciseState[] = [{ ...known, exercise, state: 'in progress' }];
const check = (id: string, rest: Partial<Check> = {}): Check => ({
  ...{ id, task: Number(id[0]), title: `check ${id}`, state: 'passed', verdict: 'passed', milliseconds: 1 },
  ...rest,
});
const failed = check('2.1', {
  ...{ state: 'failed', verdict: 'deadlock', file: 'exercises/03-threads/split.ts', line: 12 },
  sentence: 'Both threads wait for each other, 漢字 included: '.repeat(4),
  evidence: Array.from({ length: 100 }, (_, at) => `step ${at}`).join('\n'),
});
const outcome = (checks: Check[], first?: Check): Outcome => ({
  ...{ exercise, project: 'exercises', points: 4, first, hasReference: true, milliseconds: 100 },
  result: { tasks: [{ number: 2, title: '', earned: false, verdict: first?.verdict ?? 'passed', checks }] },
});
const after = (...events: SessionEvent[]) => events.reduce(next, opened(course, exercise, states, new Set()));
const judged: SessionEvent = { type: 'judged', outcome: outcome([failed], failed), passed: new Set([1]), note: '' };
const frame = (state: ReturnType<typeof after>, columns: number, rows: number) =>
  frameOf(state, '/course', { columns, rows }, terminal);

describe.each([
  [80, 24],
  [40, 10],
  [200, 60],
  [24, 6],
])('on a screen of %d × %d', (columns, rows) => {
  test('fills it exactly, with the failure, its place and the keys', () => {
    const { rows: shown } = frame(after(judged), columns, rows);
    expect(shown).toHaveLength(rows);
    for (const row of shown) expect(widthOf(row)).toBeLessThanOrEqual(columns);
    expect(shown[1]).toMatch(/^✗ deadlock/);
    expect(shown[2]).toContain('split.ts:12');
    expect(shown.at(-1)).toContain('q quit');
  });

  test('scrolls to the last line, and keeps the failure in sight', () => {
    const { end } = frame(after(judged), columns, rows);
    const { rows: shown } = frame(after(judged, { type: 'scrolled', to: end }), columns, rows);
    expect(shown[1]).toMatch(/^✗ deadlock/);
    expect(shown.join('\n')).toContain('here.');
  });
});

test('keeps in sight what failed before a save, until it is known how it ends now', () => {
  const running = after(judged, { type: 'saved', names: ['split.ts'] }, { type: 'tasks', tasks: [2] });
  const again = next(running, { type: 'saved', names: ['split.ts'] });
  for (const state of [running, again]) {
    const { rows } = frame(state, 80, 24);
    expect(rows[1]).toMatch(/^split.ts saved: checking /);
    expect(rows.slice(2, 5)).toEqual(['Last time:', '  ✗ deadlock · 2.1 check 2.1', expect.stringMatching(/:12$/)]);
  }
  const { rows } = frame(next(running, { type: 'check', check: failed }), 80, 24);
  expect(rows.join('\n')).not.toContain('Last time:');
});

test('shows each check as it ends, and a failure before the run has ended', () => {
  const running = after({ type: 'saved', names: ['split.ts'] }, { type: 'tasks', tasks: [1, 2] });
  expect(frame(running, 80, 24).rows[1]).toBe('split.ts saved: checking task 1 …');
  const one = next(running, { type: 'check', check: check('1.1') });
  expect(frame(one, 80, 24).rows.join('\n')).toContain('✓ 1.1 check 1.1');
  const two = next(one, { type: 'check', check: failed });
  expect(frame(two, 80, 24).rows[1]).toBe('✗ deadlock · 2.1 check 2.1');
});

test('of a place, the end with the line is kept longest', () => {
  const at = (columns: number, likely?: true) => {
    const first = { ...failed, column: 3, ...(likely && { likely }) };
    return frame(after({ ...judged, outcome: outcome([first], first) }), columns, 12).rows.find((row) =>
      row.includes(':12'),
    );
  };
  expect(at(80)).toBe('  at exercises/03-threads/split.ts:12:3');
  expect(at(38)).toBe('  at exercises/03-threads/split.ts:12');
  expect(at(30)).toBe('  at …/split.ts:12');
  expect(at(24, true)).toBe('  look first at …t.ts:12');
});

test('says what the count counts, and that an exercise which was solved fails now', () => {
  expect(frame(after(judged), 80, 24).rows[0]).toMatch(/task 2 of 2.* 0\/1 solved$/);
  expect(frame(after(judged), 30, 24).rows[0]).toMatch(/ 0\/1$/);
  const broken: SessionEvent = { type: 'states', states: [{ ...states[0]!, wasSolved: true }] };
  expect(frame(after(judged, broken), 120, 24).rows[0]).toContain('threads · was solved, now fails · task 2 of 2');
});

test('a hint begins with the failure and the mistake that it looks like', () => {
  const mistake = { name: 'no-join', misconception: 'Workers end by themselves.' };
  const first = { ...failed, sentence: 'Both wait.', mistake };
  const hints = { task: 2, steps: [{ title: 'Nudge', text: 'Think.' }], of: 3, warning: undefined };
  const hint: SessionEvent = { type: 'panel', panel: { kind: 'hint', hints } };
  const { rows } = frame(after({ ...judged, outcome: outcome([first], first) }, hint), 80, 24);
  expect(rows.slice(1, 9)).toEqual([
    '✗ deadlock · 2.1 check 2.1',
    '  at exercises/03-threads/split.ts:12',
    '  Both wait.',
    '',
    'Your last run looks like this mistake: "Workers end by themselves."',
    '',
    'Hints for task 2: One Worker',
    '',
  ]);
});

test('wraps a long headline to a second row, and begins the line of a check with its state', () => {
  const title = 'rejects with the error of the first Worker that fails, whether or not the slower ones have ended';
  const long = { ...failed, title, verdict: 'failed' as const, evidence: '' };
  const missing = check('2.2', { ...{ state: 'missing', verdict: 'failed', title } });
  const shown = frame(after({ ...judged, outcome: outcome([long, missing], long) }), 80, 40).rows;
  expect(shown.slice(1, 4)).toEqual([
    '✗ failed · 2.1 rejects with the error of the first Worker that fails, whether or',
    '  not the slower ones have ended',
    '  at exercises/03-threads/split.ts:12',
  ]);
  expect(shown.join('\n')).toContain('    - 2.2 did not run · rejects with the error');
});

test('names the key that runs the checks which did not run, if a failure has kept them from it', () => {
  const missing = check('2.2', { state: 'missing', verdict: 'failed' });
  const shown = (first: Check, stopped?: 'timeout') => {
    const all = outcome([first, missing], first);
    return frame(
      after({ ...judged, outcome: { ...all, result: { ...all.result, ...(stopped && { stopped }) } } }),
      80,
      130,
    ).rows.join('\n');
  };
  expect(shown(failed)).toContain('Press a to run the checks that did not run');
  expect(shown(failed, 'timeout')).not.toContain('Press a');
  for (const verdict of ['not implemented', 'does not compile'] as const)
    expect(shown({ ...failed, verdict })).not.toContain('Press a');
});

test('a headline begins with the line that does not compile', () => {
  const first = { ...failed, verdict: 'does not compile' as const, sentence: "The compiler says: ';' expected." };
  const { rows } = frame(after({ ...judged, outcome: outcome([first], first) }), 80, 24);
  expect(rows.slice(1, 4)).toEqual([
    '✗ line 12 of split.ts does not compile',
    '  at exercises/03-threads/split.ts:12',
    "  The compiler says: ';' expected.",
  ]);
});

test('names the check that runs, and counts the seconds', () => {
  const title = 'a title that is longer than one row of the screen, and is shown in full to its last word';
  const begun = after(
    { type: 'saved', names: ['split.ts'] },
    { type: 'started', check: { ...check('2.1'), title }, at: 5_000 },
    { type: 'started', check: check('2.2'), at: 5_000 },
  );
  expect(frame(begun, 80, 24).rows[1]).toMatch(/^split\.ts saved: checking 2\.1: a title/);
  const later = next(begun, { type: 'ticked', at: 13_100 });
  const { rows } = frame(later, 80, 24);
  expect(rows[1]).toMatch(/^split\.ts saved: checking 2\.1, 8 s: a title/);
  expect(rows.at(-2)).toContain('checking 2.1, 8 s, 0 checks done');
  const first = next(later, { type: 'check', check: check('2.1') });
  expect(frame(first, 80, 24).rows.at(-2)).toContain('checking 2.2, 8 s, 1 check done');
});

test('shows a failure only once no check before it can fail', () => {
  const begun = after(
    { type: 'saved', names: [] },
    { type: 'started', check: check('1.1'), at: 0 },
    { type: 'started', check: check('2.1'), at: 0 },
    { type: 'check', check: failed },
  );
  expect(frame(begun, 80, 24).rows[0]).toContain('task 1 of 2');
  expect(frame(begun, 80, 24).rows[1]).toMatch(/^checking 1\.1/);
  const passed = next(begun, { type: 'check', check: check('1.1') });
  expect(frame(passed, 80, 24).rows[1]).toBe('✗ deadlock · 2.1 check 2.1');
  const both = next(begun, { type: 'check', check: { ...failed, id: '1.1', task: 1 } });
  expect(frame(both, 80, 24).rows[1]).toBe('✗ deadlock · 1.1 check 2.1');
});

test('waits for the tasks that passed before where the current one has not been begun', () => {
  const unbegun = check('2.1', { state: 'failed', verdict: 'not implemented' });
  const running = after(judged, { type: 'saved', names: [] }, { type: 'check', check: unbegun });
  expect(frame(running, 80, 24).rows[1]).toMatch(/^checking/);
});

test('a task that passed is said to have passed before until it is judged with the new files', () => {
  const passed = (earned: boolean): SessionEvent => {
    const { result, ...rest } = outcome([failed], failed);
    const one = { number: 1, title: '', earned: true, verdict: 'passed' as const, checks: [check('1.1')] };
    const tasks = [...(earned ? [one] : []), ...result.tasks];
    return { type: 'judged', outcome: { ...rest, result: { tasks } }, passed: new Set([1]), note: '' };
  };
  const overview = (...events: SessionEvent[]) => frame(after(...events), 80, 130).rows.join('\n');
  expect(overview(passed(true))).toContain('✓ Task 1: Split the range  4 points');
  expect(overview(passed(true), { type: 'saved', names: ['split.ts'] })).toContain('Split the range  passed before');
  expect(overview(passed(false))).toContain('✓ Task 1: Split the range  passed before');
  const solved: SessionEvent = { type: 'judged', outcome: outcome([]), passed: new Set([1, 2]), note: '' };
  expect(overview(solved)).not.toContain('passed before');
});

test('a hint closes when another task is at hand, and stays for the same one', () => {
  const hints = { task: 2, steps: [{ title: 'Nudge', text: 'Think.' }], of: 3, warning: undefined };
  const hint: SessionEvent = { type: 'panel', panel: { kind: 'hint', hints } };
  expect(after(judged, hint, { type: 'saved', names: [] }, judged).panel).toBeDefined();
  const solved: SessionEvent = { type: 'judged', outcome: outcome([]), passed: new Set([1, 2]), note: '' };
  expect(after(judged, hint, solved).panel).toBeUndefined();
});

test('shows the code of a hint as it stands in the file', () => {
  const text =
    'First:\n\n```ts\nconst a = 1;        // one and two and three and four and five and six\n  b();\n```\n\nThen.';
  const hints = { task: 2, steps: [{ title: 'Near-code', text }], of: 1, warning: undefined };
  const { rows } = frame(after(judged, { type: 'panel', panel: { kind: 'hint', hints } }), 60, 24);
  const shown = rows.join('\n').replace(/ +$/gm, '');
  expect(shown).toContain(
    '[1/1] Near-code\n\nFirst:\n\n' +
      '  const a = 1;        // one and two and three and four\n  ↪ and five and six\n    b();\n\nThen.',
  );
});

test('highlights the next exercise once this one is solved', () => {
  const solved: SessionEvent = { type: 'judged', outcome: outcome([]), passed: new Set([1, 2]), note: '' };
  const { rows } = frameOf(after(solved), '/course', { columns: 80, rows: 24 }, { ...terminal, color: true });
  expect(rows[1]).toContain('03-threads is solved');
  expect(rows.at(-1)).toContain('\x1b[7mn next');
});

test('what failed before is dim line by line, so that no style reaches beyond it', () => {
  const twoLines = { ...failed, sentence: 'One line.\nAnother.' };
  const last: SessionEvent = { ...judged, outcome: outcome([twoLines], twoLines) };
  const state = after(last, { type: 'saved', names: ['split.ts'] });
  const { rows } = frameOf(state, '/course', { columns: 80, rows: 24 }, { ...terminal, color: true });
  for (const text of ['One line.', 'Another.'])
    expect(rows.find((row) => row.includes(text))).toBe(`\x1b[2m    ${text}\x1b[22m`);
});

test('places are links where the terminal can follow them', () => {
  const { rows } = frameOf(after(judged), '/course', { columns: 80, rows: 24 }, { ...terminal, links: true });
  expect(rows[2]).toContain('\x1b]8;;file:///course/exercises/03-threads/split.ts');
  expect(stripVTControlCharacters(rows[2] ?? '')).toBe('  at exercises/03-threads/split.ts:12');
});
