import type { BaseReport } from './report.ts';
import { timelineText } from './timeline-text.ts';

/** What it takes to show a report. */
export type Formattable = Pick<
  BaseReport,
  'verdict' | 'sentence' | 'coverage' | 'notes' | 'demonstrated' | 'timeline' | 'token'
>;

/** Options of the text. */
export interface FormatOptions {
  /** The command that replays a token, without the token: `npm run kata replay 13`. Left out: no such line. */
  replayCommand?: string;
  /** The row of the timeline to mark, as an index. */
  cause?: { readonly row: number; readonly sentence?: string | undefined } | undefined;
  /** Whether the reader writes a file: a row shows the line that led there rather than a line of a given file. */
  isOwn?: ((file: string) => boolean) | undefined;
}

/** @returns the report as a person reads it in a terminal: several lines, without a newline at the end */
export function formatReport(report: Formattable, options: FormatOptions = {}): string {
  const { verdict, sentence, coverage, notes, demonstrated, timeline, token } = report;
  const label = verdict === 'lost wake-up' ? 'deadlock (lost wake-up)' : verdict;
  const lines = [`${label}: ${sentence}`];
  if (timeline && timeline.rows.length > 0) {
    const named = [...`${sentence} ${options.cause?.sentence} ${notes.join(' ')}`.matchAll(/\bsteps? (\d+)/g)].map(
      ([, step]) => Number(step),
    );
    lines.push('', ...timelineText(timeline, new Set(named), options), '');
  }
  lines.push(coverage, ...notes);
  if (demonstrated !== undefined)
    lines.push(
      demonstrated
        ? 'run again on real threads: the same'
        : 'run again on real threads: NOT the same; this is a fault of the explorer, please report it',
    );
  if (token !== undefined && options.replayCommand !== undefined)
    lines.push(`replay: ${options.replayCommand} ${token}`);
  return lines.join('\n');
}
