import type { Cause, Trail } from './trail.ts';

/** @returns the row that took a wake-up away, or that should have released what a thread waits for */
export function deadlockCause(trail: Trail): Cause | undefined {
  const { rows } = trail;
  const asleep = trail.lanes.flatMap((_, lane) => {
    const last = rows.findLastIndex((row) => row.lane === lane);
    return rows[last]?.access?.sleeps && trail.placeOf(last) ? [last] : [];
  });
  for (const sleep of asleep) {
    const found = causeOfSleep(trail, sleep);
    if (found) return found;
  }
  return undefined;
}

function causeOfSleep(trail: Trail, sleep: number): Cause | undefined {
  const { rows } = trail;
  const { word } = rows[sleep]!.access!;
  const free = trail.initially(word);
  const changes = rows.flatMap(({ access }, at) =>
    access?.word === word && access.writes && trail.changes(at) ? [at] : [],
  );
  const last = changes.at(-1);
  if (last === undefined) return trail.cause(sleep);
  return trail.after(last, word) === free ? notWoken(trail, sleep, changes) : notReleased(trail, sleep, changes);
}

/** The lock is held: by a thread that has ended, by one that sleeps, or by the sleeper. */
function notReleased(trail: Trail, sleep: number, changes: readonly number[]): Cause | undefined {
  const { rows } = trail;
  const { word } = rows[sleep]!.access!;
  const taken = changes.findLast((at) => trail.before(at, word) === trail.initially(word));
  if (taken === undefined) return trail.cause(sleep);
  const [holder, sleeper] = [trail.nameAt(taken), trail.nameAt(sleep)];
  const since = `${holder} holds ${word} since step ${rows[taken]!.step}`;
  if (holder === sleeper) return trail.cause(sleep, `${since}, and waits for itself at step ${rows[sleep]!.step}.`);
  const end = rows.findLastIndex((row) => row.lane === rows[taken]!.lane);
  if (!rows[end]!.access?.sleeps)
    return trail.cause(trail.lastOwn(rows.length, rows[taken]!.lane), `${since} and never releases it.`);
  const ring = ringFrom(trail, taken);
  if (ring.length > 1) return trail.cause(sleep, `${ring.map((at) => holding(trail, at)).join('; ')}.`);
  return trail.cause(
    sleep,
    `${since} and sleeps at step ${rows[end]!.step}, and ${sleeper} waits for it at step ${rows[sleep]!.step}.`,
  );
}

/**
 * Goes from a holder to the holder of what that one waits for, and so on.
 * @param first the row in which a lane took a lock that it still holds
 * @returns those rows of the lanes that wait for each other in a ring, in order; empty if the way leads to no ring
 */
function ringFrom(trail: Trail, first: number): number[] {
  const { rows } = trail;
  const way: number[] = [];
  for (let at = first; at >= 0;) {
    if (way.includes(at)) return way.slice(way.indexOf(at)).sort((a, b) => a - b);
    way.push(at);
    const { access } = rows.findLast((row) => row.lane === rows[at]!.lane)!;
    at = access?.sleeps ? heldSince(trail, access.word) : -1;
  }
  return [];
}

/** @returns the row in which a lock was taken that is held at the end, or −1 */
function heldSince(trail: Trail, word: string): number {
  const { rows } = trail;
  const taken = rows.findLastIndex(
    ({ access }, at) =>
      access?.word === word && access.writes && trail.changes(at) && trail.before(at, word) === trail.initially(word),
  );
  return trail.after(rows.length - 1, word) === trail.initially(word) ? -1 : taken;
}

/** @param taken the row in which a lane that sleeps at the end took a lock */
function holding({ rows, lanes }: Trail, taken: number): string {
  const { lane, step, access } = rows[taken]!;
  const wanted = rows.findLast((row) => row.lane === lane)!.access!.word;
  return `${lanes[lane]!} has held ${access!.word} since step ${step} and waits for ${wanted}`;
}

/** The lock is free, and nobody has woken the sleeper. */
function notWoken(trail: Trail, sleep: number, changes: readonly number[]): Cause | undefined {
  const { rows } = trail;
  const { word } = rows[sleep]!.access!;
  const free = trail.initially(word);
  const sleeper = trail.nameAt(sleep);
  if (changes.at(-1)! < sleep) return tooLate(trail, sleep);
  const released = changes.filter((at) => at > sleep && trail.after(at, word) === free && trail.placeOf(at));
  const silent = released.find((at) => trail.before(at, word) === trail.before(sleep, word) && !notifies(trail, at));
  if (silent !== undefined)
    return trail.cause(
      silent,
      `${trail.nameAt(silent)} released ${word} at step ${rows[silent]!.step} without a notify, ` +
        `although ${sleeper} slept.`,
    );
  const unheld = trail.releaseOfFree();
  if (unheld && unheld.row !== sleep) return unheld;
  const took = changes.findLast(
    (at) => at > sleep && trail.before(at, word) === free && trail.after(at, word) !== trail.before(sleep, word),
  );
  const place = took === undefined ? undefined : trail.callerOf(took);
  if (took === undefined || !place) return overwritten(trail, sleep, changes) ?? trail.cause(released.at(-1) ?? sleep);
  const sentence =
    `${trail.nameAt(took)} took ${word} as ${String(trail.after(took, word))} at step ${rows[took]!.step}, so its ` +
    `release did not know that ${sleeper} slept.`;
  return { row: took, place, sentence };
}

/** While the lock was held, a lane wrote over the value that tells of sleepers. */
function overwritten(trail: Trail, sleep: number, changes: readonly number[]): Cause | undefined {
  const { word } = trail.rows[sleep]!.access!;
  const asleep = trail.before(sleep, word);
  const at = changes.find((each) => each > sleep && trail.before(each, word) === asleep);
  if (at === undefined || trail.after(at, word) === trail.initially(word)) return undefined;
  return trail.cause(
    at,
    `${trail.nameAt(at)} changed ${word} from ${String(asleep)} to ${String(trail.after(at, word))} at step ` +
      `${trail.rows[at]!.step}, so the release did not know that ${trail.nameAt(sleep)} slept.`,
  );
}

/** The lock was released before the sleeper fell asleep: it decided on what it saw before. */
function tooLate(trail: Trail, sleep: number): Cause | undefined {
  const { rows } = trail;
  const { lane, access, step } = rows[sleep]!;
  const before = rows.findLastIndex((row, at) => at < sleep && row.lane === lane);
  const sentence = `${access!.word} was free already when ${trail.nameAt(sleep)} fell asleep at step ${step}.`;
  const decided = before >= 0 && rows[before]!.access?.word === access!.word && trail.placeOf(before);
  return trail.cause(decided ? before : sleep, sentence);
}

/** Whether the lane's next step is a notify. */
const notifies = ({ rows }: Trail, at: number): boolean =>
  rows.slice(at + 1).find((row) => row.lane === rows[at]!.lane)?.access?.woke !== undefined;
