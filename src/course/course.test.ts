import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkFiles } from './check-files.ts';
import type { Course } from './course-schema.ts';
import { loadCourse } from './course.ts';
import { findExercise } from './find-exercise.ts';
import { KataError } from './kata-error.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kata-course-'));
  await mkdir(join(root, 'exercises'));
});
afterEach(() => rm(root, { recursive: true }));

type Draft = { version: unknown; exercises: Record<string, unknown>[]; [more: string]: unknown };

/** A good manifest, changed by `change`, written down and loaded. */
async function load(change: (manifest: Draft) => void = () => undefined): Promise<Course> {
  const manifest: Draft = {
    version: 1,
    exercises: [exercise('01', 'one'), exercise('03', 'three'), exercise('04', 'four')],
  };
  change(manifest);
  return loadText(JSON.stringify(manifest));
}

async function loadText(text: string): Promise<Course> {
  await writeFile(join(root, 'exercises/course.json'), text);
  return loadCourse(root);
}

const exercise = (id: string, name: string): Record<string, unknown> => ({
  id,
  slug: `${id}-${name}`,
  title: `The ${name}`,
  chapter: 'A chapter',
  minutes: 10,
  files: { student: ['a.ts'], given: ['b.ts'] },
  tasks: [
    { title: 'First', points: 4 },
    { title: 'Second', points: 6, speed: true },
  ],
});

describe('the manifest', () => {
  test('of this course loads, and all that it lists is there', async () => {
    const here = fileURLToPath(new URL('../..', import.meta.url));
    await checkFiles(here, await loadCourse(here));
  });

  test("of this course agrees with README.md's table on titles, links and minutes", async () => {
    const here = fileURLToPath(new URL('../..', import.meta.url));
    const rows = [...(await readFile(join(here, 'README.md'), 'utf8')).matchAll(/^\| (\d\d) .*\|$/gm)].map(([row]) => {
      const cells = row.split('|').map((cell) => cell.trim());
      return [cells[1], cells[2], Number(cells[4])];
    });
    const { exercises } = await loadCourse(here);
    expect(rows).toEqual(
      exercises.map(({ id, slug, title, minutes }) => [id, `[${title}](exercises/${slug}/README.md)`, minutes]),
    );
  });

  test('links an exercise to the earlier ones that it uses', async () => {
    const { exercises } = await load(({ exercises: [, , third] }) => void (third!['uses'] = ['01-one']));
    expect(exercises[2]?.uses).toEqual([exercises[0]]);
    expect(exercises[1]?.uses).toBeUndefined();
  });

  test.each<[string, (manifest: Draft) => void, string]>([
    [
      'the use of a later exercise',
      ({ exercises: [first] }) => void (first!['uses'] = ['03-three']),
      'exercises[0].uses[0] must be the slug of an earlier exercise, got "03-three"',
    ],
    [
      'points that are no number',
      ({ exercises: [, , third] }) => void (third!['tasks'] = [{ title: 'A', points: 'two' }]),
      'exercises[2].tasks[0].points must be an integer ≥ 1, got "two"',
    ],
    [
      'points of zero',
      ({ exercises: [first] }) => void (first!['tasks'] = [{ title: 'A', points: 0 }]),
      'exercises[0].tasks[0].points must be an integer ≥ 1, got 0',
    ],
    [
      'a field that is missing',
      ({ exercises: [first] }) => void delete first!['minutes'],
      'exercises[0].minutes is missing',
    ],
    [
      'a field that nobody knows',
      (manifest) => void (manifest['titel'] = 'x'),
      'titel is not known; wanted $schema, version, shared or exercises',
    ],
    ['another version', (manifest) => void (manifest.version = 2), 'version must be 1, got 2'],
    ['no exercises', (manifest) => void (manifest.exercises = []), 'exercises must be a list of at least 1, got []'],
    [
      'a file outside the folder',
      ({ exercises: [first] }) => void (first!['files'] = { student: ['../a.ts'], given: [] }),
      'exercises[0].files.student[0] must be a string like',
    ],
    [
      'no file of the student',
      ({ exercises: [first] }) => void (first!['files'] = { student: [], given: [] }),
      'exercises[0].files.student must be a list of at least 1, got []',
    ],
    [
      'a file of both',
      ({ exercises: [first] }) => void (first!['files'] = { student: ['a.ts'], given: ['a.ts'] }),
      'exercises[0].files.given[0] must not be a student\'s file too, got "a.ts"',
    ],
    [
      'an id twice',
      ({ exercises: [, second] }) => void Object.assign(second!, exercise('01', 'other')),
      'exercises[1].id must be unique, got "01" as in exercises[0]',
    ],
    [
      'ids out of order',
      ({ exercises }) => void exercises.reverse(),
      'exercises[1].id must come after "04" in the learning order, got "03"',
    ],
    [
      'a slug without its id',
      ({ exercises: [first] }) => void (first!['slug'] = '02-one'),
      'exercises[0].slug must begin with its id and a dash ("01-"), got "02-one"',
    ],
    [
      'points that are not ten',
      ({ exercises: [first] }) => void (first!['tasks'] = [{ title: 'A', points: 9 }]),
      'exercises[0].tasks must have 10 points together, got 9',
    ],
    [
      'a speed that is no truth value',
      ({ exercises: [first] }) => void (first!['tasks'] = [{ title: 'A', points: 10, speed: 'yes' }]),
      'exercises[0].tasks[0].speed must be true or false, got "yes"',
    ],
  ])('%s', async (_, change, sentence) => {
    const error = await load(change).catch((caught: unknown) => caught as Error);
    expect(error).toBeInstanceOf(KataError);
    expect((error as Error).message).toContain(`exercises/course.json: ${sentence}`);
    expect((error as Error).message).not.toContain('\n');
  });

  test.each([
    ['{\n  "version": 1,\n  "exercises": x\n}', '3:16'],
    ['{\n  "version": 1,\n}', '3:1'],
    ['', '1:1'],
    ['{"version": 1} {', '1:16'],
    ['{"a": "b\n"}', '1:9'],
    ['{"version": 1, "exercises": [', '1:30'],
  ])('bad JSON is told by line and column: %j', async (text, place) => {
    await expect(loadText(text)).rejects.toThrow(`exercises/course.json:${place}: this is not JSON: `);
  });

  test('a manifest that is not there', async () => {
    await expect(loadCourse(root)).rejects.toThrow('exercises/course.json cannot be read (ENOENT)');
  });

  test('a listed folder or file that is not there', async () => {
    const course = await load();
    await expect(checkFiles(root, course)).rejects.toThrow(
      'exercises[0].slug must name a folder of exercises/, and exercises/01-one/ does not exist.',
    );
    for (const { slug } of course.exercises) {
      for (const tree of ['exercises', 'solutions', 'tests']) await mkdir(join(root, tree, slug), { recursive: true });
      for (const file of ['a.ts', 'b.ts']) await writeFile(join(root, 'exercises', slug, file), '');
    }
    await checkFiles(root, course);
    await rm(join(root, 'exercises/03-three/b.ts'));
    await expect(checkFiles(root, course)).rejects.toThrow(
      'exercises[1].files.given[0] must be a file of exercises/03-three/, and "b.ts" does not exist.',
    );
  });
});

describe('findExercise', () => {
  test.each(['03', '3', '03-three', 'three', 'THREE', 'th', '03-t', 'exercises/03-three/'])(
    '%s is 03-three',
    async (name) => {
      expect(findExercise(await load(), name).slug).toBe('03-three');
    },
  );

  test.each([
    'exercises/03-three/split.ts',
    './exercises/03-three/split.ts',
    'exercises\\03-three\\split.ts',
    'solutions/03-three/NOTES.md',
    '03-three/split.ts',
  ])('the path %s is 03-three', async (path) => {
    expect(findExercise(await load(), path).slug).toBe('03-three');
  });

  // They may belong to an option that npm took for itself: the wrong files would be judged without a word.
  test.each(['../handed-in/exercises/03-three', '/handed-in/exercises/03-three', 'th/record.json'])(
    'the path %s outside of the course is no exercise',
    async (path) => {
      const course = await load();
      expect(() => findExercise(course, path)).toThrow(/is no exercise/);
    },
  );

  test('a beginning that fits several names them', async () => {
    const course = await load();
    expect(() => findExercise(course, '0')).toThrow(
      '"0" fits several exercises: 01-one, 03-three, 04-four. Give more of the name.',
    );
  });

  test('a path that an option lost on its way through npm is told as such', async () => {
    const course = await load();
    expect(() => findExercise(course, '../handed-in')).toThrow(/^"\.\.\/handed-in" is no exercise\. .* put -- before/);
  });

  test.each(['.', 'exercises', './exercises/shared', 'src/cli'])('the folder %s is no exercise', async (path) => {
    const course = await load();
    expect(() => findExercise(course, path)).toThrow(
      /is not the folder of an exercise\. Open a file of an exercise first, for example exercises\/01-one\/.+\./,
    );
  });

  test('of a number that is unknown, no name is near', async () => {
    const course = await load();
    expect(() => findExercise(course, '99')).toThrow('There is no exercise "99". The exercises are 01 to 04.');
  });

  test.each([
    ['tree', '03-three'],
    ['fuor', '04-four'],
    ['', '01-one'],
  ])('%j is unknown, %s is near', async (name, near) => {
    const course = await load();
    expect(() => findExercise(course, name)).toThrow(
      new RegExp(`^There is no exercise "${name}"\\. Nearest: .*${near}`),
    );
  });
});
