import { formatReport, type Formattable } from '#src/interleave/index.ts';
import { finding, type Finding } from '#src/verdict/index.ts';
import type { Verdict } from '#src/verdict/index.ts';

/** How an exploration of threads or of promises ended. */
type Explored = Formattable['verdict'];

const names: Record<Exclude<Explored, 'pass'>, Verdict> = {
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

/** What the explorers say of `process.exit` and of a thread that is gone. */
const endsItsThread = /called process\.exit|exit code|The agent was ended/;

/**
 * Makes of an explorer's report what a suite throws.
 * @param report of `explore`, `replay`, `explorePromises` or `replayPromises`
 * @param replay how the schedule is shown again, the arguments of `npm run kata replay` before the token: `11
 * exclusion`
 * @param named what to call a verdict in place of the usual name, such as `{ violation: 'wrong order' }`
 * @returns the finding, or `undefined` after a pass
 */
export function explorerFinding(
  report: Formattable,
  replay: string,
  named: Partial<Record<Explored, Verdict>> = {},
): Finding | undefined {
  const { verdict, sentence } = report;
  if (verdict === 'pass') return undefined;
  const missing = /Not implemented yet(?: \([^)]*\))?/.exec(sentence);
  if (missing) return finding('not implemented', `${missing[0]}.`);
  const name = named[verdict] ?? (verdict === 'threw' && endsItsThread.test(sentence) ? 'crash' : names[verdict]);
  // The report's own first line is verdict and sentence.
  const [, ...rest] = formatReport(report, { replayCommand: `npm run kata replay ${replay}` }).split('\n');
  return finding(name, sentence, rest.join('\n').replace(/^\n/, ''));
}

/**
 * @param report as for {@link explorerFinding}, and the other parameters too
 * @throws {Finding} where the report is not a pass
 */
export function expectPass(report: Formattable, replay: string, named: Partial<Record<Explored, Verdict>> = {}): void {
  const found = explorerFinding(report, replay, named);
  if (found) throw found;
}
