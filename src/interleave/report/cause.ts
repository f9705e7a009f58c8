// Which row of a failing schedule a reader should look at first: the cause, rather than the step at which it showed.
import { deadlockCause } from './deadlock-cause.ts';
import type { Reason } from './reasons.ts';
import type { BaseReport } from './report.ts';
import { insideCause, staleRead } from './stale-read.ts';
import { Trail, type Cause } from './trail.ts';

/**
 * @param report of a failing schedule
 * @param isOwn whether the reader writes a file: a row elsewhere is never the cause
 * @returns the cause, or the last row of the reader's code where no other one stands out; undefined if there is none
 */
export function causeOf(
  { reason, timeline, thrown }: Pick<BaseReport, 'reason' | 'timeline' | 'thrown'>,
  isOwn: (file: string) => boolean,
): Cause | undefined {
  if (!timeline || timeline.rows.length === 0) return undefined;
  const trail = new Trail(timeline, isOwn);
  const last = trail.cause(trail.lastOwn(timeline.rows.length));
  const found = finders[reason]?.(trail) ?? last;
  if (!found || !thrown || thrown.file === undefined || thrown.line === undefined || !isOwn(thrown.file)) return found;
  if (finders[reason]) return found;
  const outer = trail.callerOf(found.row);
  const isCalled = outer && trail.placeOf(found.row)?.line !== outer.line;
  return { row: found.row, place: isCalled ? outer : { file: thrown.file, line: thrown.line } };
}

const violated = (trail: Trail) => staleRead(trail) ?? insideCause(trail) ?? trail.cause(trail.firstOfLastStep());

/** How to find the cause of what went wrong, where it is more than the last row. */
const finders: Partial<Record<Reason, (trail: Trail) => Cause | undefined>> = {
  'data-race': (trail) => trail.cause(racingAccess(trail)) ?? insideCause(trail),
  deadlock: deadlockCause,
  'lost-wake-up': deadlockCause,
  invariant: violated,
  always: violated,
  assertion: violated,
  livelock(trail) {
    const last = trail.lastOwn(trail.rows.length);
    return trail.cause(last === undefined ? undefined : trail.firstLike(last));
  },
};

/** The plain one of the two accesses that race; the later one if both are. */
function racingAccess({ rows, isDirect }: Trail): number | undefined {
  const second = rows.length - 1;
  const racer = rows[second]!;
  const first = rows.findLastIndex(
    ({ lane, access }, at) =>
      at < second &&
      lane !== racer.lane &&
      access?.word === racer.access?.word &&
      access?.woke === undefined &&
      (access?.plain === true || racer.access?.plain === true) &&
      (access?.writes === true || racer.access?.writes === true),
  );
  return [second, first].find((at) => rows[at]?.access?.plain === true && isDirect(at));
}
