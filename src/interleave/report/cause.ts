// Which row of a failing schedule a reader should look at first: the cause, rather than the step at which it showed.
import { deadlockCause } from './deadlock-cause.ts';
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
  const last = trail.lastOwn(timeline.rows.length);
  switch (reason) {
    case 'data-race':
      return trail.cause(racingAccess(trail)) ?? insideCause(trail) ?? trail.cause(last);
    case 'deadlock':
    case 'lost-wake-up':
      return deadlockCause(trail) ?? trail.cause(last);
    case 'invariant':
    case 'always':
    case 'assertion':
      return staleRead(trail) ?? insideCause(trail) ?? trail.cause(trail.firstOfLastStep() ?? last);
    case 'livelock':
      return trail.cause(last === undefined ? undefined : trail.firstLike(last));
    default: {
      const cause = trail.cause(last);
      if (!cause || thrown?.file === undefined || thrown.line === undefined || !isOwn(thrown.file)) return cause;
      const outer = trail.callerOf(cause.row);
      const called = outer && trail.placeOf(cause.row)?.line !== outer.line;
      return { row: cause.row, place: called ? outer : { file: thrown.file, line: thrown.line } };
    }
  }
}

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
