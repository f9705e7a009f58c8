import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Exercise, loadCourse } from '#src/course/index.ts';
import { formatReport, type Timeline } from '#src/interleave/index.ts';
import { slug, toyCourse, type ToyCourse } from '#src/testing/toy-course.ts';
import { drawingFaults, writeDrawings } from './drawings.ts';
import { rowUnlike } from './replays.ts';
import { textTimeline } from './text-timeline.ts';

const text = `violation: the count is 1

       A                  B                      counter  files
                                                       0
    1► read counter → 0                      :8        0    a b
⇄   2                     read counter → 0   :8        0    a b
       … the same 3 times more …
    ·                     is inside                    1    a b

    ► the step to look at
replay: npm run kata replay 01 x AB`;

test('reads a timeline from what a terminal shows', () => {
  expect(textTimeline(text)).toEqual({
    lanes: ['A', 'B'],
    words: ['counter', 'files'],
    initial: ['0', ''],
    rows: [
      { step: 1, lane: 0, text: 'read counter → 0', place: ':8', values: ['0', 'a b'], cause: true },
      { step: 2, lane: 1, text: 'read counter → 0', place: ':8', values: ['0', 'a b'], preempts: true },
      { leftOut: 'the same 3 times more' },
      { lane: 1, text: 'is inside', values: ['1', 'a b'] },
    ],
  });
  expect(textTimeline('A  ── acquire ── works\nB  ·· acquire\n\n1  is a number')).toBeUndefined();
});

test('reads every timeline as it was printed', () => {
  const step = fc.record({ lane: fc.nat(1), value: fc.integer({ min: 0, max: 9999 }), preemption: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      const rows = steps.map(({ lane, value, preemption }, at) => ({
        ...{ step: at + 1, lane, text: `write count ← ${value}`, values: [value, `seen ${value}`], preemption },
        ...{ file: `file:///x/bank.ts`, line: (value % 90) + 1 },
      }));
      const timeline: Timeline = { lanes: ['A', 'B'], words: ['count', 'log'], initial: [0, ''], rows };
      const report = { verdict: 'violation', sentence: 'x', coverage: '', notes: [], timeline } as const;
      const shown = textTimeline(formatReport({ ...report, demonstrated: undefined, token: undefined }));
      expect(shown?.rows).toEqual(
        rows.map((row) => ({
          ...{ step: row.step, lane: row.lane, text: row.text, place: `:${row.line}`, values: row.values.map(String) },
          ...(row.preemption ? { preempts: true } : {}),
        })),
      );
    }),
  );
});

test('a lesson may leave out rows, lanes, places and words of a replay, and nothing else', () => {
  const replay = textTimeline(text)!;
  const [first, second, , last] = replay.rows as [object, object, object, { values: string[] }];
  const lesson = (rows: object[]) => ({ ...replay, words: ['files'], rows: rows as typeof replay.rows });
  const cut = (row: object) => ({ ...row, values: ['a b'] });
  expect(rowUnlike(lesson([cut(first), cut(last)]), replay)).toBeUndefined();
  expect(rowUnlike(lesson([cut(second), cut(first)]), replay)).toBe(
    'It has no row like "1 read counter → 0", with the values a b.',
  );
  expect(rowUnlike(lesson([{ ...cut(last), values: ['a'] }]), replay)).toContain('no row like "· is inside"');
  expect(rowUnlike(lesson([{ ...cut(second), cause: true }]), replay)).toContain('no row like "2 read');
  expect(rowUnlike({ ...replay, words: ['count'] }, replay)).toBe('It has no column "count".');
});

let toy: ToyCourse;
let exercise: Exercise;
beforeEach(async () => {
  toy = await toyCourse();
  [exercise] = (await loadCourse(toy.root)).exercises as [Exercise];
});
afterEach(() => toy.remove());

const lessonPath = `exercises/${slug}/README.md`;
const addToLesson = async (more: string) =>
  toy.write(lessonPath, `${await readFile(join(toy.root, lessonPath), 'utf8')}\n${more}\n`);

test('draws the timeline above an image, and notices a picture that is not drawn from it', async () => {
  await addToLesson(`\`\`\`\n${text}\n\`\`\`\n\n![A reads & B, too](both-read.svg)`);
  expect(await writeDrawings(toy.root, exercise)).toEqual({ paths: [`exercises/${slug}/both-read.svg`], faults: [] });
  const file = join(toy.root, `exercises/${slug}/both-read.svg`);
  const svg = await readFile(file, 'utf8');
  expect(svg).toContain('<title id="title">A reads &amp; B, too</title>');
  expect(svg).toContain('Step 1, A: read counter → 0 (line 8).');
  expect(svg).toContain('@media (prefers-color-scheme: dark)');
  expect(svg).not.toMatch(/url\(|@import|href=|<script/);

  const [unknown, ...none] = await drawingFaults(toy.root, exercise);
  expect(unknown).toContain(`${lessonPath}: the timeline of both-read.svg must begin with its command`);
  expect(none).toEqual([]);
  await writeFile(file, svg.replace('write', 'read').replace('0', '1'));
  await toy.write(`exercises/${slug}/old.svg`, '<svg/>');
  expect((await drawingFaults(toy.root, exercise)).slice(0, 2)).toEqual([
    `exercises/${slug}/old.svg is shown by no image in ${lessonPath}: delete it, or name it below a timeline.`,
    `exercises/${slug}/both-read.svg is out of date: npm run kata draw 01`,
  ]);
});

test('names an image that no timeline belongs to, that says nothing, or that is there twice', async () => {
  const block = `\`\`\`\n${text}\n\`\`\``;
  await addToLesson(
    `Text.\n\n![x](a.svg)\n\n${block}\n\n![](b.svg)\n\n${block}\n\n![c](c.svg)\n\n${block}\n\n![c](c.svg)`,
  );
  expect((await writeDrawings(toy.root, exercise)).faults).toEqual([
    `${lessonPath}: the image a.svg must follow a code block with a timeline, as kata replay prints it.`,
    `${lessonPath}: the image b.svg needs a text that says what it shows: ![…](b.svg)`,
    `${lessonPath} has two images c.svg: give one another name.`,
  ]);
});
