import { expect, test } from 'vitest';
import { blameOf, blameScore } from './blame.ts';

const diff = `--- mutex.ts
+++ mutex.ts
@@ -8,4 +10,5 @@
 a
-b
+c
+d
 e
 f
`;
const at = (file: string | undefined, line: number) =>
  blameOf({ ...(file !== undefined && { file }), line }, '12-mutex', 'x.patch', diff);

test.each([
  ['exercises/12-mutex/mutex.ts', 8, 'at the mistake'],
  ['exercises/12-mutex/mutex.ts', 16, 'at the mistake'],
  ['solutions/12-mutex/mutex.ts', 12, 'at the mistake'],
  ['exercises/12-mutex/mutex.ts', 7, 'elsewhere'],
  ['exercises/12-mutex/mutex.ts', 17, 'elsewhere'],
  ['exercises/12-mutex/other.ts', 12, 'elsewhere'],
  ['tests/12-mutex/bodies.ts', 12, "not in the student's files"],
  [undefined, 0, 'nowhere'],
] as const)('a failure that points to %s:%i: %s', (file, line, blame) => {
  expect(at(file, line)).toBe(blame);
});

test('the score counts what points at the mistake, and what points into the student files', () => {
  expect(blameScore(['at the mistake', 'elsewhere', 'nowhere', 'at the mistake'])).toEqual({
    atTheMistake: 0.5,
    inStudentFiles: 0.75,
  });
});
