import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { formatFrame, inAnyExercise, inFolder, studentFrame } from './student-frame.ts';

const root = '/home/ann/my course';
const folder = `${root}/exercises/03-x`;
const frameOf = (fields: object) => studentFrame(fields, inFolder(folder));

test.each([
  ['a path', `    at split (${folder}/split.ts:12:3)`],
  ['a path without a function', `    at ${folder}/split.ts:12:3`],
  ['an async frame', `    at async ${folder}/split.ts:12:3`],
  ['a file URL with escapes', `    at split (${pathToFileURL(`${folder}/split.ts`).href}:12:3)`],
  ['a file URL with a query', `    at split (${pathToFileURL(`${folder}/split.ts`).href}?t=1:12:3)`],
  [
    'the innermost of several',
    `    at Array.map (<anonymous>)\n    at other (${root}/tests/03-x/x.test.ts:1:1)\n    at split ` +
      `(${folder}/split.ts:12:3)\n    at ${folder}/later.ts:1:1`,
  ],
])('finds %s', (_name, stack) => {
  expect(frameOf({ stack: `Error: x\n${stack}` })).toEqual({ file: `${folder}/split.ts`, line: 12, column: 3 });
});

test('finds nothing where no frame lies in the folder', () => {
  expect(
    frameOf({
      stack:
        `Error: (${folder}/split.ts:1:1) is text\n    at ${root}/exercises/03-xy/split.ts:1:1\n    at ` +
        `node:internal/x:1:1`,
    }),
  ).toBeUndefined();
  expect(frameOf({})).toBeUndefined();
});

test('prefers a given place to the stack, and searches causes', () => {
  const studentFrame = { file: `${folder}/a.ts`, line: 4, column: 2 };
  expect(frameOf({ studentFrame, stack: `    at ${folder}/split.ts:12:3` })).toEqual({
    file: `${folder}/a.ts`,
    line: 4,
    column: 2,
  });
  expect(frameOf({ stack: '', cause: { name: 'Error', message: '', stack: `    at ${folder}/b.ts:7:1` } })).toEqual({
    file: `${folder}/b.ts`,
    line: 7,
    column: 1,
  });
});

test('finds a frame in any exercise, and prints it from the root of the course', () => {
  const stack = `Error: x\n    at ${root}/tests/03-x/x.test.ts:1:1\n    at f (${root}/solutions/03-x/split.ts:7:1)`;
  const frame = studentFrame({ stack }, inAnyExercise);
  expect(frame && formatFrame(frame, root)).toBe('solutions/03-x/split.ts:7:1');
});

test('ends where a cause leads back to itself', () => {
  const error = new Error('x');
  error.cause = error;
  expect(studentFrame(error, inFolder('/nowhere'))).toBeUndefined();
});
