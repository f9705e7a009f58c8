// A schedule is a string: one character for each choice, cheap to keep, to compare and to cut.

/** The lane of timers that no task has set. It comes last, and messages pass over it. */
export const timersLane = 'timers';

/** One choice: the lane, and which of its pending operations (0 = the oldest). */
export interface Choice {
  lane: number;
  pending: number;
}

/** @returns a choice as one character */
export const pack = (lane: number, pending: number): string => String.fromCharCode(lane * 256 + pending);

/** @returns the choices of an order packed by {@link pack} */
export function unpack(order: string): Choice[] {
  const choices: Choice[] = [];
  for (let at = 0; at < order.length; at++) {
    const code = order.charCodeAt(at);
    choices.push({ lane: code >> 8, pending: code & 255 });
  }
  return choices;
}

/** Whether a step of `lane` takes the turn from the lane before, which could have gone on. */
export const preempts = (last: number, lane: number, enabled: string): boolean =>
  last !== lane && unpack(enabled).some((each) => each.lane === last);
