// What the page shows of a position.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { asSentences, explained } from '#src/exploration/index.ts';
import { baseName, causeOf } from '#src/interleave/index.ts';
import type { Place, Position, ShownRow, ShownTimeline, Timeline } from '#src/interleave/index.ts';
import type { LaneView, Reached, SourcePlace, View } from './page-data.ts';

/** Whether the reader writes a file, given as URL or path. */
export type IsOwn = (file: string) => boolean;

/**
 * @param whole the position at the end of the schedule
 * @param at where to stand in it
 * @param endsAsleep who must sleep at the end, as a sentence
 */
export async function viewOf(whole: Position, at: Position, isOwn: IsOwn, endsAsleep?: string): Promise<View> {
  const isWanted = endsAsleep !== undefined && isAsleep(at.ending?.verdict ?? '');
  const names = new Map<string, string>();
  const shown: ShownPlace = (places) => {
    const place = places.find(({ file }) => isOwn(file)) ?? places[0];
    if (!place) return undefined;
    names.set(baseName(place.file), place.file);
    return { file: baseName(place.file), line: place.line };
  };
  const timeline = shownTimeline(whole.timeline, shown);
  const lanes = whole.timeline.lanes.map((name, lane): LaneView => {
    const { state, on, places } = at.lanes[lane] ?? { state: 'ended', places: [] };
    const place = state === 'ended' ? undefined : shown(places);
    return { name, state, ...(on === undefined ? {} : { on }), ...(place ? { at: place } : {}) };
  });
  return {
    schedule: whole.token,
    total: whole.steps,
    steps: at.steps,
    timeline,
    rows: at.timeline.rows.length,
    lanes,
    choices: at.choices.map(({ lane, text, preempts, token }) => ({ lane, text, preempts, schedule: token })),
    writers: writersOf(whole.timeline, at.timeline.rows.length),
    reached: isWanted ? null : reachedIn(at, isOwn),
    endsWell: isWanted || at.ending?.verdict === 'pass' ? endOf(at.timeline) : null,
    left: whole.left ?? null,
    files: await textsOf(names),
  };
}

type ShownPlace = (places: readonly Place[]) => SourcePlace | undefined;

/** All rows, none folded: each can be gone to. */
function shownTimeline({ lanes, words, initial, rows: all }: Timeline, shown: ShownPlace): ShownTimeline {
  const rows = all.map(({ step, lane, text, values, preemption, places, file, line }): ShownRow => {
    const place = shown(places ?? (file === undefined || line === undefined ? [] : [{ file, line }]));
    return {
      ...(step === undefined ? {} : { step }),
      lane,
      text,
      ...(place ? { place: `${place.file}:${place.line}` } : {}),
      values: values.map(String),
      ...(preemption ? { preempts: true as const } : {}),
    };
  });
  return { lanes: [...lanes], words: words.map(String), initial: initial.map(String), rows };
}

/** @returns by word who wrote it last, as `A, step 3` */
function writersOf({ rows, words, lanes }: Timeline, until: number): (string | null)[] {
  return words.map((word) => {
    const row = rows.slice(0, until).findLast(({ access }) => access?.writes === true && access.word === word);
    return row ? `${lanes[row.lane]}, step ${row.step}` : null;
  });
}

/** Whether a run ended since whoever has not ended sleeps. */
export const isAsleep = (verdict: string): boolean => verdict === 'deadlock' || verdict === 'lost wake-up';

const deeds: Readonly<Record<string, string>> = {
  violation: 'You made the result wrong',
  deadlock: 'You found a deadlock',
  'lost wake-up': 'You found a deadlock (a lost wake-up)',
  livelock: 'You found a livelock',
  reached: 'You got there',
  'data race': 'You found a data race',
};

function reachedIn({ ending, lost, steps, preemptions, timeline }: Position, isOwn: IsOwn): Reached | null {
  const lanes = timeline.rows.flatMap(({ step, lane }) => (step === undefined ? [] : [timeline.lanes[lane]!]));
  if (lost) {
    const { read, between, write } = lost;
    const [reader, writer] = [lanes[read - 1]!, lanes[between - 1]!];
    const word = timeline.rows[write - 1]?.access?.word ?? 'the value';
    const sentence =
      `${reader} read ${word} at step ${read}, ${writer} changed it at step ${between}, and ${reader} wrote over ` +
      `that at step ${write}.`;
    const switches = timeline.rows.slice(0, write).filter(({ preemption }) => preemption).length;
    const failed = ending && ending.verdict !== 'pass' ? ` At the end: ${asSentences(ending.sentence)}` : '';
    return { what: 'You lost an update', sentence: `${sentence}${failed}`, steps: write, switches };
  }
  if (!ending || ending.verdict === 'pass') return null;
  const { verdict, reason, sentence } = ending;
  const counts = { steps, switches: preemptions };
  if (reason === 'not-implemented') {
    const isMissing = steps === 0;
    return { what: 'Nothing to play yet', sentence: notImplemented(ending), isMissing, ...counts };
  }
  const cause = causeOf({ ...ending, timeline }, isOwn);
  return {
    what: deeds[verdict] ?? 'The run failed',
    sentence: asSentences(explained(sentence, cause?.sentence)),
    ...counts,
  };
}

/** What to do before there is anything to play. */
export function notImplemented({ thrown }: { readonly thrown?: { file?: string; line?: number } }): string {
  const where = thrown?.file === undefined ? 'a function' : `${baseName(thrown.file)}:${thrown.line}`;
  return `${where} is not implemented yet. Write it and save: this page goes on by itself.`;
}

function endOf({ words, rows, initial }: Timeline): string {
  const values = rows.at(-1)?.values ?? initial;
  const end = words.map((word, at) => `${word} is ${String(values[at])}`).join(', ');
  return `The run ended as it must${end === '' ? '' : `: ${end}`}. Undo with u, or start over, and try another order.`;
}

async function textsOf(names: ReadonlyMap<string, string>): Promise<Record<string, string>> {
  const texts = [...names].map(async ([name, file]) => {
    const path = file.startsWith('file:') ? fileURLToPath(file.replace(/[?#].*$/, '')) : file;
    return [name, await readFile(path, 'utf8').catch(() => undefined)] as const;
  });
  return Object.fromEntries(
    (await Promise.all(texts)).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}
