import type { BaseReport } from './report.ts';
import { shownTimeline } from './shown-timeline.ts';
import { timelineText } from './timeline-text.ts';
import type { ShownTimeline } from './timeline.ts';

/** What it takes to show a report. */
export type Formattable = Pick<
  BaseReport,
  'verdict' | 'sentence' | 'coverage' | 'notes' | 'demonstrated' | 'timeline' | 'token'
>;

/** Options of the text. */
export interface FormatOptions {
  /** The command that replays a token, without the token: `npm run kata replay 13`. Left out: no such line. */
  replayCommand?: string;
  /** The command that plays a token on a page, likewise. */
  playCommand?: string;
  /** The row of the timeline to mark, as an index. */
  cause?: { readonly row: number; readonly sentence?: string | undefined } | undefined;
  /** Whether the reader writes a file: a row shows the line that led there rather than a line of a given file. */
  isOwn?: ((file: string) => boolean) | undefined;
}

/** @returns the report as a person reads it in a terminal: several lines, without a newline at the end */
export function formatReport(report: Formattable, options: FormatOptions = {}): string {
  const { verdict, sentence, coverage, notes, demonstrated, token } = report;
  const label = verdict === 'lost wake-up' ? 'deadlock (lost wake-up)' : verdict;
  const lines = [`${label}: ${sentence}`];
  const shown = reportTimeline(report, options);
  if (shown) lines.push('', ...timelineText(shown), '');
  lines.push(coverage, ...notes);
  if (demonstrated !== undefined)
    lines.push(
      demonstrated
        ? 'run again on real threads: the same'
        : 'run again on real threads: NOT the same; this is a fault of the explorer, please report it',
    );
  if (token !== undefined && options.playCommand !== undefined)
    lines.push(`step through it: ${options.playCommand} ${token}`);
  if (token !== undefined && options.replayCommand !== undefined)
    lines.push(`replay: ${options.replayCommand} ${token}`);
  return lines.join('\n');
}

/** @returns the timeline as the text shows it; undefined where there is none */
export function reportTimeline(report: Formattable, options: FormatOptions = {}): ShownTimeline | undefined {
  const { sentence, notes, timeline } = report;
  if (!timeline || timeline.rows.length === 0) return undefined;
  const said = `${sentence} ${options.cause?.sentence} ${notes.join(' ')}`;
  const named = [...said.matchAll(/\bsteps? (\d+)/g)].map(([, step]) => Number(step));
  return shownTimeline(timeline, new Set(named), options);
}
