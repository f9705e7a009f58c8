import { baseName } from './base-name.ts';
import type { BaseReport } from './report.ts';
import type { Timeline, TimelineRow } from './timeline.ts';

/** What it takes to show a report. */
export type Formattable = Pick<
  BaseReport,
  'verdict' | 'sentence' | 'coverage' | 'notes' | 'demonstrated' | 'timeline' | 'token'
>;

/** Options of the text. */
export interface FormatOptions {
  /** The command that replays a token, without the token: `npm run kata replay 13`. Left out: no such line. */
  replayCommand?: string;
}

/** Rows shown before and after a gap where a timeline is longer than their sum. */
const SHOWN = 60;

/** @returns the report as a person reads it in a terminal: several lines, without a newline at the end */
export function formatReport(report: Formattable, options: FormatOptions = {}): string {
  const { verdict, sentence, coverage, notes, demonstrated, timeline, token } = report;
  const label = verdict === 'lost wake-up' ? 'deadlock (lost wake-up)' : verdict;
  const lines = [`${label}: ${sentence}`];
  if (timeline && timeline.rows.length > 0) lines.push('', ...timelineLines(timeline), '');
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

function timelineLines(timeline: Timeline): string[] {
  const files = new Set(timeline.rows.map((row) => row.file).filter((file) => file !== undefined));
  const place = (row: TimelineRow): string => {
    if (row.line === undefined || row.file === undefined) return '';
    return `${files.size > 1 ? baseName(row.file) : ''}:${row.line}`;
  };
  const { lanes, words, rows } = timeline;
  const text = lanes.map((name, lane) =>
    Math.max(name.length, ...rows.filter((row) => row.lane === lane).map((row) => row.text.length)),
  );
  const places = lanes.map((_, lane) =>
    Math.max(0, ...rows.filter((row) => row.lane === lane).map((row) => place(row).length)),
  );
  const lanesOf = (fill: (lane: number) => [string, string]) =>
    lanes.map((_, lane) => {
      const [left, right] = fill(lane);
      return `${left.padEnd(text[lane]!)}  ${right.padEnd(places[lane]!)}`;
    });
  const values = words.map((word, index) =>
    Math.max(
      word.length,
      String(timeline.initial[index]).length,
      ...rows.map((row) => String(row.values[index]).length),
    ),
  );
  const cells = (of: (index: number) => string) => words.map((_, index) => of(index).padStart(values[index]!));
  const line = (head: string, inner: string[], tail: string[]) => `${head}${[...inner, ...tail].join('  ')}`.trimEnd();
  const head = line(
    '       ',
    lanesOf((lane) => [lanes[lane]!, '']),
    cells((index) => words[index]!),
  );
  const start = line(
    '       ',
    lanesOf(() => ['', '']),
    cells((index) => String(timeline.initial[index])),
  );
  const body = rows.map((row) =>
    line(
      `${row.preemption ? '⇄' : ' '}${String(row.step ?? '·').padStart(4)}  `,
      lanesOf((lane) => (lane === row.lane ? [row.text, place(row)] : ['', ''])),
      cells((index) => String(row.values[index])),
    ),
  );
  if (body.length > 2 * SHOWN)
    body.splice(SHOWN, body.length - 2 * SHOWN, `       … ${body.length - 2 * SHOWN} steps left out …`);
  return [head, start, ...body];
}
