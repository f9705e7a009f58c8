import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Exercise } from '#src/course/index.ts';
import type { Check } from '#src/suite/index.ts';
import { temporaryFolder } from '#src/system/index.ts';
import { explain } from './explain.ts';
import { placeOfMistake, placeOfProperty, placeOfTask, placeOfWords } from './likely-place.ts';
import type { Mistake } from './mistake.ts';
import { recognize } from './recognize.ts';
import { shapeOf, telltaleWords } from './shape.ts';

const check = (id: string, state: Check['state'], sentence = '', verdict: Check['verdict'] = 'failed'): Check => ({
  id,
  task: Number.parseInt(id),
  title: `check ${id}`,
  state,
  verdict: state === 'failed' ? verdict : 'passed',
  sentence,
  milliseconds: 1,
});

const mistake = (name: string, facts: Partial<Mistake> = {}): Mistake => ({
  name,
  misconception: `${name}.`,
  failed: { '1.2': 'leak' },
  sentence: 'A Worker still runs # ms later',
  uses: [],
  lacks: [],
  places: [],
  ...facts,
});

describe('the shape of a sentence', () => {
  test.each([
    ['Item 3 came 2 times, not 1.', 'Item # came # times, not #.'],
    ['got 1, 2, 3 and 4 of 30,000,000', 'got # of #'],
    ['two\n  lines', 'two lines'],
  ])('%s', (sentence, shape) => expect(shapeOf(sentence)).toBe(shape));
});

test('telltale words are properties, classes, globals and keywords outside of comments', () => {
  const words = telltaleWords('// never: Foo.bar\nawait worker.terminate(); const mine = new Map();');
  expect(words.toSorted()).toEqual(['.terminate', 'Map', 'await']);
});

describe('a failure is recognized', () => {
  const failed = [check('1.1', 'passed'), check('1.2', 'failed', 'A Worker still runs 12 ms later', 'leak')];

  test('by its checks, verdicts and sentence', () => {
    const other = mistake('other', { failed: { '1.1': 'crash', '1.2': 'leak' } });
    expect(recognize(failed, [other, mistake('no-join')], '')?.name).toBe('no-join');
  });

  test('by the words of the code, where several mistakes show in the same way', () => {
    const one = mistake('one', { lacks: ['.terminate'] });
    const two = mistake('two', { uses: ['.terminate'] });
    expect(recognize(failed, [one, two], 'worker.terminate()')?.name).toBe('two');
    expect(recognize(failed, [one, two], 'worker.unref()')?.name).toBe('one');
  });

  test('although checks after it did not run', () => {
    const both = mistake('both', { failed: { '1.2': 'leak', '1.3': 'leak' } });
    expect(recognize([...failed, check('1.3', 'missing')], [both], '')?.name).toBe('both');
  });

  test.each([
    ['another check fails', [check('1.1', 'failed', 'A Worker still runs 12 ms later', 'leak')]],
    ['the sentence is another', [check('1.2', 'failed', 'Nothing came back')]],
    ['nothing fails', [check('1.2', 'passed')]],
    ['nothing is implemented', [check('1.2', 'failed', 'A Worker still runs 12 ms later', 'not implemented')]],
  ])('not where %s', (_, checks) => expect(recognize(checks, [mistake('no-join')], '')).toBeUndefined());
});

describe('the likely place', () => {
  const sources = new Map([
    [
      'a.ts',
      [
        'import x from "y";',
        '',
        'export function first() {}',
        'export async function join() {',
        '  worker.once("exit", done);',
        '}',
      ].join('\n'),
    ],
  ]);

  test('is the line most like those of the mistake', () => {
    const places = [{ file: 'a.ts', lines: ["worker.once('message', done);"], around: [] }];
    expect(placeOfMistake(mistake('x', { places }), sources)).toEqual({
      place: { file: 'a.ts', line: 5 },
      same: false,
    });
    expect(
      placeOfMistake(mistake('x', { places: [{ file: 'a.ts', lines: ['lock.release()'], around: [] }] }), sources),
    ).toBeUndefined();
  });

  test('is the one whose neighbors fit, where a line comes twice', () => {
    const twice = new Map([['a.ts', 'first();\nunlock();\n\n\n\n\n\nunlock();\nlast();\n']]);
    const places = [{ file: 'a.ts', lines: ['unlock();'], around: ['last();'] }];
    expect(placeOfMistake(mistake('x', { places }), twice)).toEqual({ place: { file: 'a.ts', line: 8 }, same: true });
  });

  test('is no import, type, comment or head of a function, which right answers have too', () => {
    const text = [
      "import { wait } from 'a';",
      'interface Answers {',
      '  both: number;',
      '}',
      '// both: 2 would be faster',
      'export function both(): number {',
      '  return { both: 1 + 1 };',
      '}',
    ].join('\n');
    const lines = ["import { wait } from 'a';", 'both: 2,'];
    const known = mistake('x', { places: [{ file: 'a.ts', lines, around: [] }] });
    expect(placeOfMistake(known, new Map([['a.ts', text]]))?.place).toEqual({ file: 'a.ts', line: 7 });
  });

  test('is an import, where the mistake is nothing else', () => {
    const imported = "import { setImmediate } from 'node:timers';";
    const known = mistake('x', { places: [{ file: 'a.ts', lines: [imported], around: [] }] });
    expect(placeOfMistake(known, new Map([['a.ts', `\n${imported}\n`]]))?.place).toEqual({ file: 'a.ts', line: 2 });
  });

  test('is the property that the failure speaks of, below the type of the same name', () => {
    const text =
      'interface P {\n  both: number;\n}\nexport function predictions(): P {\n  return {\n    both: 2,\n  };\n}';
    const predictions = new Map([['predictions.ts', text]]);
    const place = (sentence: string) => placeOfProperty(check('1.1', 'failed', sentence), predictions);
    expect(place('predictions().both is 2.')).toEqual({ file: 'predictions.ts', line: 6 });
    expect(place('predictions.both is 2.')).toEqual({ file: 'predictions.ts', line: 6 });
    expect(place('predictions().one is 2.')).toBeUndefined();
    expect(place('node:timers/promises.both')).toBeUndefined();
  });

  test('is the exported function that the failure speaks of', () => {
    expect(placeOfWords(check('1.1', 'failed', 'join has not settled'), sources, sources)).toEqual({
      file: 'a.ts',
      line: 4,
    });
    expect(placeOfWords(check('1.1', 'failed', 'No sum.'), sources, sources)).toBeUndefined();
  });

  test('is no function of a later task, whose name is a word of the failure by chance', () => {
    const tasks = new Map([
      ['answers.ts', '/** Task 3. */\nexport function answers() {}'],
      ['withdraw.ts', '/** Task 2. */\nexport function withdraw() {}'],
    ]);
    const place = (id: string) => placeOfWords(check(id, 'failed', 'It never lets the answers in.'), tasks, tasks);
    expect(place('2.2')).toBeUndefined();
    expect(place('3.1')).toEqual({ file: 'answers.ts' });
  });

  test('is only the file, where it has no other function', () => {
    const single = new Map([['join.ts', 'export function join() {}']]);
    expect(placeOfWords(check('1.1', 'failed', 'join() has not settled'), single, single)).toEqual({ file: 'join.ts' });
  });

  test('is the line that the failure names, or the loop of the file that it names', () => {
    const text = 'import x from "y";\n\nfor (;;);\n';
    const named = new Map([...sources, ['a.worker.ts', text], ['b.worker.ts', 'x();']]);
    const place = (file: string) => placeOfWords(check('1.1', 'failed', `join(): a loop in ${file}?`), named, named);
    expect(place('a.worker.ts')).toEqual({ file: 'a.worker.ts', line: 3 });
    expect(place('b.worker.ts')).toEqual({ file: 'b.worker.ts' });
    expect(place('a.worker.ts:1')).toEqual({ file: 'a.worker.ts', line: 1 });
  });

  test('is the file of the task, or of the last one before it, where the failure names nothing', () => {
    const skeleton = new Map([
      ['split.ts', '/** Task 1. Cuts. */'],
      ['threads.ts', 'const task3 = 3;\n/**\n * Tasks 2 to 4: counts.\n */'],
    ]);
    const place = (id: string) => placeOfTask(check(id, 'failed', 'No sum.'), skeleton);
    expect(place('1.1')).toEqual({ file: 'split.ts' });
    expect(place('2.2')).toEqual({ file: 'threads.ts' });
    expect(place('4.1')).toEqual({ file: 'threads.ts' });
    expect(placeOfTask(check('1.1', 'failed'), new Map())).toBeUndefined();
  });

  test('is a method, where the failure calls it by its name', () => {
    const lock = new Map([
      [
        'lock.ts',
        'export class Lock {\n  async acquire(): Promise<void> {\n    const release = () => {\n    };\n  }\n}',
      ],
    ]);
    expect(placeOfWords(check('1.1', 'failed', 'release() woke nobody'), lock, lock)).toMatchObject({ line: 3 });
    expect(placeOfWords(check('1.1', 'failed', 'acquire() let two in'), lock, lock)).toMatchObject({ line: 2 });
    expect(placeOfWords(check('1.1', 'failed', 'they acquire too much'), lock, lock)).toBeUndefined();
  });
});

/** @returns the first check after it has been explained with one known mistake */
async function explained(known: Mistake, failed: Check, sources: Map<string, string>): Promise<Check | undefined> {
  const { path: root, remove } = await temporaryFolder('kata-mistakes-');
  try {
    await mkdir(join(root, 'tests/01-x'), { recursive: true });
    await writeFile(join(root, 'tests/01-x/mistakes.json'), JSON.stringify([known]));
    const exercise = { slug: '01-x' } as Exercise;
    const [task] = await explain(root, exercise, 'exercises/01-x', sources, [{ checks: [failed] }]);
    return task?.checks[0];
  } finally {
    await remove();
  }
}

test('the lines of a known mistake take the place of what the suite saw, column included', async () => {
  const known = mistake('no-join', { places: [{ file: 'a.ts', lines: ['worker.unref();'], around: [] }] });
  const failed = check('1.2', 'failed', 'A Worker still runs 12 ms later', 'leak');
  const seen = { ...failed, file: 'exercises/01-x/a.ts', line: 1, column: 9 };
  const found = await explained(known, seen, new Map([['a.ts', 'start();\nworker.unref();\n']]));
  expect(found).toMatchObject({ file: 'exercises/01-x/a.ts', line: 2, column: undefined, likely: true });
  expect(found?.mistake?.name).toBe('no-join');
});

test('of a prediction, only the very value of a known mistake is that mistake', async () => {
  const sentence = 'predictions().both is # where # was measured.';
  const known = mistake('adds-up', { sentence, places: [{ file: 'p.ts', lines: ['both: 4,'], around: [] }] });
  const failed = check('1.2', 'failed', 'predictions().both is 7 where 2 was measured.', 'leak');
  const written = (line: string) =>
    new Map([['p.ts', `export function predictions() {\n  return {\n    ${line}\n  };\n}`]]);
  const other = await explained(known, failed, written('both: 7,'));
  expect(other).toMatchObject({ file: 'exercises/01-x/p.ts', line: 3 });
  expect(other?.mistake).toBeUndefined();
  expect((await explained(known, failed, written('both: 4,')))?.mistake?.name).toBe('adds-up');
});
