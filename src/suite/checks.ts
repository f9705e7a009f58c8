import { stripVTControlCharacters } from 'node:util';
import { inFolder, isVerdict, pathFrom, studentFrame, type Verdict } from '#src/verdict/index.ts';
import type { Draft } from './drafts.ts';
import type { ReportedError } from './messages.ts';
import { timelineSchema, type Check, type CheckTimeline, type SuiteRun } from './results.ts';
import { withoutPaths } from './without-paths.ts';

/** @returns the check that a draft has become: passed without an error, failed or inconclusive with one */
export function finished(draft: Draft, error: ReportedError | undefined, run: SuiteRun): Check {
  const about = identity(draft);
  const milliseconds = Math.round(draft.ended?.milliseconds ?? 0);
  if (!error) {
    const open = draft.ended?.annotations.find(({ type }) => type === 'inconclusive');
    if (open) return { ...about, state: 'inconclusive', verdict: 'inconclusive', ...split(open.message), milliseconds };
    const measured = draft.ended?.annotations.find(({ type }) => type === 'measured');
    const figures = measured ? split(measured.message) : {};
    return { ...about, state: 'passed', verdict: 'passed', ...figures, milliseconds };
  }
  const { verdict, sentence, evidence } = explain(error, run);
  const found = studentFrame(error, inFolder(run.folder));
  const frame = found && { ...found, file: pathFrom(run.root, found.file) };
  const state = verdict === 'inconclusive' ? 'inconclusive' : 'failed';
  return {
    ...about,
    state,
    verdict,
    sentence,
    ...(evidence ? { evidence } : {}),
    ...drawn(error, run),
    ...frame,
    milliseconds,
  };
}

/** @returns the schedule behind the evidence, if an explorer has found one */
function drawn(error: ReportedError, { root }: SuiteRun): { timeline?: CheckTimeline } {
  const { success, data } = timelineSchema.safeParse(withVerdict(error).timeline);
  const json = success ? JSON.stringify(data) : undefined;
  if (json === undefined || json.length > longestTimeline) return {};
  const clean = (_: string, value: unknown) => (typeof value === 'string' ? withoutPaths(value, root) : value);
  return { timeline: JSON.parse(json, clean) as CheckTimeline };
}

/** Characters of JSON. Folded, even a long schedule has less. */
const longestTimeline = 40_000;

const identity = ({ id, task, title, requirements }: Draft): Pick<Check, 'id' | 'task' | 'title' | 'requirements'> =>
  requirements.length > 0 ? { id, task, title, requirements } : { id, task, title };

/** An annotation is a sentence and, below an empty line, the chart behind it. */
function split(message: string): { sentence: string; evidence?: string } {
  const [sentence = '', ...evidence] = message.split('\n\n');
  return evidence.length > 0 ? { sentence, evidence: evidence.join('\n\n') } : { sentence };
}

export function missing(draft: Draft, stopped: boolean): Check {
  const why = stopped
    ? 'the suite was stopped before it'
    : draft.skipped
      ? 'the suite skips it'
      : 'it was skipped or never ended';
  return {
    ...identity(draft),
    state: 'missing',
    verdict: 'failed',
    sentence: `This check did not run: ${why}.`,
    milliseconds: 0,
  };
}

/** @returns the innermost error with a verdict: an assertion about a promise wraps the Finding that it came with */
export function withVerdict(error: ReportedError): ReportedError {
  for (let at: ReportedError | undefined = error; at; at = at.cause)
    if (at.verdict !== undefined && isVerdict(at.verdict)) return at;
  return error;
}

/** @returns the assertion that failed, where it compares two values and the suite has no sentence for it */
function comparedIn(error: ReportedError): ReportedError | undefined {
  const { cause, message } = error;
  const assertion = error.name === 'Finding' && cause?.message === message ? cause : error;
  return assertion.name === 'AssertionError' && assertion.diff !== undefined ? assertion : undefined;
}

/** Characters up to which a value stands in a sentence. */
const shortValue = 60;

/** @returns a value as Vitest prints it, on one line and without the class of plain objects and arrays */
const onOneLine = (printed = 'undefined'): string =>
  printed
    .replace(/\b(?:Object|Array) (?=[{[])/g, '')
    .replace(/,?\n\s*(?=[}\]])/g, ' ')
    .replace(/\s*\n\s*/g, ' ');

/** Two values in a sentence where they are short, otherwise their difference line by line. */
function comparison(
  { diff = '', expected, actual, message }: ReportedError,
  clean: (text: string) => string,
): { sentence: string; evidence: string | undefined } {
  const [wanted, got] = [onOneLine(expected), onOneLine(actual)];
  const isShort = (value: string) => value.length <= shortValue && !value.includes('…');
  // What the suite says of the comparison stands before Vitest's own words.
  const [, said] = /^([^]*?): expected [^]* to /.exec(message) ?? [];
  const about = said === undefined ? '' : `${said.trim()}: `;
  if (isShort(wanted) && isShort(got) && wanted !== got)
    return { sentence: `${about}wanted ${wanted}, got ${got}.`.replace(/^w/, 'W'), evidence: undefined };
  const lines = clean(diff).replace(/^- Expected\b.*\n\+ Received\b.*\n/m, '- wanted\n+ got\n');
  return { sentence: `${about}what came is not what was wanted.`.replace(/^w/, 'W'), evidence: lines };
}

function explain(
  error: ReportedError,
  { root }: SuiteRun,
): { verdict: Verdict; sentence: string; evidence: string | undefined } {
  const inner = withVerdict(error);
  // Blank lines go, but not the indentation of the first line: it aligns the heading of a timeline with its columns.
  const clean = (text: string) =>
    withoutPaths(stripVTControlCharacters(text), root)
      .replace(/^(?:[ \t]*\r?\n)+/, '')
      .trimEnd();
  const verdict = isVerdict(inner.verdict) ? inner.verdict : 'failed';
  const compared = comparedIn(inner);
  if (compared !== undefined) return { verdict, ...comparison(compared, clean) };
  const evidence = inner.evidence ?? inner.diff;
  const message = inner.evidence === undefined ? inner.message : inner.message.replace(`\n\n${inner.evidence}`, '');
  const named =
    isVerdict(inner.verdict) || ['Error', 'AssertionError', 'Finding'].includes(inner.name)
      ? message
      : `${inner.name}: ${message}`;
  return {
    verdict,
    sentence: clean(named).trimStart() || inner.name,
    evidence: evidence === undefined ? undefined : clean(evidence),
  };
}
