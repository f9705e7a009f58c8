import {
  causeOf,
  formatReport,
  reportTimeline,
  type BaseReport,
  type ExplorerVerdict,
  type Reason,
} from '#src/interleave/index.ts';
import { ownFiles } from './own-files.ts';
import { finding, type Finding, type Verdict } from '#src/verdict/index.ts';

/** What a verdict of the explorer is called in the grader's report. */
const names: Record<Exclude<ExplorerVerdict, 'pass' | 'reached'>, Verdict> = {
  violation: 'lost update',
  deadlock: 'deadlock',
  'lost wake-up': 'deadlock',
  livelock: 'livelock',
  'data race': 'data race',
  'uncontrolled access': 'failed',
  stuck: 'timeout',
  threw: 'failed',
  // Node ends the whole process then.
  'unhandled rejection': 'crash',
  'not deterministic': 'failed',
};

/** Reasons that say more than the verdict. */
const byReason: Partial<Record<Reason, Verdict>> = { 'process-exit': 'crash', 'agent-ended': 'crash' };

/** What to do about failures whose sentence only names the accesses or the line. */
const hints: Partial<Record<Reason, string>> = {
  'data-race': 'Use Atomics for both, or put an atomic operation of each thread between them, as a lock does',
  'no-visible-step': 'Look for a loop there whose condition reads no shared memory',
};

/** What a suite calls a verdict of the explorer in place of the usual name, such as `{ violation: 'wrong order' }`. */
export type VerdictNames = Partial<Record<ExplorerVerdict, Verdict>>;

/**
 * Makes of an explorer's report what a suite throws.
 * @param report of `explore`, `replay`, `explorePromises` or `replayPromises`
 * @param replayed the arguments of `npm run kata replay` before the token: `11 exclusion`
 * @returns the finding, or `undefined` after a pass, or where the program only asks whether a state can be reached
 */
export function explorerFinding(report: BaseReport, replayed: string, named: VerdictNames = {}): Finding | undefined {
  const { verdict, reason, sentence, thrown } = report;
  if (verdict === 'pass' || verdict === 'reached') return undefined;
  if (reason === 'not-implemented' && thrown) return finding('not implemented', `${thrown.message}${placeOf(thrown)}.`);
  const name = named[verdict] ?? byReason[reason] ?? names[verdict];
  // The report's own first line is verdict and sentence.
  const isOwn = ownFiles(replayed);
  const cause = causeOf(report, isOwn);
  const [replayCommand, playCommand] = [`npm run kata replay ${replayed}`, `npm run kata play ${replayed}`];
  const [, ...rest] = formatReport(report, { replayCommand, playCommand, cause, isOwn }).split('\n');
  const text = asSentences([explained(sentence, cause?.sentence), hints[reason]].filter(Boolean).join('. '));
  const found = finding(name, text, rest.join('\n').replace(/^\n/, ''));
  const timeline = reportTimeline(report, { cause, isOwn });
  return Object.assign(found, timeline && { timeline }, cause && { studentFrame: cause.place });
}

/**
 * @param report as for {@link explorerFinding}, and the other parameters too
 * @throws {Finding} unless the report is a pass
 */
export function expectPass(report: BaseReport, replayed: string, named: VerdictNames = {}): void {
  const found = explorerFinding(report, replayed, named);
  if (found) throw found;
}

/** @returns both sentences, the second one only if it says more */
export function explained(sentence: string, cause: string | undefined): string {
  return cause === undefined ? sentence : `${sentence.replace(/[.]?$/, '.')} ${cause}`;
}

/** Words that begin a sentence. Any other word in lower case may be a name in the code. */
const openings =
  'the thread a an both one two three no nobody somebody from of all each after beside expected what step while';
const opening = new RegExp(`^(?:${openings.replaceAll(' ', '|')})(?= )`);

/** @returns what the explorer reports in one line, with a capital letter and a period */
export const asSentences = (text: string): string =>
  `${text.replace(opening, (word) => word[0]!.toUpperCase() + word.slice(1))}${/[.?!:]$/.test(text) ? '' : '.'}`;

function placeOf({ file, line }: NonNullable<BaseReport['thrown']>): string {
  return file === undefined || line === undefined ? '' : ` (${file.slice(file.lastIndexOf('/') + 1)}:${line})`;
}
