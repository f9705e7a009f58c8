// A timeline as lines of a terminal, at most 100 columns wide.
import { baseName } from './base-name.ts';
import { foldRows, type FoldedRow } from './fold-rows.ts';
import type { Timeline, TimelineRow } from './timeline.ts';

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

/** What the reader writes, and the row to mark. */
interface Marks {
  readonly cause?: { readonly row: number } | undefined;
  readonly isOwn?: ((file: string) => boolean) | undefined;
}

/**
 * @param named numbers of steps that the text around names, and that must be shown
 */
export function timelineText(timeline: Timeline, named: ReadonlySet<number>, { cause, isOwn }: Marks = {}): string[] {
  const { lanes, rows } = timeline;
  const places = placesOf(rows, isOwn);
  const words = shownWords(timeline, places);
  const texts = rows.map(({ text }) => withoutIds(text));
  const keys = rows.map(({ lane, values }, at) => [lane, texts[at], places[at], ...values].join('|'));
  const folded = foldRows(keys, (row) => row === cause?.row || named.has(rows[row]?.step ?? -1));
  const shown = folded.flatMap((each) => ('row' in each ? [each.row] : []));
  const placeWidth = Math.max(0, ...shown.map((row) => places[row]!.length));

  const layout = layouts.find((each) => widthOf(each).total <= columns) ?? layouts.at(-1)!;
  const { starts, lanesWidth, valueWidths, total } = widthOf(layout);
  const lanesFit = Math.max(lanes.length * 4 + 12, lanesWidth - Math.max(0, total - columns));

  function widthOf({ stride, value }: (typeof layouts)[number]) {
    const natural = lanes.map((name, lane) =>
      Math.max(name.length, ...shown.filter((row) => rows[row]!.lane === lane).map((row) => texts[row]!.length)),
    );
    const starts: number[] = [];
    for (const [lane] of lanes.entries())
      starts.push(lane === 0 ? 0 : starts[lane - 1]! + Math.min(natural[lane - 1]! + 2, stride));
    const lanesWidth = Math.max(...natural.map((width, lane) => starts[lane]! + width));
    const valueWidths = words.map((word) =>
      Math.min(
        value,
        Math.max(
          ...[timeline.words[word], timeline.initial[word], ...shown.map((row) => rows[row]!.values[word])].map(
            (each) => String(each).length,
          ),
        ),
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

  const line = (head: string, inLanes: string, place: string, values: readonly unknown[]) => {
    const cells = words.map((word, at) => short(String(values[word]), valueWidths[at]!).padStart(valueWidths[at]!));
    const where = placeWidth > 0 ? [place.padEnd(placeWidth)] : [];
    return `${head}${[short(inLanes, lanesFit).padEnd(lanesFit), ...where, ...cells].join('  ')}`.trimEnd();
  };
  const header = lanes.reduce(
    (text, name, lane) => `${text.padEnd(starts[lane]!)}${short(name, nameWidth(starts, lane))}`,
    '',
  );
  const row = (at: number) => {
    const { preemption, step, lane, values } = rows[at]!;
    const head = `${preemption ? '⇄' : ' '}${String(step ?? '·').padStart(4)}${at === cause?.row ? '► ' : '  '}`;
    return line(head, `${' '.repeat(starts[lane]!)}${texts[at]}`, places[at]!, values);
  };
  return [
    line(' '.repeat(margin), header, '', timeline.words),
    line(' '.repeat(margin), '', '', timeline.initial),
    ...folded.map((each) => ('row' in each ? row(each.row) : `${' '.repeat(margin)}${leftOut(each, rows)}`)),
    ...(cause ? ['', '    ► the step to look at'] : []),
  ];
}

/** Columns for the name of a lane: up to the next one. */
const nameWidth = (starts: readonly number[], lane: number): number =>
  lane + 1 < starts.length ? starts[lane + 1]! - starts[lane]! - 1 : Infinity;

function leftOut(each: Exclude<FoldedRow, { row: number }>, rows: readonly TimelineRow[]): string {
  if ('gap' in each) return `… ${each.gap} ${each.gap === 1 ? 'row' : 'rows'} left out …`;
  const what = each.period === 1 ? 'the same' : `the same ${each.period} rows`;
  const last = rows[each.last]?.step;
  const upTo = last === undefined ? '' : `, up to step ${last}`;
  return `… ${what} ${each.times} more ${each.times === 1 ? 'time' : 'times'}${upTo} …`;
}

/** Places in files of an exercise, where there are any: all others are the suite's. */
function placesOf(rows: readonly TimelineRow[], isOwn: Marks['isOwn']): string[] {
  const isExercise = (file: string) => /[/\\](?:exercises|solutions)[/\\]\d\d-/.test(file);
  const all = rows.map(({ file, line }) => (file === undefined || line === undefined ? undefined : { file, line }));
  const some = all.some((place) => place && isExercise(place.file));
  const found = all.map((place, at) => {
    if (!place || !some) return place;
    if (!isExercise(place.file)) return undefined;
    return rows[at]!.places?.find(({ file }) => isOwn?.(file)) ?? place;
  });
  const files = new Set(found.flatMap((place) => (place ? [baseName(place.file)] : [])));
  return found.map((place) => (place ? `${files.size > 1 ? baseName(place.file) : ''}:${place.line}` : ''));
}

/** @returns indexes of the words to show: not of one that only the suite's own code uses and that never changes */
function shownWords({ words, rows, initial }: Timeline, places: readonly string[]): number[] {
  const all = [...words.keys()];
  if (places.every((place) => place === '')) return all;
  return all.filter((word) =>
    rows.some(
      ({ access, values }, at) =>
        values[word] !== initial[word] || !access || (access.word === words[word] && places[at] !== ''),
    ),
  );
}

/** A random id says nothing to a reader. */
const withoutIds = (text: string): string =>
  text.replace(/\b([0-9a-f]{4})[0-9a-f]{4}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '$1…');

const short = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
