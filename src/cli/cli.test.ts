import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loaderFlags } from '#src/loader/index.ts';
import { cmd } from './testing/cmd.ts';
import { runSuiteOnce } from './testing/run-suite-once.ts';
import type { FixtureCourse } from './testing/fixture-course.ts';
import { answers, fixtureCourse, skeletons } from './testing/fixture-course.ts';

let course: FixtureCourse;
beforeEach(async () => {
  course = await fixtureCourse();
});
afterEach(() => course.remove());

const kata = (...words: string[]) => cmd({ root: course.root, runSuite: runSuiteOnce }, ...words);
const progress = async () =>
  JSON.parse(await readFile(join(course.root, '.kata/progress.json'), 'utf8')) as {
    exercises: Record<string, unknown>;
  };

describe('list', () => {
  test('shows every exercise under its chapter', async () => {
    const { out } = await kata('list').output('01-add', '02-double', 'not started', '0 of 2 solved').success();
    expect(out.indexOf('Sums')).toBeLessThan(out.indexOf('01-add'));
    expect(out.indexOf('Products')).toBeLessThan(out.indexOf('02-double'));
  });

  test('gives the same to a program', async () => {
    const { out } = await kata('list', '--json').success();
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      exercises: [{ slug: '01-add', state: 'not started', points: null }, { slug: '02-double' }],
    });
  });

  test('says what is missing, and what brings it back', async () => {
    await course.write('exercises/01-add/add.ts', 'changed');
    await rm(join(course.root, 'exercises/01-add/given.ts'));
    await kata('list').output('in progress', 'missing: given.ts (npm run kata reset 01 brings them back)').success();
  });

  test('sets a damaged progress file aside, in one sentence', async () => {
    await course.write('.kata/progress.json', '{"version": 1, "exercises": {');
    const { err } = await kata('list')
      .error(/^\.kata\/progress\.json:1:30: this is not JSON/, 'The file is kept as .kata/progress.damaged-')
      .output('01-add')
      .success();
    const kept = /\.kata\/progress\.damaged-\S+\.json/.exec(err)?.[0] ?? '';
    expect(await readFile(join(course.root, kept), 'utf8')).toBe('{"version": 1, "exercises": {');
  });

  test('names path and field of a manifest that is broken', async () => {
    await course.write('exercises/course.json', '{"version": 1, "exercises": [{"id": 3}]}');
    await kata('list').error('exercises/course.json: exercises[0].id must be a string like ^[0-9]{2}$').failure();
  });
});

describe('try', () => {
  test("ends with the trial's own exit code, and gives it the words behind the exercise", async () => {
    await course.write('exercises/01-add/try.ts', 'process.exitCode = Number(process.argv[2]) === 7 ? 0 : 1;');
    await kata('try', '01', '7').success();
    await kata('try', '01').failure();
  });

  test('ends in one line at a function that is not implemented, and as ever at any other error', async () => {
    const trial = (code: string) =>
      course.write('exercises/01-add/try.ts', `import { add } from './add.ts';\n${code}\nadd(1, 2);\n`);
    const child = fileURLToPath(new URL('try-child.ts', import.meta.url));
    const run = () =>
      promisify(execFile)(process.execPath, [...loaderFlags, child, join(course.root, 'exercises/01-add/try.ts')], {
        cwd: course.root,
      }).then(
        () => undefined,
        ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
      );
    await trial('');
    expect(await run()).toEqual({
      code: 1,
      stderr: 'add is not implemented yet (exercises/01-add/add.ts:3:23).\n',
    });
    await trial("throw new RangeError('too large');");
    expect((await run())?.stderr).toContain('RangeError: too large\n    at ');
  });

  test('says what brings a lost trial back', async () => {
    await rm(join(course.root, 'exercises/01-add/try.ts'), { force: true });
    await kata('try', '01')
      .error('There is no try.ts in exercise 01-add. To restore it: npm run kata reset 01')
      .failure();
  });
});

describe('run', () => {
  test('a skeleton: every task red, the first check as a sentence with its place, the next command', async () => {
    await kata('run', '01')
      .output(
        '01-add · Add numbers',
        '· Task 1: Add     0/6',
        '· Task 2: Refuse  0/4',
        'not implemented · 1.1 adds two numbers',
        'add is not implemented yet.',
      )
      .output('at exercises/01-add/add.ts:3:23', '0/10 points', 'npm run kata hint 01 1')
      .failure();
    expect((await progress()).exercises['01-add']).toMatchObject({
      last: { points: 0, verdict: 'not implemented', task: 1 },
    });
    await kata('list')
      .output(/01-add\s+not started/)
      .success();
  });

  test('half an answer: what passed is kept, what failed is shown with its evidence', async () => {
    await course.write('exercises/01-add/add.ts', answers.addCarelessly);
    await kata('run', 'add')
      .output(
        '✓ Task 1: Add     6/6',
        '✗ Task 2: Refuse  0/4',
        'failed · 2.1 refuses what is no number',
        'must throw a RangeError',
        '  add(NaN, 1) → NaN',
        '6/10 points',
        'npm run kata hint 01 2',
      )
      .failure();
    await kata('list')
      .output(/01-add\s+6\/10\s+in progress: failed/)
      .success();
    await kata('hint', '01').output('Task 2: Refuse', 'Number.isNaN.').success();
  });

  test('the whole answer: solved, until the file changes', async () => {
    await course.write('exercises/01-add/add.ts', answers.add);
    await kata('run', '01').output('✓ Task 1', '✓ Task 2', '10/10 points', 'npm run kata solution 01').success();
    await kata('list')
      .output(/✓ 01-add\s+10\/10\s+solved/, '1 of 2 solved')
      .success();
    await course.write('exercises/01-add/add.ts', `${answers.add}\n`);
    await kata('list')
      .output(/01-add\s+10\/10\s+changed since solved/, '0 of 2 solved')
      .success();
  });

  test('what does not fit the types is told beside the verdict', async () => {
    await course.write('exercises/01-add/add.ts', 'export const add = (a: number, b: number): number => `${a + b}`;\n');
    await kata('run', '1')
      .output('The compiler says', "exercises/01-add/add.ts:1:54 Type 'string' is not assignable to type 'number'.")
      .failure();
  });

  test('one task alone, the reference, and JSON', async () => {
    await course.write('exercises/01-add/add.ts', answers.addCarelessly);
    await kata('run', '01', '1').output('6/6 points').without('Task 2').success();
    await kata('run', '01', '2.1').output('failed · 2.1 refuses what is no number').failure();
    await kata('run', '01', '2.9').error('There is no check 2.9. The checks of this task are 2.1 to 2.1.').failure();
    await expect(progress()).rejects.toThrow('ENOENT');
    await kata('run', '01', '--solution').output('10/10 points').success();
    const { out } = await kata('run', '02', '--json').failure();
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      exercise: '02-double',
      points: 0,
      tasks: [{ number: 1, earned: false, checks: [{ id: '1.1' }] }],
    });
  });

  test('a file that is gone is named, with the command that brings it back', async () => {
    await rm(join(course.root, 'exercises/01-add/add.ts'));
    await kata('run', '01')
      .error('Missing in exercises/01-add: add.ts. To restore the exercise: npm run kata reset 01')
      .failure();
  });

  test('an unknown exercise lists the nearest ones; an unknown task the ones there are', async () => {
    await kata('run', '01-dad').error('There is no exercise "01-dad". Nearest: 01-add, 02-double.').failure();
    await kata('run', '01', '3')
      .error('Exercise 01 has the tasks 1 to 2, and "3" is none of them. Try: npm run kata run 01 1')
      .failure();
    await kata('run', '01', '--seed', 'x')
      .error('The seed must be a whole number, as a failed check prints it (--seed …), got "x".')
      .failure();
  });
});

describe('hint', () => {
  test('goes one step further with each call, then shows all again', async () => {
    await kata('hint', '01', '1')
      .output('[1/3] Nudge', 'There is an operator.', 'One step further: npm run kata hint 01 1')
      .without('[2/3]')
      .success();
    await kata('hint', '01', '1')
      .output('[2/3] Concept', '## Task 2 stays inside the fence')
      .without('[1/3]', '[3/3]')
      .success();
    await kata('hint', '01', '1').output('[3/3] Near-code', 'npm run kata solution 01').without('[2/3]').success();
    await kata('hint', '01', '1').output('[1/3]', '[2/3]', '[3/3]').success();
    expect((await progress()).exercises['01-add']).toMatchObject({ hints: { 1: 3 } });
  });

  test('--all shows every step; without an exercise the first unsolved one is meant', async () => {
    await kata('hint', '--all').output('01-add · Task 1: Add', '[1/3]', '[3/3]').success();
  });

  test('says where hints are missing', async () => {
    await kata('hint', '02').error('exercises/02-double/hints.md cannot be read (ENOENT)').failure();
  });
});

describe('reset', () => {
  test('brings the beginning back and keeps what was there', async () => {
    await course.write('exercises/01-add/add.ts', 'my work');
    const { out } = await kata('reset', '01')
      .output('01-add is as it was at the beginning: add.ts.', 'What was there is kept in .kata/kept/')
      .success();
    expect(await readFile(join(course.root, 'exercises/01-add/add.ts'), 'utf8')).toBe(skeletons.add);
    const kept = /\.kata\/kept\/\S+/.exec(out)?.[0] ?? '';
    expect(await readFile(join(course.root, kept, 'add.ts'), 'utf8')).toBe('my work');
    await kata('reset', '01').output('nothing to reset').success();
  });

  test('restores shared files too', async () => {
    const manifest = JSON.parse(await readFile(join(course.root, 'exercises/course.json'), 'utf8')) as object;
    await course.write('exercises/course.json', JSON.stringify({ ...manifest, shared: ['one.ts'] }));
    await course.write('tests/shared/skeleton.json', '{"one.ts":["untouched"]}');
    await kata('run', '01').error('Missing in exercises/shared: one.ts.', 'npm run kata reset 01').failure();
    await course.write('exercises/shared/one.ts', 'edited');
    const { out } = await kata('reset', '01').output('shared/one.ts').success();
    expect(await readFile(join(course.root, 'exercises/shared/one.ts'), 'utf8')).toBe('untouched');
    const kept = /\.kata\/kept\/\S+/.exec(out)?.[0] ?? '';
    expect(await readFile(join(course.root, kept, 'one.ts'), 'utf8')).toBe('edited');
  });

  test('brings back a whole folder that is gone', async () => {
    await rm(join(course.root, 'exercises/01-add'), { recursive: true });
    await kata('reset', '01').output('add.ts, given.ts').without('kept').success();
    expect(await readdir(join(course.root, 'exercises/01-add'))).toEqual(['add.ts', 'given.ts']);
  });

  test('keeps the work when the untouched copy is lost', async () => {
    await course.write('exercises/01-add/add.ts', 'my work');
    await writeFile(join(course.root, 'tests/01-add/skeleton.json'), '[]');
    await kata('reset', '01').error('tests/01-add/skeleton.json must be an object', 'npm run kata pack 01').failure();
    expect(await readFile(join(course.root, 'exercises/01-add/add.ts'), 'utf8')).toBe('my work');
  });
});

describe('solution', () => {
  test('is not shown before the exercise is solved, unless asked for', async () => {
    await kata('solution', '01').error('01-add is not solved yet', 'npm run kata solution 01 -- --yes').failure();
    await kata('solution', '01', '--yes')
      .output(
        '--- exercises/01-add/add.ts (yours)',
        "-   throw Object.assign(new Error('Not implemented yet'), { code: 'ERR_NOT_IMPLEMENTED' });",
        '+   return a + b;',
        '  export function add(a: number, b: number): number {',
        'solutions/01-add/NOTES.md',
      )
      .success();
  });
});

describe('start, without a terminal', () => {
  test('tells where the student is, the first failing check and the next command', async () => {
    await kata('start')
      .output(
        '0 of 2 solved',
        'First unsolved: 01-add',
        'add is not implemented yet.',
        'at exercises/01-add/add.ts:3:23',
        'npm run kata hint 01 1',
      )
      .success();
  });

  test('goes to the exercise that is named', async () => {
    await kata('start', '2').output('02-double · Double a number (read exercises/02-double/README.md)').success();
    await kata('start', '3').error('There is no exercise "3"').failure();
  });

  test('goes to the next exercise once one is solved', async () => {
    await course.write('exercises/01-add/add.ts', answers.add);
    await kata('run', '01').success();
    await kata('start').output('1 of 2 solved', 'First unsolved: 02-double').success();
  });
});

describe('doctor', () => {
  test('tells machine and folders, and gives the same to a program', async () => {
    const { out } = await kata('doctor', '--json').success();
    const { lines } = JSON.parse(out) as { lines: { name: string; level: string; found: string }[] };
    expect(lines.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'node',
        'platform',
        'processors',
        'load',
        'parallel work',
        'progress',
        'temporary files',
      ]),
    );
    expect(lines.find(({ name }) => name === 'parallel work')?.found).toMatch(
      /Workers at once do \d+\.\d\d times the work of one/,
    );
  });
});

describe('replay', () => {
  test('an exercise without schedules says so', async () => {
    await kata('replay', '01').error('Exercise 01-add has no schedules to replay', 'npm run kata run 01').failure();
  });

  test('shows a schedule step by step, and names the programs there are', async () => {
    await course.write(
      'tests/01-add/bodies.ts',
      'export const body = ({ count }: { count: Int32Array }): void => { count[0]!++; };\n',
    );
    await course.write(
      'tests/01-add/explorations.ts',
      "const program = () => ({ module: new URL('./bodies.ts', import.meta.url), threads: { A: 'body', B: 'body' }, " +
        "memory: { count: 1 }, expectRaces: 'allow' });\n" +
        "export const explorations = { counting: Object.assign(program, { sentence: 'A and B count' }) };\n",
    );
    await kata('replay', '01', 'counting', 'ABAB')
      .output('counting: A and B count', 'pass: the run ends as it must, with count 1')
      .output(/1 {2}read count → 0 +:1/, 'write count ← 1', 'replay: npm run kata replay 01 counting c')
      .success();
    await kata('replay', '01')
      .output(/^ {2}counting {2}A and B count$/m)
      .success();
    await kata('replay', '01', 'counting').error('Say which schedule').failure();
    await kata('replay', '01', 'couting').error('no program "couting", the nearest is "counting"').failure();
  });
});

describe('serve', () => {
  test('a port that is none', async () => {
    await kata('serve', '--port', 'http').error('--port must be an integer from 0 to 65535, got "http".').failure();
  });
});

describe('pack', () => {
  test('makes what lies in exercises/ the untouched copy', async () => {
    await course.write('exercises/01-add/add.ts', 'a new beginning\n');
    await kata('pack', '01').output('written: tests/01-add/skeleton.json').success();
    await kata('reset', '01').output('nothing to reset').success();
  });
});

describe('the program', () => {
  test('an unknown command names the nearest', async () => {
    await kata('lst').error("unknown command 'lst'", 'list').failure(2);
  });

  test('every command has help with examples', async () => {
    const { out } = await kata('--help').success();
    const names = [...out.matchAll(/^ {2}([a-z]+)(?: |\n)/gm)]
      .map(([, name]) => name ?? '')
      .filter((name) => name !== 'help');
    expect(names).toContain('doctor');
    for (const name of names)
      await kata(name, '--help').output('Usage: kata', 'Examples:', `npm run kata ${name}`).success();
  });

  test('a result that cannot be written down is still shown', async () => {
    await course.write('exercises/01-add/add.ts', answers.add);
    await mkdir(join(course.root, '.kata/progress.json'), { recursive: true });
    await kata('run', '01').output('10/10 points').error('.kata/progress.json cannot be read (EISDIR)').success();
  });
});
