import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Exercise, loadCourse } from '#src/course/index.ts';
import { answers, slug, toyCourse, type ToyCourse } from '#src/testing/toy-course.ts';
import { structureFaults } from './structure.ts';

let toy: ToyCourse;
let exercise: Exercise;
beforeAll(async () => {
  toy = await toyCourse();
  [exercise] = (await loadCourse(toy.root)).exercises as [Exercise];
});
afterAll(() => toy.remove());

test(
  'finds nothing in a course that is complete, then each fault that is put into it',
  { timeout: 60_000 },
  async () => {
    expect(await structureFaults(toy.root, exercise)).toEqual([]);
    await toy.write(
      `exercises/${slug}/README.md`,
      '# 01 · Toy\n\n```md\n## Task 1: Say\n```\n\n- It is 42. <!-- 1.number -->\n- It is even. <!-- 1.even -->\n',
    );
    await toy.write(
      `exercises/${slug}/hints.md`,
      '## Task 1: Say\n\n### 1 Nudge\n\nA\n\n## Task 2: Act\n\n### 1 N\n### 2 C\n### 3 N\n',
    );
    await toy.write(
      `exercises/${slug}/given.ts`,
      `import '#src/verdict/index.ts';\nexport const wanted: string = 42;\n`,
    );
    await toy.write(
      `solutions/${slug}/answer.ts`,
      `${answers.solution.replace('wanted }', 'wanted as it }')}export * from '../../tests/${slug}/x.ts';\n`,
    );
    await toy.write(`tests/${slug}/accepted/other/helper.ts`, '');
    await toy.write(
      `tests/${slug}/${slug}.test.ts`,
      `import { describe, test } from 'vitest';
describe('Task 1: Say', () => { test('a', { tags: ['1.word'] }, () => {}); });
describe('Task 2: Do', () => { test('b', () => {}); });
`,
    );
    expect(await structureFaults(toy.root, exercise)).toEqual([
      'exercises/01-toy/README.md must have the headings "## Task 1: Say", "## Task 2: Act", got none.',
      'exercises/01-toy/hints.md: Task 1 must have 3 steps (### 1 Nudge, ### 2 Concept, ### 3 Near-code), got 1.',
      'solutions/01-toy/given.ts must be the same as exercises/01-toy/given.ts: it is a given file.',
      'tests/01-toy/mutants/forgets-to-act.patch: hunk 1 (@@ -1,4 +1,7 @@) of answer.ts no longer applies.',
      'tests/01-toy/mutants/leaks.patch: hunk 1 (@@ -1,4 +1,2 @@) of answer.ts no longer applies.',
      'tests/01-toy/mutants/too-few.patch: hunk 1 (@@ -1,4 +1,2 @@) of answer.ts no longer applies.',
      `tests/01-toy/accepted/other: helper.ts is never taken: the student's files are answer.ts.`,
      'exercises/01-toy/given.ts must not import "#src/verdict/index.ts".',
      'solutions/01-toy/answer.ts must not import "../../tests/01-toy/x.ts".',
      'exercises/01-toy/given.ts differs from tests/01-toy/skeleton.json; when it is meant to: npm run kata pack 01',
      `The skeleton does not compile: exercises/01-toy/given.ts:2:14 Type 'number' is not assignable to type 'string'.`,
      'tests/01-toy/ must have the groups "Task 1: Say", "Task 2: Act", got "Task 1: Say", "Task 2: Do".',
      'Check 1.1 (a) names the requirement 1.word, but exercises/01-toy/README.md has no bullet with <!-- 1.word -->.',
      'mutants/forgets-to-act.patch names the requirement 2.no-leak, but exercises/01-toy/README.md has no bullet ' +
        'with <!-- 2.no-leak -->.',
      'mutants/leaks.patch names the requirement 2.no-leak, but exercises/01-toy/README.md has no bullet with ' +
        '<!-- 2.no-leak -->.',
      "No check holds 1.number: give one the option { tags: ['1.number'] }, or write it.",
      "No check holds 1.even: give one the option { tags: ['1.even'] }, or write it.",
      'No mutant breaks 1.even: name it in a patch ("Breaks: 1.even"), or write one.',
      'tests/01-toy/CONTRACT.md is out of date: npm run kata contract 01',
    ]);
  },
);
