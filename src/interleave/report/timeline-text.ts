// A timeline as lines of a terminal, at most 100 columns wide.
import type { ShownRow, ShownTimeline } from './timeline.ts';

/** Columns of a terminal that nobody has made larger. */
const columns = 100;
/** What stands before the lanes: the mark of a preemption, the step, the mark of the cause. */
const margin = 7;
/** Lanes side by side, then closer and closer together, and how wide a value may be then. */
const layouts = [
  { stride: Infinity, value: 40 },
  { stride: 24, value: 24 },
  { stride: 16, value: 16 },
  { stride: 10, value: 14 },
  { stride: 6, value: 10 },
  { stride: 4, value: 8 },
];

/** @returns the lines, the names of lanes and words first */
export function timelineText({ lanes, words, initial, rows }: ShownTimeline): string[] {
  const steps = rows.flatMap((row) => ('lane' in row ? [row] : []));
  const placeWidth = Math.max(0, ...steps.map(({ place = '' }) => place.length));

  const layout = layouts.find((each) => widthOf(each).total <= columns) ?? layouts.at(-1)!;
  const { starts, lanesWidth, valueWidths, total } = widthOf(layout);
  const lanesFit = Math.max(lanes.length * 4 + 12, lanesWidth - Math.max(0, total - columns));

  function widthOf({ stride, value }: (typeof layouts)[number]) {
    const natural = lanes.map((name, lane) =>
      Math.max(name.length, ...steps.filter((row) => row.lane === lane).map(({ text }) => text.length)),
    );
    const starts: number[] = [];
    for (const [lane] of lanes.entries())
      starts.push(lane === 0 ? 0 : starts[lane - 1]! + Math.min(natural[lane - 1]! + 2, stride));
    const lanesWidth = Math.max(...natural.map((width, lane) => starts[lane]! + width));
    const valueWidths = words.map((word, at) =>
      Math.min(
        value,
        Math.max(...[word, initial[at]!, ...steps.map(({ values }) => values[at]!)].map((each) => each.length)),
      ),
    );
    const values = valueWidths.reduce((sum, width) => sum + 2 + width, 0);
    return {
      starts,
      lanesWidth,
      valueWidths,
      total: margin + lanesWidth + (placeWidth > 0 ? 2 + placeWidth : 0) + values,
    };
  }

  const line = (head: string, inLanes: string, place: string, values: readonly string[]) => {
    const cells = values.map((value, at) => short(value, valueWidths[at]!).padStart(valueWidths[at]!));
    const where = placeWidth > 0 ? [place.padEnd(placeWidth)] : [];
    return `${head}${[short(inLanes, lanesFit).padEnd(lanesFit), ...where, ...cells].join('  ')}`.trimEnd();
  };
  const header = lanes.reduce(
    (text, name, lane) => `${text.padEnd(starts[lane]!)}${short(name, nameWidth(starts, lane))}`,
    '',
  );
  const stepLine = ({ preempts, step, lane, text, place = '', values, cause }: ShownRow) => {
    const head = `${preempts ? '⇄' : ' '}${String(step ?? '·').padStart(4)}${cause ? '► ' : '  '}`;
    return line(head, `${' '.repeat(starts[lane]!)}${text}`, place, values);
  };
  return [
    line(' '.repeat(margin), header, '', words),
    line(' '.repeat(margin), '', '', initial),
    ...rows.map((row) => ('lane' in row ? stepLine(row) : `${' '.repeat(margin)}… ${row.leftOut} …`)),
    ...(steps.some(({ cause }) => cause) ? ['', '    ► the step to look at'] : []),
  ];
}

/** Columns for the name of a lane: up to the next one. */
const nameWidth = (starts: readonly number[], lane: number): number =>
  lane + 1 < starts.length ? starts[lane + 1]! - starts[lane]! - 1 : Infinity;

const short = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
