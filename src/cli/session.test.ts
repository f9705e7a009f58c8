import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadCourse } from '#src/course/index.ts';
import type { SessionPorts } from './session-ports.ts';
import { watchExercise } from './session-ports.ts';
import { session } from './session.ts';
import { captureTerminal } from './testing/cmd.ts';
import type { FixtureCourse } from './testing/fixture-course.ts';
import { answers, fixtureCourse } from './testing/fixture-course.ts';

let course: FixtureCourse;
beforeEach(async () => {
  course = await fixtureCourse();
});
afterEach(() => course.remove());

/** A student at a session: presses keys, saves files, waits for words on the screen. */
async function sit(watch: SessionPorts['watch'] = () => ({ close: () => Promise.resolve() })) {
  const { terminal, out } = captureTerminal();
  const typed = new PassThrough({ encoding: 'utf8' });
  const screens: string[] = [];
  const drawn = new PassThrough({ objectMode: true });
  drawn.resume();
  let closed = false;
  const ports: SessionPorts = {
    async *keys() {
      for await (const keys of typed as AsyncIterable<string>) yield* keys;
    },
    draw(text) {
      screens.push(stripVTControlCharacters(text));
      drawn.emit('screen');
    },
    watch,
    close() {
      closed = true;
    },
  };
  const manifest = await loadCourse(course.root);
  const ended = session({ root: course.root, terminal }, manifest, manifest.exercises[0]!, ports);
  return {
    ended,
    out,
    screens,
    closed: () => closed,
    press: (keys: string) => void typed.write(keys),
    /** Waits until a screen with all these words is drawn, from the `from`th on. */
    async sees(wanted: readonly string[], from = 0): Promise<string> {
      for (;;) {
        const found = screens.slice(from).find((screen) => wanted.every((words) => screen.includes(words)));
        if (found !== undefined) return found;
        await once(drawn, 'screen');
      }
    },
  };
}

test('opens with a verdict; h, l and n show hints, the list and the next exercise; q quits', async () => {
  const student = await sit();
  await student.sees(['01-add · Add numbers', 'Read exercises/01-add/README.md']);
  const verdict = await student.sees(['add is not implemented yet.', 'at exercises/01-add/add.ts:3:23', '0/10 points']);
  expect(verdict).toContain('h hint · n next · l list · r run again · q quit');
  student.press('h');
  await student.sees(['[1/3] Nudge', 'There is an operator.']);
  student.press('l');
  await student.sees(['0 of 2 solved', '02-double']);
  student.press('n');
  await student.sees(['02-double · Double a number', '0/10 points']);
  student.press('h');
  await student.sees(['exercises/02-double/hints.md cannot be read']);
  student.press('q');
  expect(await student.ended).toBe(0);
  expect(student.closed()).toBe(true);
  expect(student.out.join('\n')).toContain('npm run kata run 02');
});

test('a save while a check runs ends that check and judges the new file', async () => {
  let saved: (names: readonly string[]) => void = () => undefined;
  const student = await sit((_root, _exercise, changed) => {
    saved = changed;
    return { close: () => Promise.resolve() };
  });
  await student.sees(['checking 01-add …']);
  await course.write('exercises/01-add/add.ts', answers.add);
  saved(['add.ts']);
  await student.sees(['add.ts saved: checking 01-add']);
  await student.sees(['10/10 points', 'Solved.']);
  expect(student.screens.filter((screen) => screen.includes('0/10 points') && !screen.includes('10/10'))).toEqual([]);
  student.press('\u0003');
  expect(await student.ended).toBe(0);
});

test('quitting while a check runs ends the check', async () => {
  const student = await sit();
  await student.sees(['checking 01-add …']);
  student.press('q');
  expect(await student.ended).toBe(0);
  expect(student.screens.join()).not.toContain('points in');
});

test("the watcher tells which of the exercise's files were saved, and nothing of others", async () => {
  const {
    exercises: [exercise],
  } = await loadCourse(course.root);
  const told: string[] = [];
  const heard = new PassThrough({ objectMode: true });
  const watcher = watchExercise(course.root, exercise!, (names) => {
    told.push(...names);
    heard.emit('saved');
  });
  const save = async (...names: string[]) => {
    for (const name of names) await writeFile(join(course.root, 'exercises/01-add', name), String(told.length));
    while (!told.includes(names.at(-1)!)) await once(heard, 'saved');
  };
  try {
    await watcher.ready;
    await save('notes.txt', 'add.ts');
    await save('notes.txt', 'given.ts');
    expect(new Set(told)).toEqual(new Set(['add.ts', 'given.ts']));
  } finally {
    await watcher.close();
  }
});
