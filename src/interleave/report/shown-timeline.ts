// What of a timeline is shown, and in which words: the same in a terminal and on a page.
import { baseName } from './base-name.ts';
import { foldRows, type FoldedRow } from './fold-rows.ts';
import type { ShownRow, ShownTimeline, Timeline, TimelineRow } from './timeline.ts';

/** What the reader writes, and the row to mark. */
export interface Marks {
  readonly cause?: { readonly row: number } | undefined;
  readonly isOwn?: ((file: string) => boolean) | undefined;
}

/**
 * Folds rounds of the same rows, and leaves out what says nothing to a reader.
 * @param named numbers of steps that the text around names, and that must be shown
 */
export function shownTimeline(
  timeline: Timeline,
  named: ReadonlySet<number>,
  { cause, isOwn }: Marks = {},
): ShownTimeline {
  const { lanes, rows } = timeline;
  const { places, file } = placesOf(rows, isOwn);
  const words = shownWords(timeline, places);
  const texts = rows.map(({ text }) => withoutIds(text));
  const keys = rows.map(({ lane, values }, at) => [lane, texts[at], places[at], ...values].join('|'));
  const folded = foldRows(keys, (row) => row === cause?.row || named.has(rows[row]?.step ?? -1));
  const chosen = (values: readonly unknown[]) => words.map((word) => String(values[word]));
  const shown = (at: number): ShownRow => {
    const { step, lane, values, preemption } = rows[at]!;
    return {
      ...(step === undefined ? {} : { step }),
      lane,
      text: texts[at]!,
      ...(places[at] === '' ? {} : { place: places[at]! }),
      values: chosen(values),
      ...(preemption ? { preempts: true as const } : {}),
      ...(at === cause?.row ? { cause: true as const } : {}),
    };
  };
  return {
    lanes: [...lanes],
    words: chosen(timeline.words),
    initial: chosen(timeline.initial),
    ...(file === undefined ? {} : { file }),
    rows: folded.map((each) => ('row' in each ? shown(each.row) : { leftOut: leftOut(each, rows) })),
  };
}

function leftOut(each: Exclude<FoldedRow, { row: number }>, rows: readonly TimelineRow[]): string {
  if ('gap' in each) return `${each.gap} ${each.gap === 1 ? 'row' : 'rows'} left out`;
  const what = each.period === 1 ? 'the same' : `the same ${each.period} rows`;
  const last = rows[each.last]?.step;
  const upTo = last === undefined ? '' : `, up to step ${last}`;
  return `${what} ${each.times} more ${each.times === 1 ? 'time' : 'times'}${upTo}`;
}

/** Places in files of an exercise, where there are any: all others are the suite's. */
function placesOf(rows: readonly TimelineRow[], isOwn: Marks['isOwn']): { places: string[]; file?: string } {
  const isExercise = (file: string) => /[/\\](?:exercises|solutions)[/\\]\d\d-/.test(file);
  const all = rows.map(({ file, line }) => (file === undefined || line === undefined ? undefined : { file, line }));
  const some = all.some((place) => place && isExercise(place.file));
  const found = all.map((place, at) => {
    if (!place || !some) return place;
    if (!isExercise(place.file)) return undefined;
    return rows[at]!.places?.find(({ file }) => isOwn?.(file)) ?? place;
  });
  const [file, ...others] = new Set(found.flatMap((place) => (place ? [baseName(place.file)] : [])));
  const places = found.map((place) => (place ? `${others.length > 0 ? baseName(place.file) : ''}:${place.line}` : ''));
  return { places, ...(file !== undefined && others.length === 0 ? { file } : {}) };
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
