import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { inPseudoTerminal, type PseudoTerminal, whyNoPseudoTerminal } from '../testing/pseudo-terminal.ts';
import { realCourse, type RealCourse } from '../testing/real-course.ts';

let course: RealCourse;
const sessions: PseudoTerminal[] = [];
beforeEach(async () => {
  course = await realCourse('01-event-loop', '03-countdown-threads');
});
afterEach(async () => {
  for (const session of sessions.splice(0)) {
    session.kill('SIGTERM');
    await session.ended;
  }
  await course.remove();
});

const settled = (screen: string) => !screen.includes('checking');

function sit(...words: string[]) {
  const student = inPseudoTerminal(course.root, ['start', ...words], { columns: 100, rows: 40, patience: 150_000 });
  sessions.push(student);
  return student;
}

describe.runIf(whyNoPseudoTerminal() === undefined)('a student on the first exercises', { timeout: 400_000 }, () => {
  test('solves 01, and goes on to 02', async () => {
    const student = sit();
    await student.sees('01 One loop, taking turns · task 1 of 4', 'Read exercises/01-event-loop/README.md');
    await student.sees('✗ not implemented · 1.', settled);
    await course.solve('01-event-loop/countdown-in-slices.ts');
    await student.sees('task 2 of 4: Take turns', '✗ not implemented · 2.', settled);
    await course.solve('01-event-loop/take-turns.ts', '01-event-loop/good-slice.ts', '01-event-loop/predictions.ts');
    await student.sees('01-event-loop is solved: 10/10 points', '1/14', settled);
    student.press('s');
    await student.sees('(no difference)');
    student.press('\x1bn');
    await student.sees('02 What crosses a border');
  });

  test('gets a known mistake named on 03, a hang within seconds, and the line that does not compile', async () => {
    const student = sit('3');
    await student.sees('✗ not implemented · 1.', 'exercises/03-countdown-threads/split.ts', settled);
    const split = join(course.root, 'exercises/03-countdown-threads/split.ts');
    await cp(join(import.meta.dirname, 'fixtures/uneven-split.txt'), split);
    await student.sees('✗ failed · 1.3', 'The last range can take the whole remainder', settled);
    await cp(join(import.meta.dirname, 'fixtures/endless-split.txt'), split);
    await student.sees('✗ timeout · 1.', 'endless loop', settled);
    await cp(join(import.meta.dirname, 'fixtures/broken-split.txt'), split);
    await student.sees('✗ line 4 of split.ts does not compile', "The compiler says: ',' expected", settled);
    await course.solve('03-countdown-threads/split.ts');
    await student.sees('task 2 of 4: One Worker', '✗ not implemented · 2.', settled);
    expect(student.screen().join('\n')).toContain('✓ Task 1: Split the range');
  });
});
