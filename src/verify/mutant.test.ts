import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Exercise, loadCourse } from '#src/course/index.ts';
import { slug, toyCourse, type ToyCourse } from '#src/testing/toy-course.ts';
import { formatMutant, parseMutant, readMutant, readMutants } from './mutant.ts';

let toy: ToyCourse;
let exercise: Exercise;
beforeAll(async () => {
  toy = await toyCourse();
  [exercise] = (await loadCourse(toy.root)).exercises as [Exercise];
});
afterAll(() => toy.remove());

test('reads the patches of an exercise by name', async () => {
  const mutants = await readMutants(toy.root, exercise);
  expect(mutants.map(({ name, tasks, verdicts }) => [name, tasks, verdicts])).toEqual([
    ['forgets-to-act', [2], ['not implemented']],
    ['leaks', [2], ['leak']],
    ['throws', [1], ['failed']],
    ['too-few', [1], ['failed']],
  ]);
  expect(mutants.map(({ alone }) => alone)).toEqual([true, true, false, false]);
});

test('names the mutants that are there where the one asked for is not', async () => {
  await expect(readMutant(toy.root, exercise, 'leak')).rejects.toThrow(
    `There is no tests/${slug}/mutants/leak.patch. The mutants of 01-toy: forgets-to-act, leaks, throws, too-few.`,
  );
});

test('writes what it reads, a long misconception on several lines', () => {
  const mutant = {
    tasks: [1, 2],
    breaks: ['1.number', '2.leak'],
    verdicts: ['leak' as const, 'timeout' as const],
    misconception: 'A Worker ends by itself once it has answered, '.repeat(4).trimEnd(),
    alone: true,
    diff: '--- a.ts\n+++ a.ts\n@@ -1,1 +1,1 @@\n-a\n+b\n',
  };
  const text = formatMutant(mutant);
  expect(text.split('\n').every((line) => line.length <= 120)).toBe(true);
  expect(parseMutant('x.patch', text, exercise)).toEqual(mutant);
  expect(parseMutant('x.patch', text.replaceAll('\n', '\r\n'), exercise)).toEqual(mutant);
});

test.each([
  [
    'no verdict of that name',
    'Task: 1\nVerdict: bad\nMisconception: m',
    ', does not compile, inconclusive, or several with " or " between them, got "bad".',
  ],
  [
    'a mutant that passes',
    'Task: 1\nVerdict: leak or passed\nMisconception: m',
    ', does not compile, inconclusive, or several with " or " between them, got "leak or passed".',
  ],
  [
    'no task of that number',
    'Task: 3\nVerdict: leak\nMisconception: m',
    'Task must be a number from 1 to 2, or several: 1 and 3, got "3".',
  ],
  ['no misconception', 'Task: 1\nVerdict: leak', 'Misconception must be a sentence, got nothing.'],
  [
    'a field that nobody reads',
    'Task: 1\nVerdict: leak\nMisconception: m\nTimeout: 3',
    'a line of the header must be one of Task, Breaks, Verdict, Misconception, Alone and a colon, got "Timeout: 3".',
  ],
  ['another word than yes', 'Task: 1\nVerdict: leak\nMisconception: m\nAlone: no', 'Alone must be "yes", or left out'],
])('refuses a header with %s', (_name, header, sentence) => {
  expect(() => parseMutant('x.patch', `${header}\n\n--- a.ts\n`, exercise)).toThrow(sentence);
});
