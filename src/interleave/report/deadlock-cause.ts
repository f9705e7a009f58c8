import type { Trail } from './trail.ts';

/** @returns the row that took a wake-up away, or that should have released what a thread waits for */
export function deadlockCause(trail: Trail): number | undefined {
  const { rows } = trail;
  const sleepers = trail.lanes.flatMap((_, lane) => {
    const last = rows.findLastIndex((row) => row.lane === lane);
    return rows[last]?.access?.sleeps && trail.placeOf(last) ? [last] : [];
  });
  const found = sleepers.map((sleep) => causeOfSleep(trail, sleep));
  return found.find((at) => at !== undefined) ?? waiting(trail);
}

function causeOfSleep(trail: Trail, sleep: number): number | undefined {
  const { rows } = trail;
  const { lane, access } = rows[sleep]!;
  const { word } = access!;
  const awaited = trail.before(sleep, word);
  const free = trail.initially(word);
  const own = (at: number) => (at >= 0 && trail.placeOf(at) ? at : undefined);
  const writes = rows.flatMap((row, at) => (row.access?.word === word && row.access.writes ? [at] : []));
  const end = trail.before(rows.length, word);
  const last = writes.filter((at) => trail.changes(at)).at(-1);
  if (last === undefined) return own(sleep);
  if (end !== free) {
    // Somebody holds it still.
    const holder = rows[last]!.lane;
    const holdersLast = rows.findLastIndex((row) => row.lane === holder);
    if (holder === lane || rows[holdersLast]!.access?.sleeps) return own(sleep);
    return trail.lastOwn(rows.length, holder);
  }
  // It is free, and nobody has woken the sleeper. Either it fell asleep too late, …
  const missed = writes.some(
    (at) => at < sleep && trail.changes(at) && rows[at]!.values[trail.words.indexOf(word)] === free,
  );
  if (last < sleep && missed) return before(trail, sleep) ?? own(sleep);
  // … or somebody released a lock without having taken it, …
  const twice = rows.findLastIndex(
    ({ access: use }, at) =>
      at > last && use?.word === word && use.writes && rows[at]!.values[trail.words.indexOf(word)] === free,
  );
  if (twice >= 0) return trail.lastOwn(twice, rows[twice]!.lane) ?? own(twice);
  // … or took it as if nobody slept, or released it without a notify.
  const forgot = writes.findLast((at) => {
    const value = rows[at]!.values[trail.words.indexOf(word)];
    return at > sleep && value !== free && value !== awaited && trail.placeOf(at);
  });
  return forgot ?? own(last) ?? own(sleep);
}

/** The sleeper's step before, with which it decided to sleep. */
function before(trail: Trail, sleep: number): number | undefined {
  const at = trail.rows.findLastIndex((row, index) => index < sleep && row.lane === trail.rows[sleep]!.lane);
  return at >= 0 && trail.placeOf(at) && trail.rows[at]!.access?.word === trail.rows[sleep]!.access?.word
    ? at
    : undefined;
}

/** Of tasks that wait for a promise: the last place of one that has not ended. */
function waiting(trail: Trail): number | undefined {
  return trail.rows.some(({ access }) => access) ? undefined : trail.lastOwn(trail.rows.length);
}
