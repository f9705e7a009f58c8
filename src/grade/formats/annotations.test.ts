import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exercise, failedCheck, faultFull, gradeRecord, recordFull, records, task } from '#src/testing/grade-record.ts';
import { checkText } from '../check-text.ts';
import type { GradeRecord } from '../record.ts';
import { formats } from './index.ts';
import { printable } from './printable.ts';
import { hostileText } from './testing/hostile-text.ts';

interface Command {
  level: string;
  properties: Record<string, string>;
  message: string;
}

/**
 * Reads commands as GitHub's runner does (docs.github.com, "Workflow commands"): the head ends at the next `::`, commas
 * part the properties, and `%` begins what is escaped.
 */
function parse(text: string): Command[] {
  const lines = text.split(/\r\n|\r|\n/);
  expect(lines.pop()).toBe('');
  return lines.map((line) => {
    const [, level = '', pairs = '', message = ''] = /^::([a-z]+)(?: (.*?))?::(.*)$/s.exec(line) ?? [];
    const properties = pairs.split(',').map((pair) => pair.split(/=(.*)/s).slice(0, 2).map(unescapedProperty));
    const given = properties.filter(([name]) => name !== '');
    return { level, properties: Object.fromEntries(given) as Command['properties'], message: unescaped(message) };
  });
}

const unescaped = (text: string) => text.replace(/%(0A|0D|25)/g, (code) => decodeURIComponent(code));
const unescapedProperty = (text: string) => text.replace(/%(0A|0D|3A|2C|25)/g, (code) => decodeURIComponent(code));

const parsed = (record: GradeRecord) => parse(formats.annotations.render(record));

test('marks the first failing check of each task that was begun, and gives the total', () => {
  expect(formats.annotations.render(records.mixed)).toBe(
    '::error title=lost update%3A 02 Bank 02%2C task 1%3A Part 1,file=exercises/02-bank/bank.ts,line=7,col=3::' +
      'holds 1.2%0ATwo deposits of 1 must give 2, but they give 1. (exercises/02-bank/bank.ts:7)%0ABoth read 0.%0A' +
      'A  read 0%0AB  read 0%0AThis looks like a common mistake: "One line is one step."\n' +
      '::notice title=Grade::Total: 8 of 16 points (50 %25)\n',
  );
});

test.each([
  ['allPassed', []],
  ['inconclusive', []],
  ['nothing', []],
  ['stopped', ['failed: 01 Bank 01, task 1: Part 1', 'timeout: 01 Bank 01, task 2: Part 2']],
  ['fault', ['The grader failed']],
  ['faultOfOne', ['The grader failed']],
] as const)('the record %s has the errors %j', (key, titles) => {
  const errors = parsed(records[key]).filter(({ level }) => level === 'error');
  expect(errors.map(({ properties }) => properties['title'])).toEqual(titles);
});

test('warns of type errors', () => {
  const typeErrors = [{ file: 'exercises/01-bank/bank.ts', line: 3, column: 7, message: 'No number.' }];
  const [warning] = parsed(gradeRecord(exercise('01', [], { typeErrors })));
  expect(warning).toEqual({
    level: 'warning',
    properties: { file: 'exercises/01-bank/bank.ts', line: '3', col: '7' },
    message: 'No number.',
  });
});

test('has at most ten errors and ten warnings, and counts the tasks that are left out', () => {
  const tasks = Array.from({ length: 12 }, (_, at) => task(at + 1, [failedCheck(`${at + 1}.1`)]));
  const typeErrors = Array.from({ length: 12 }, () => ({ file: 'a.ts', line: 1, column: 1, message: 'No.' }));
  const levels = parsed(gradeRecord(exercise('01', tasks, { typeErrors })));
  expect(levels.filter(({ level }) => level === 'error')).toHaveLength(10);
  expect(levels.filter(({ level }) => level === 'warning')).toHaveLength(10);
  expect(levels.at(-1)?.message).toBe('Total: 0 of 48 points (0 %) 2 more tasks fail without an annotation.');
});

test('cuts a message that the runner would cut', () => {
  const long = failedCheck('1.1', { evidence: 'x'.repeat(10_000) });
  expect(parsed(gradeRecord(exercise('01', [task(1, [long])])))[0]?.message).toHaveLength(4096);
});

test('any text comes back as it was, in one command', () => {
  fc.assert(
    fc.property(hostileText, (hostile) => {
      const text = printable(hostile);
      const commands = parsed(recordFull(hostile));
      expect(commands.map(({ level }) => level)).toEqual(['error', 'warning', 'notice']);
      const wanted = failedCheck('1.1', { sentence: text, evidence: text, file: text });
      const said = checkText({ ...wanted, mistake: { name: text, misconception: text } });
      expect(commands[0]).toEqual({
        level: 'error',
        properties: {
          title: `lost update: 01 ${text}, task 1: ${text}`,
          file: text,
          line: '7',
          col: '3',
        },
        message: `${text}\n${said}`,
      });
      expect(parsed(faultFull(hostile))[0]?.message).toContain(`the student's fault: ${text}`);
    }),
  );
});
