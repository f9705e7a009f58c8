import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answers, fixtureCourse, skeletons, type FixtureCourse } from '../testing/fixture-course.ts';
import {
  inPseudoTerminal,
  type PseudoTerminal,
  type PseudoTerminalOptions,
  whyNoPseudoTerminal,
} from '../testing/pseudo-terminal.ts';

const obstacle = whyNoPseudoTerminal();
if (obstacle !== undefined) console.warn(`The session is not tested in a terminal: ${obstacle}.`);

let course: FixtureCourse;
const sessions: PseudoTerminal[] = [];
beforeEach(async () => {
  course = await fixtureCourse();
});
afterEach(async () => {
  for (const session of sessions.splice(0)) {
    session.kill('SIGTERM');
    await session.ended;
  }
  await course.remove();
});

const escape = '\x1b';
const save = (name: keyof typeof answers, path = 'exercises/01-add/add.ts') => course.write(path, answers[name]);
const settled = (screen: string) => !screen.includes('checking');

/** A student who types `npm start` with these words behind it. */
function sit(options: PseudoTerminalOptions = {}, ...words: string[]) {
  const terminal = inPseudoTerminal(course.root, ['start', ...words], options);
  sessions.push(terminal);
  return terminal;
}

describe.runIf(obstacle === undefined)('a student in a terminal', { timeout: 90_000 }, () => {
  test('reads, fails, asks for hints, passes task after task, compares, and goes on', async () => {
    const student = sit();
    await student.sees('01 Add numbers · task 1 of 2: Add', '0/2', 'Read exercises/01-add/README.md');
    await student.sees('✗ not implemented · 1.1 adds two numbers', 'exercises/01-add/add.ts:3', 'h hint');
    expect(student.isAlternate()).toBe(true);

    student.press('h');
    await student.sees('[1/3] Nudge', 'There is an operator.', '✗ not implemented · 1.1');
    student.press('\r');
    await student.sees('[2/3] Concept');
    student.press(escape);
    await student.sees((screen) => !screen.includes('Nudge'));

    await save('addCarelessly');
    await student.sees('task 2 of 2: Refuse', '✗ failed · 2.1', 'must throw a RangeError', settled);
    student.press('h');
    await student.sees('Hints for task 2', 'Number.isNaN.');

    await save('add');
    const solved = await student.sees('01-add is solved: 10/10 points', '1/2', settled);
    // The hint was for a task that has passed.
    expect(solved).not.toContain('Hints for task 2');
    student.press('s');
    await student.sees('--- exercises/01-add/add.ts (yours)', '(no difference)', 'Esc close');
    student.press('q');
    await student.sees('n next · s solution');
    student.press('n');
    await student.sees('02 Double a number', 'task 1 of 1: Double');

    student.press('l');
    await student.sees('→ · 02-double', '✓ 01-add');
    student.press('/sums');
    await student.sees('Filter: sums', '→ ✓ 01-add', 'Esc all exercises');
    student.press('\r');
    await student.sees('01 Add numbers · exercise 1 of 2', '01-add is solved');
    student.press('q');
    expect(await student.ended).toMatchObject({ exitCode: 0 });
    expect(student.isAlternate()).toBe(false);
    const progress = await readFile(join(course.root, '.kata/progress.json'), 'utf8');
    expect(JSON.parse(progress)).toMatchObject({
      exercises: { '01-add': { last: { points: 10, verdict: 'passed' }, hints: { 1: 2, 2: 1 } } },
    });
  });

  test('resets after a question, keeps a copy, and opens files in the editor', async () => {
    await save('addCarelessly');
    const editor = join(course.root, 'editor');
    await writeFile(editor, '#!/bin/sh\necho "$@" > opened\n');
    await chmod(editor, 0o755);
    const student = sit({ env: { EDITOR: `"${editor}"` } });
    await student.sees('✗ failed · 2.1', settled);
    student.press('o');
    const opened = () => readFile(join(course.root, 'opened'), 'utf8').catch(() => '');
    await expect.poll(opened, { timeout: 30_000 }).toContain('exercises/01-add/add.ts');
    // The session has taken the terminal back.
    await expect.poll(() => student.written().split('\x1b[?1049h'), { timeout: 30_000 }).toHaveLength(3);
    student.press('x');
    await student.sees('Start 01-add over?');
    student.press('n');
    await student.sees((screen) => !screen.includes('Start 01-add over?'));
    student.press('xy');
    await student.sees('As at the beginning: add.ts.', '.kata/kept/', '✗ not implemented');
    expect(await readFile(join(course.root, 'exercises/01-add/add.ts'), 'utf8')).toBe(skeletons.add);
    const [kept = ''] = await readdir(join(course.root, '.kata/kept'));
    expect(await readFile(join(course.root, '.kata/kept', kept, 'add.ts'), 'utf8')).toBe(answers.addCarelessly);
  });

  test('a helper file that the student adds is watched, and a save while a check runs is judged instead', async () => {
    await course.write('exercises/01-add/helper.ts', 'export const sum = (a: number, b: number) => a - b;\n');
    const imports = "import { sum } from './helper.ts';\nexport const add = (a: number, b: number) => sum(a, b);\n";
    await course.write('exercises/01-add/add.ts', imports);
    const student = sit();
    await student.sees('✗ failed · 1.1', settled);
    await course.write('exercises/01-add/helper.ts', 'export const sum = (a: number, b: number) => a * b;\n');
    await student.sees('helper.ts saved');
    await save('add');
    await student.sees('01-add is solved: 10/10 points');
  });

  test('the first failure is visible on every screen, and nothing is wider than it', async () => {
    await save('addCarelessly');
    const student = sit({ columns: 40, rows: 10 });
    await student.sees('✗ failed · 2.1', settled);
    for (const [columns, rows] of [
      [40, 10],
      [200, 60],
      [80, 24],
      [20, 5],
    ] as const) {
      student.resize(columns, rows);
      const screen = await student.sees('✗ failed · 2.1', (text) => text.split('\n').at(-1)?.includes('quit') === true);
      expect(screen.split('\n')[1]).toMatch(/^✗ failed/);
      for (const row of screen.split('\n')) expect(row.length).toBeLessThanOrEqual(columns);
    }
  });

  test('opens the exercise that is named, and says where there is none', async () => {
    const student = sit({}, '2');
    await student.sees('02 Double a number');
    student.press('\x03');
    expect(await student.ended).toMatchObject({ exitCode: 0 });
    const lost = sit({}, '77');
    expect(await lost.ended).toMatchObject({ exitCode: 1 });
    expect(lost.written()).toContain('There is no exercise "77"');
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('gives the terminal back at %s', async (signal) => {
    const student = sit();
    await student.sees('01 Add numbers', 'checking');
    student.kill(signal);
    await student.ended;
    expect(student.isAlternate()).toBe(false);
    expect(student.written()).toContain('\x1b[?25h\x1b[?1049l');
  });

  test('prints lines on a terminal that cannot do more', async () => {
    const student = sit({ env: { TERM: 'dumb' } });
    await student.sees('not implemented');
    student.press('h');
    await student.sees('There is an operator.');
    // The first one closes the hint.
    student.press('qq');
    expect(await student.ended).toMatchObject({ exitCode: 0 });
    expect(student.written()).not.toContain('\x1b');
  });

  test('without color there is none, and in a C locale there is only ASCII', async () => {
    const student = sit({ env: { NO_COLOR: '1', LANG: 'C' } });
    await student.sees('x not implemented', 'h hint - ', settled);
    student.press('?');
    await student.sees('Every save in the exercise');
    // eslint-disable-next-line no-control-regex
    expect(student.written()).not.toMatch(/\x1b\[3\dm/);
    // eslint-disable-next-line no-control-regex
    expect(stripVTControlCharacters(student.written())).not.toMatch(/[^\x00-\x7f]/);
  });

  test('tells what an update of the course has renamed, and keeps the progress', async () => {
    const passed = { 1: 'of older files', 2: 'of older files' };
    const last = { at: '2026-01-01T00:00:00.000Z', files: 'older', points: 10, verdict: 'passed' };
    const exercises = { '07-add': { last, passed, solvedAt: last.at, hints: { 1: 2 } } };
    await mkdir(join(course.root, '.kata'));
    await course.write('.kata/progress.json', JSON.stringify({ version: 1, exercises }));
    await save('add');
    const student = sit({}, '1');
    await student.sees('07-add is called 01-add now', '01-add is solved');
    student.press('q');
    await student.ended;
    const progress = await readFile(join(course.root, '.kata/progress.json'), 'utf8');
    expect(JSON.parse(progress)).toMatchObject({ exercises: { '07-add': { last }, '01-add': { hints: { 1: 2 } } } });
  });
});
