import fc from 'fast-check';
import { type XmlElement, XmlDocument } from 'libxml2-wasm';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { failedCheck, faultFull, gradeRecord, exercise, recordFull, records, task } from '#src/testing/grade-record.ts';
import { checkText } from '../check-text.ts';
import type { GradeRecord } from '../record.ts';
import { formats } from './index.ts';
import { printable } from './printable.ts';
import { hostileText } from './testing/hostile-text.ts';

interface Node {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Node[];
}

/** Parses strictly: libxml2 throws on anything that is not well-formed. */
function parse(xml: string): Node {
  const document = XmlDocument.fromString(xml);
  try {
    return read(document.root);
  } finally {
    document.dispose();
  }
}

function read(element: XmlElement): Node {
  const children: Node[] = [];
  for (let child = element.firstChild; child; child = child.next)
    if ('attrs' in child) children.push(read(child as XmlElement));
  const attributes = Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]));
  return { name: element.name, attributes, text: element.content, children };
}

const count = z.string().regex(/^[0-9]+$/);
const seconds = z.string().regex(/^[0-9]+\.[0-9]{3}$/);
const leaf = <Name extends string, Attributes extends z.ZodRawShape>(name: Name, attributes: Attributes) =>
  z.strictObject({
    name: z.literal(name),
    attributes: z.strictObject(attributes),
    text: z.string(),
    children: z.tuple([]),
  });
const problem = { type: z.string(), message: z.string() };

/**
 * What junit-10.xsd of jenkinsci/xunit-plugin allows of elements and attributes, and requires of them. The elements are
 * the ones that GitLab reads (docs.gitlab.com, "Unit test reports").
 */
const schema = z.strictObject({
  name: z.literal('testsuites'),
  attributes: z.strictObject({ name: z.string(), tests: count, failures: count, errors: count, time: seconds }),
  text: z.string(),
  children: z.array(
    z.strictObject({
      name: z.literal('testsuite'),
      attributes: z.strictObject({
        name: z.string(),
        tests: count,
        failures: count,
        errors: count,
        skipped: count,
        time: seconds,
        timestamp: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      }),
      text: z.string(),
      children: z.array(
        z.union([
          leaf('system-out', {}),
          z.strictObject({
            name: z.literal('testcase'),
            attributes: z.strictObject({ name: z.string(), classname: z.string(), time: seconds }),
            text: z.string(),
            children: z
              .array(z.union([leaf('failure', problem), leaf('error', problem), leaf('skipped', problem)]))
              .max(1),
          }),
        ]),
      ),
    }),
  ),
});

const parsed = (record: GradeRecord) => schema.parse(parse(formats.junit.render(record)));
/** The cases of all suites, each with what its problem says. */
const cases = (record: GradeRecord) =>
  parsed(record).children.flatMap(({ children }) =>
    children.flatMap((node) =>
      node.name === 'testcase'
        ? [{ ...node.attributes, ...node.children[0]?.attributes, tag: node.children[0]?.name }]
        : [],
    ),
  );

test.each(Object.entries(records))('the record %s follows the schema, and the counts are right', (_, record) => {
  const { attributes, children } = parsed(record);
  expect(children).toHaveLength(record.exercises.length);
  const all = cases(record);
  expect(attributes.tests).toBe(String(all.length));
  expect(attributes.failures).toBe(String(all.filter(({ tag }) => tag === 'failure').length));
  expect(attributes.errors).toBe(String(all.filter(({ tag }) => tag === 'error').length));
});

test('a failed check is a failure with its evidence, an inconclusive one is skipped', () => {
  const [, suite] = parsed(records.mixed).children;
  expect(suite?.attributes).toMatchObject({ name: '02-bank', tests: '4', failures: '2', errors: '0', skipped: '1' });
  const [first, second, third] = suite?.children ?? [];
  expect(first?.children).toEqual([]);
  expect(second).toMatchObject({ attributes: { classname: '02-bank', name: '1.2 holds 1.2', time: '0.020' } });
  expect(second?.children[0]).toMatchObject({
    name: 'failure',
    attributes: {
      type: 'lost update',
      message: 'Two deposits of 1 must give 2, but they give 1. (exercises/02-bank/bank.ts:7)',
    },
    text: checkText(failedCheck('1.2')),
  });
  expect(third?.children[0]).toMatchObject({ name: 'skipped', attributes: { type: 'inconclusive' } });
});

test('a fault is one error, whatever its checks say', () => {
  expect(cases(records.faultOfOne)).toMatchObject([
    { classname: '01-bank', tag: undefined },
    { classname: '02-bank', name: 'has a verdict', tag: 'error', type: 'fault', message: 'The disk is full.' },
  ]);
});

test('a check that did not run is an error, and a task without checks still counts', () => {
  expect(cases(records.stopped).map(({ name, tag }) => [name, tag])).toEqual([
    ['1.1 holds 1.1', 'error'],
    ['2.0 Part 2', 'failure'],
  ]);
  expect(cases(records.nothing).map(({ tag }) => tag)).toEqual(['failure', 'failure', 'failure', 'failure']);
});

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(hostileText, (hostile) => {
      const text = printable(hostile);
      const failed = failedCheck('1.1', { title: hostile, sentence: hostile, evidence: hostile });
      const [first] = parsed(gradeRecord(exercise('01', [task(1, [failed])]))).children[0]?.children ?? [];
      expect(first?.attributes).toMatchObject({ name: `1.1 ${text}` });
      const wanted = checkText({ ...failed, sentence: text, evidence: text });
      expect(first?.children[0]?.text).toBe(wanted);
      expect(cases(recordFull(hostile))).toHaveLength(2);
      expect(cases(faultFull(hostile))[0]).toMatchObject({ message: text });
    }),
  );
});
