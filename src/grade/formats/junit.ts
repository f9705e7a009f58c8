import type { Check } from '#src/suite/index.ts';
import { details, headline } from '../check-text.ts';
import type { ExerciseRecord, GradeRecord } from '../record.ts';
import { notes } from '../table.ts';
import { checksOf, faultOf } from './outcomes.ts';

type Attributes = Record<string, string | number>;

/** A check, or an exercise that has no verdict, as JUnit knows it. */
interface Case {
  name: string;
  milliseconds: number;
  problem?: { tag: 'failure' | 'error' | 'skipped'; type: string; message: string; text: string };
}

/**
 * JUnit XML, with a suite for each exercise and a case for each check: a failure if the check failed, an error if it
 * didn't run or a fault left the exercise without a verdict, skipped if it is inconclusive.
 * @returns XML for Jenkins and GitLab; jenkinsci/xunit-plugin has its schema (junit-10.xsd)
 */
export function junit(record: GradeRecord): string {
  const suites = record.exercises.map((exercise) => ({ exercise, cases: casesOf(exercise) }));
  const milliseconds = record.exercises.reduce((sum, exercise) => sum + exercise.milliseconds, 0);
  const { tests, failures, errors } = counts(suites.flatMap(({ cases }) => cases));
  const root = { name: 'Concurrency Kata', tests, failures, errors, time: seconds(milliseconds) };
  const content = suites.map(({ exercise, cases }) => suite(record, exercise, cases)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', root, `\n${content}`)}`;
}

function suite({ gradedAt }: GradeRecord, exercise: ExerciseRecord, cases: readonly Case[]): string {
  const { slug, milliseconds } = exercise;
  const attributes = {
    name: slug,
    ...counts(cases),
    time: seconds(milliseconds),
    timestamp: gradedAt.slice(0, 'YYYY-MM-DDThh:mm:ss'.length),
  };
  const remarks = notes(exercise).join('\n');
  const output = remarks === '' ? '' : element('system-out', {}, escaped(remarks));
  return element('testsuite', attributes, `\n${cases.map((each) => testcase(slug, each)).join('')}${output}`);
}

function casesOf(exercise: ExerciseRecord): Case[] {
  const fault = faultOf(exercise);
  if (fault) {
    const problem = { tag: 'error', type: 'fault', message: fault.sentence, text: fault.output ?? '' } as const;
    return [{ name: 'has a verdict', milliseconds: exercise.milliseconds, problem }];
  }
  return exercise.tasks.flatMap((task) =>
    checksOf(exercise, task).map((check) => {
      const { id, title, milliseconds, state, verdict } = check;
      const passed = { name: `${id} ${title}`, milliseconds };
      if (state === 'passed') return passed;
      return {
        ...passed,
        problem: { tag: tags[state], type: verdict, message: headline(check), text: details(check) },
      };
    }),
  );
}

const tags = { failed: 'failure', missing: 'error', inconclusive: 'skipped' } as const satisfies Record<
  Exclude<Check['state'], 'passed'>,
  string
>;

function testcase(classname: string, { name, milliseconds, problem }: Case): string {
  const attributes = { classname, name, time: seconds(milliseconds) };
  if (problem === undefined) return element('testcase', attributes, '');
  const { tag, type, message, text } = problem;
  // Jenkins shows the text and not always the message: both are in it.
  const full = text === '' ? message : `${message}\n${text}`;
  return element('testcase', attributes, `\n${element(tag, { type, message }, escaped(full))}`);
}

function counts(cases: readonly Case[]): { tests: number; failures: number; errors: number; skipped: number } {
  const count = (wanted: string) => cases.filter(({ problem }) => problem?.tag === wanted).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

/** @param content XML */
function element(name: string, attributes: Attributes, content: string): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value), inAttribute)}"`);
  return `<${name}${pairs.join('')}>${content}</${name}>\n`;
}

const inText = /[<>&\r]/g;
/** A parser turns line breaks and tabs of an attribute into spaces, unless they are references. */
const inAttribute = /[<>&"\t\n\r]/g;

/** @returns the text for XML: what XML 1.0 forbids even as a reference is no longer in it (see printable.ts) */
const escaped = (text: string, what = inText): string =>
  text.replace(what, (character) => `&#${character.charCodeAt(0)};`);
