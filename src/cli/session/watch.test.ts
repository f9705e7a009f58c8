import { EventEmitter, once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadCourse } from '#src/course/index.ts';
import { fixtureCourse, type FixtureCourse } from '../testing/fixture-course.ts';
import { watchExercise } from './watch.ts';

let course: FixtureCourse;
beforeEach(async () => {
  course = await fixtureCourse();
});
afterEach(() => course.remove());

test('tells of all code that the exercise may import, and of nothing else', async () => {
  await course.write('exercises/shared/pool.ts', 'export {};\n');
  const { exercises } = await loadCourse(course.root);
  const told: string[] = [];
  const heard = new EventEmitter();
  const watcher = watchExercise(course.root, exercises[0]!, (names) => {
    told.push(...names);
    heard.emit('saved');
  });
  const save = async (...names: string[]) => {
    for (const name of names) await writeFile(join(course.root, 'exercises/01-add', name), String(told.length));
    while (!told.includes(names.at(-1)!)) await once(heard, 'saved');
  };
  try {
    await watcher.ready;
    await save('notes.md', '.add.ts.swp', 'add.ts~', 'add.ts');
    await save('given.ts');
    await save('../02-double/double.ts', 'helper.ts');
    await save('../shared/pool.ts');
    expect(new Set(told)).toEqual(new Set(['add.ts', 'given.ts', 'helper.ts', '../shared/pool.ts']));
  } finally {
    await watcher.close();
  }
});
