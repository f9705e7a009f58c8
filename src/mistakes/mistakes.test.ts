import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Exercise } from '#src/course/index.ts';
import type { Check } from '#src/suite/index.ts';
import { temporaryFolder } from '#src/system/index.ts';
import { explain } from './explain.ts';
import { placeOfFunction, placeOfMistake } from './likely-place.ts';
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

  test('is the exported function that the failure speaks of, or the first one', () => {
    expect(placeOfFunction(check('1.1', 'failed', 'join has not settled'), sources)).toEqual({ file: 'a.ts', line: 4 });
    expect(placeOfFunction(check('1.1', 'failed', 'No sum.'), sources)).toEqual({ file: 'a.ts', line: 3 });
  });

  test('a method, where the failure calls it by its name', () => {
    const lock = new Map([
      [
        'lock.ts',
        'export class Lock {\n  async acquire(): Promise<void> {\n    const release = () => {\n    };\n  }\n}',
      ],
    ]);
    expect(placeOfFunction(check('1.1', 'failed', 'release() woke nobody'), lock)).toMatchObject({ line: 3 });
    expect(placeOfFunction(check('1.1', 'failed', 'acquire() let two in'), lock)).toMatchObject({ line: 2 });
    expect(placeOfFunction(check('1.1', 'failed', 'they acquire too much'), lock)).toMatchObject({ line: 1 });
  });
});

test('the lines of a known mistake take the place of what the suite saw, column included', async () => {
  const { path: root, remove } = await temporaryFolder('kata-mistakes-');
  try {
    await mkdir(join(root, 'tests/01-x'), { recursive: true });
    const known = mistake('no-join', { places: [{ file: 'a.ts', lines: ['worker.unref();'], around: [] }] });
    await writeFile(join(root, 'tests/01-x/mistakes.json'), JSON.stringify([known]));
    const failed = check('1.2', 'failed', 'A Worker still runs 12 ms later', 'leak');
    const seen = { ...failed, file: 'exercises/01-x/a.ts', line: 1, column: 9 };
    const sources = new Map([['a.ts', 'start();\nworker.unref();\n']]);
    const exercise = { slug: '01-x' } as Exercise;
    const [task] = await explain(root, exercise, 'exercises/01-x', sources, [{ checks: [seen] }]);
    expect(task?.checks[0]).toMatchObject({ file: 'exercises/01-x/a.ts', line: 2, column: undefined, likely: true });
    expect(task?.checks[0]?.mistake?.name).toBe('no-join');
  } finally {
    await remove();
  }
});
