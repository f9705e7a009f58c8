import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { studentFrame } from './student-frame.ts';

const root = '/home/ann/my course';
const folder = `${root}/exercises/03-x`;
const frameOf = (fields: object) => studentFrame({ name: 'Error', message: '', ...fields }, folder, root);

test.each([
  ['a path', `    at split (${folder}/split.ts:12:3)`],
  ['a path without a function', `    at ${folder}/split.ts:12:3`],
  ['an async frame', `    at async ${folder}/split.ts:12:3`],
  ['a file URL with escapes', `    at split (${pathToFileURL(`${folder}/split.ts`).href}:12:3)`],
  ['a file URL with a query', `    at split (${pathToFileURL(`${folder}/split.ts`).href}?t=1:12:3)`],
  [
    'the innermost of several',
    `    at Array.map (<anonymous>)\n    at other (${root}/tests/03-x/x.test.ts:1:1)\n    at split (${folder}/split.ts:12:3)\n    at ${folder}/later.ts:1:1`,
  ],
])('finds %s', (_name, stack) => {
  expect(frameOf({ stack: `Error: x\n${stack}` })).toEqual({ file: 'exercises/03-x/split.ts', line: 12, column: 3 });
});

test('finds nothing where the student has no part in it', () => {
  expect(
    frameOf({
      stack: `Error: (${folder}/split.ts:1:1) is text\n    at ${root}/exercises/03-xy/split.ts:1:1\n    at node:internal/x:1:1`,
    }),
  ).toBeUndefined();
  expect(frameOf({})).toBeUndefined();
});

test('takes a told place before the stack, and looks into causes', () => {
  const studentFrame = { file: `${folder}/a.ts`, line: 4, column: 2 };
  expect(frameOf({ studentFrame, stack: `    at ${folder}/split.ts:12:3` })).toEqual({
    file: 'exercises/03-x/a.ts',
    line: 4,
    column: 2,
  });
  expect(frameOf({ stack: '', cause: { name: 'Error', message: '', stack: `    at ${folder}/b.ts:7:1` } })).toEqual({
    file: 'exercises/03-x/b.ts',
    line: 7,
    column: 1,
  });
});
