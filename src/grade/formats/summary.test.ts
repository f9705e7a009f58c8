import fc from 'fast-check';
import { lexer, type Token } from 'marked';
import { expect, test } from 'vitest';
import { exercise, failedCheck, faultFull, gradeRecord, recordFull, records, task } from '#src/testing/grade-record.ts';
import { details, headline } from '../check-text.ts';
import type { GradeRecord } from '../record.ts';
import { formats } from './index.ts';
import { printable } from './printable.ts';
import { hostileText } from './testing/hostile-text.ts';

const { render } = formats.summary;

test('has a table of the exercises, then each failure with its evidence', () => {
  expect(render(records.mixed)).toBe(`# Total: 8 of 16 points (50 %)

|     | exercise | points | verdict |
| --- | --- | ---: | --- |
| ✓ | 01 Bank 01 | 4/4 | passed |
| ✗ | 02 Bank 02 | 4/12 | lost update |

## 02 Bank 02

**Task 1: Part 1** 0/4, lost update

1.2 holds 1\\.2: **lost update**

Two deposits of 1 must give 2, but they give 1\\. \\(exercises/02\\-bank/bank\\.ts\\:7\\)

\`\`\`text
Both read 0.
A  read 0
B  read 0
This looks like a common mistake: "One line is one step."
\`\`\`

**Task 2: Part 2** 4/4, inconclusive

2.1 holds 2\\.1: **inconclusive**

This machine cannot tell\\.

**Task 3: Part 3** 0/4, not implemented
`);
});

test('is only a table where all passed or nothing was begun, apart from what was not handed in', () => {
  expect(render(records.allPassed)).not.toContain('##');
  const blank = task(1, [failedCheck('1.1', { verdict: 'not implemented' })]);
  expect(render(gradeRecord(exercise('01', [blank])))).not.toContain('##');
  expect(render(records.nothing)).toContain('## 01 Bank 01\n\n```text\nmissing: bank.ts\n```\n');
});

test('shows a fault as a fault, without points', () => {
  const text = render(records.faultOfOne);
  expect(text).toContain('| ⚠ | 02 Bank 02 |  | fault |');
  expect(text).toContain("not the student's fault, and costs no points: The disk is full\\.\n\n```text\nENOSPC\n```");
  expect(text).not.toContain('lost update');
});

test('stays below 1 MiB, and keeps every failure', () => {
  const huge = failedCheck('1.1', { evidence: '`'.repeat(40_000) });
  const text = render(
    gradeRecord(
      exercise(
        '01',
        Array.from({ length: 40 }, (_, at) => task(at + 1, [huge])),
      ),
    ),
  );
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  expect(text.match(/they give 1\\\./g)).toHaveLength(40);
});

/** Every token of a document, with those inside others. */
const all = (tokens: Token[]): Token[] =>
  tokens.flatMap((token) => {
    const cells = token.type === 'table' ? [...(token.header as Cell[]), ...(token.rows as Cell[][]).flat()] : [];
    return [
      token,
      ...all(token.type === 'text' || !('tokens' in token) ? [] : (token.tokens ?? [])),
      ...cells.flatMap((cell) => all(cell.tokens)),
    ];
  });
interface Cell {
  tokens: Token[];
}

/** @returns what a reader sees of a paragraph or a heading */
const shown = (token: Token): string =>
  'tokens' in token && token.tokens && token.type !== 'text'
    ? token.tokens.map(shown).join('')
    : 'text' in token
      ? (token.text as string)
      : '';

const onOneLine = (text: string) => text.trim().replace(/\s+/g, ' ');

function read(record: GradeRecord): { blocks: Token[]; types: Set<string> } {
  const blocks = lexer(render(record)).filter(({ type }) => type !== 'space');
  return { blocks, types: new Set(all(blocks).map(({ type }) => type)) };
}

test('any text stays text', () => {
  const ours = ['heading', 'table', 'paragraph', 'code', 'text', 'escape', 'strong'];
  fc.assert(
    fc.property(hostileText, (hostile) => {
      const text = printable(hostile);
      const failed = failedCheck('1.1', { title: text, sentence: text, evidence: text });
      const { blocks, types } = read(gradeRecord(exercise('01', [task(1, [failed], { title: text })])));
      expect([...types].filter((type) => !ours.includes(type))).toEqual([]);
      const shapes = ['heading', 'table', 'heading', 'paragraph', 'paragraph', 'paragraph', 'code'];
      expect(blocks.map(({ type }) => type)).toEqual(shapes);
      expect(shown(blocks[5] as Token)).toBe(onOneLine(headline(failed)));
      // Markdown knows one kind of line break.
      expect((blocks[6] as { text: string }).text).toBe(details(failed).replace(/\r\n?/g, '\n'));
      for (const full of [recordFull(hostile), faultFull(hostile)])
        expect([...read(full).types].filter((type) => !ours.includes(type))).toEqual([]);
    }),
  );
});
