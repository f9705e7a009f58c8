import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barDrawing } from '#src/drawing/browser/bar-drawing.js';
import { h } from '#src/drawing/browser/element.js';
import { timelineDrawing } from '#src/drawing/browser/timeline-drawing.js';
import { scriptJson, toHtml } from '#src/drawing/index.ts';
import { barChart } from '#src/speedup/index.ts';
import { barsIn } from './bars.ts';
import { isShown, sortedRows } from './browser/rows.js';
import { classData } from './class-data.ts';
import { classPage } from './class-page.ts';
import { differences } from './difference.ts';
import { misconceptionsOf } from './misconceptions.ts';
import { failing, graded, hostileTexts, passing, references, smallClass, timeline } from './testing/small-class.ts';
import { visible } from './visible-text.ts';

const page = classPage(smallClass, { title: 'A class', references });

const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...hostileTexts, ...'<>"&\'/\\\u2028\ud800'), fc.string()), { maxLength: 6 })
  .map((parts) => parts.join(''));

test('a text never becomes markup, in content, attributes and data', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(toHtml(h('p', { title: text }, text))).not.toMatch(/<(?!p title="|\/p>)|"[^"]*"[^>]/);
      expect(scriptJson({ text })).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(scriptJson({ text }))).toEqual({ text });
    }),
  );
  expect(page).not.toContain('<img');
  expect(page).not.toMatch(/[\u2028\u2029\u202a-\u202e]/);
});

test('the policy allows the one script and the one style, and nothing else', () => {
  const hash = (text = '') => `sha256-${createHash('sha256').update(text).digest('base64')}`;
  const [, style] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
  const [, script] = /<script type="module">([^]*?)<\/script>/.exec(page) ?? [];
  expect(page).toContain(
    `default-src &#39;none&#39;; script-src &#39;${hash(script)}&#39;; style-src &#39;${hash(style)}&#39;; `,
  );
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page.replaceAll(/&quot;.*?&quot;/g, '')).not.toMatch(/<[^>]* (?:src|href|style|on\w+)=/);
  expect(script).not.toMatch(/^(?:import|export) |<!--/m);
});

test('characters that hide or turn around other text are written out', () => {
  expect(visible('a\u202eb\u2028c\u200bd\x1b')).toBe('a⟨U+202E⟩b⟨U+2028⟩c⟨U+200B⟩d␛');
});

test('rows are sorted by name, points and exercise; without points they are last', () => {
  const { students } = classData(smallClass.slice(0, 5), references);
  const names = (...by: Parameters<typeof sortedRows> extends [unknown, ...infer Rest] ? Rest : never) =>
    sortedRows(students, ...by).map((at) => students[at]?.name.split(' ')[0]);
  expect(names('name', 'ascending')).toEqual(['Ada', 'Alan', 'Barbara', 'Grace', 'Tony']);
  expect(names('name', 'descending')).toEqual(['Tony', 'Grace', 'Barbara', 'Alan', 'Ada']);
  expect(names('points', 'descending')).toEqual(['Ada', 'Grace', 'Tony', 'Alan', 'Barbara']);
  expect(names('points', 'ascending')).toEqual(['Alan', 'Grace', 'Tony', 'Ada', 'Barbara']);
  expect(names(1, 'descending')).toEqual(['Ada', 'Alan', 'Grace', 'Barbara', 'Tony']);
});

test('the search looks at names, verdicts and problems', () => {
  const { students } = classData(smallClass.slice(0, 5), references);
  const found = (query: string) => students.filter((each) => isShown(each, query)).map(({ name }) => name);
  expect(found(' grace ')).toEqual(['Grace Hopper']);
  expect(found('Sequential')).toEqual(['Alan Turing']);
  expect(found('empty')).toEqual(['Barbara Liskov']);
  expect(found('')).toHaveLength(5);
});

test('each misconception counts a student once, the most frequent first', () => {
  const mistake = (name: string) => ({ mistake: { name, misconception: `Because of ${name}.` } });
  const twice = failing('01', mistake('b'));
  twice.tasks.push(...failing('01', mistake('b')).tasks);
  const found = misconceptionsOf([
    graded('A', failing('01', mistake('a')), failing('02', mistake('c'))),
    graded('B', twice),
    graded('C', failing('01', mistake('b')), passing('02')),
  ]);
  expect(Object.fromEntries(found)).toEqual({
    '01-bank': [
      { name: 'b', misconception: 'Because of b.', students: [1, 2] },
      { name: 'a', misconception: 'Because of a.', students: [0] },
    ],
    '02-bank': [{ name: 'c', misconception: 'Because of c.', students: [0] }],
  });
});

test('equal details stand once', () => {
  const { students, details } = classData([graded('A', passing('01')), graded('B', passing('01'))], {});
  expect(details).toHaveLength(1);
  expect(students.map(({ cells }) => cells[0]?.detail)).toEqual([0, 0]);
});

test('what failed is compared with the reference, what passed is not', () => {
  const { details } = classData([graded('A', passing('01'), failing('02'))], references);
  expect(details.map((detail) => detail.differences)).toEqual([
    [],
    [{ file: 'bank.ts', hunks: [{ line: 1, lines: [' let count = 0;', '-count++;', '+count += 1;'] }] }],
  ]);
});

test('line endings are no difference, and files without anything in common are not compared for long', () => {
  expect(differences({ a: 'x\r\ny\r\n' }, { a: 'x\ny' })).toEqual([]);
  expect(differences({}, { a: 'x' })).toEqual([]);
  const many = (letter: string) => Array.from({ length: 3000 }, (_, at) => `${letter}${at}`).join('\n');
  expect(differences({ a: many('x') }, { a: many('y') })).toEqual([{ file: 'a', hunks: null }]);
});

test('the bars of a chart are read as they were written', () => {
  const label = fc.stringMatching(/^[a-z]([a-z0-9 ]{0,10}[a-z])?$/).filter((text) => !text.includes('  '));
  const bar = fc.record({
    label,
    milliseconds: fc.integer({ min: 1, max: 99_999 }),
    speedup: fc.option(fc.float({ min: 0, max: 99, noNaN: true }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(bar, { minLength: 1 }), (bars) => {
      const given = bars.map(({ speedup, ...rest }) => (speedup === undefined ? rest : { ...rest, speedup }));
      expect(barsIn(`before\n${barChart(given)}\nafter`)).toEqual(
        given.map(({ label, milliseconds, ...rest }) => ({
          label,
          seconds: Number((milliseconds / 1000).toFixed(2)),
          ...('speedup' in rest ? { speedup: Number(rest.speedup?.toFixed(2)) } : {}),
        })),
      );
    }),
  );
  expect(barsIn('A  read 0\nB  read 0')).toBeUndefined();
});

test('drawings name what they show, and a lane that does not exist draws nothing', () => {
  expect(barDrawing([{ label: 'yours', seconds: 2, speedup: 1.5 }]).attributes['aria-label']).toBe(
    'yours: 2.00 s, 1.50×',
  );
  const drawn = toHtml(
    timelineDrawing({ ...timeline, rows: [...timeline.rows, { lane: 7, text: 'lost', values: [] }] }),
  );
  expect(drawn).toContain('read count → 0');
  expect(drawn).toContain('… the same 3 times more …');
  expect(drawn).not.toContain('lost');
  expect(drawn).not.toContain('NaN');
  expect(drawn).not.toContain('Infinity');
});
