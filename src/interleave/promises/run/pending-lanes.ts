import { pack } from './choice.ts';

/** Something that waits to be chosen. */
export interface Pending {
  lane: number;
  readonly kind: 'start' | 'operation' | 'timer' | 'immediate';
  readonly label: string;
  /** Timers: virtual milliseconds from birth. */
  readonly delay: number;
  /** Timers: number of the step after which it was made. */
  readonly turn: number;
  /** Order of birth. */
  readonly born: number;
  /** Repeats until it is cleared: `setInterval`. */
  readonly repeats: boolean;
  readonly file: string | undefined;
  readonly line: number | undefined;
  /** Polls of its own lane that have passed it since that lane last did something else. */
  passed: number;
  /** Does it, and returns what the timeline shows behind the arrow; `undefined` shows nothing. */
  perform(): unknown;
}

/** What the code asks for; the run adds the rest. */
export type Asked = Pick<Pending, 'kind' | 'label' | 'delay' | 'repeats' | 'perform'>;

/** All fields written out, always in the same order: a spread here costs a third of the whole exploration. */
export function pendingOf(
  { kind, label, delay, repeats, perform }: Asked,
  { file, line }: { file: string | undefined; line: number | undefined },
  lane: number,
  turn: number,
  born: number,
): Pending {
  return { lane, kind, label, delay, turn, born, repeats, file, line, passed: 0, perform };
}

/** Polls of one lane past another that stands still, before the other has to be let on. */
const patience = 3;

/**
 * What waits in each lane, and what of it may be chosen now. Operations may settle in any order. Timers fire in any
 * order that their durations leave open: a step in between takes an unknown time, so a timer has to wait only for one
 * that was set before it and is no longer, or was set in the same turn and is shorter.
 *
 * Polling is fair, after CHESS (Musuvathi and Qadeer, "Fair stateless model checking", 2008): a lane that polls, by
 * timers or by asking the same and getting the same, passes a lane that could go on, and whatever else waits in its own
 * lane, three times at most; otherwise a loop that polls would go on forever.
 */
export class PendingLanes {
  readonly pending: Pending[][];
  /** Choices held back by fairness so far. */
  heldBack = 0;
  /** Polls in a row, over all lanes. */
  polls = 0;
  readonly #passed: number[][];
  readonly #last: { label: string; result: unknown }[];

  constructor(count: number) {
    this.pending = [];
    this.#passed = [];
    this.#last = [];
    this.grow(count);
  }

  /** Makes room for more lanes, before the first step. What waits so far moves to the last. */
  grow(count: number): void {
    const early = this.pending.flat();
    for (let lane = 0; lane < count; lane++) {
      this.pending[lane] = [];
      this.#passed[lane] = new Array<number>(count).fill(0);
      this.#last[lane] = { label: '', result: undefined };
    }
    for (const each of early) each.lane = count - 1;
    this.pending[count - 1] = early;
  }

  /** @returns what may be chosen, packed, by lane and then by age; @param ended leaves out what repeats forever */
  enabled(ended: boolean): string {
    const open = this.pending.map((lane) => this.#openIn(lane, ended));
    let all = '';
    for (let lane = 0; lane < open.length; lane++) {
      const mine = open[lane] as string;
      if (mine === '') for (const row of this.#passed) row[lane] = 0;
      else if (this.#mustWait(lane, open)) this.heldBack++;
      else all += mine;
    }
    return all;
  }

  /** Takes a choice out of its lane. */
  take(lane: number, at: number): Pending | undefined {
    return this.pending[lane]?.splice(at, 1)[0];
  }

  /** Takes out what is not wanted any more. */
  drop(pending: Pending): void {
    const lane = this.pending[pending.lane];
    const at = lane?.indexOf(pending) ?? -1;
    if (at >= 0) lane?.splice(at, 1);
  }

  /** Takes out all that waits in a lane. */
  clear(lane: number): void {
    this.pending[lane] = [];
  }

  /** @returns how much waits, in all lanes */
  get count(): number {
    return this.pending.reduce((sum, lane) => sum + lane.length, 0);
  }

  /** Keeps the books of fairness. */
  done(step: Pending, result: unknown): void {
    const { lane, kind, label } = step;
    for (const row of this.#passed) row[lane] = 0;
    const mine = this.#passed[lane] as number[];
    const last = this.#last[lane] as { label: string; result: unknown };
    const timer = kind === 'timer' || kind === 'immediate';
    if (timer || (result !== undefined && last.label === label && Object.is(last.result, result))) {
      this.polls++;
      for (let other = 0; other < mine.length; other++) if (other !== lane) mine[other] = (mine[other] as number) + 1;
      for (const each of this.pending[lane] as Pending[]) each.passed++;
    } else {
      this.polls = 0;
      mine.fill(0);
      for (const each of this.pending[lane] as Pending[]) each.passed = 0;
    }
    if (!timer) this.#last[lane] = { label, result };
  }

  #openIn(lane: readonly Pending[], ended: boolean): string {
    const open = lane.map((each) => this.#open(each, ended));
    const starves = lane.some((each, at) => open[at] && each.passed >= patience);
    let all = '';
    for (const [at, each] of lane.entries()) {
      if (!open[at]) continue;
      if (starves && each.passed < patience) this.heldBack++;
      else all += pack(each.lane, at);
    }
    return all;
  }

  #open(timer: Pending, ended: boolean): boolean {
    if (timer.kind === 'operation' || timer.kind === 'start') return true;
    if (ended && timer.repeats) return false;
    return !this.pending.some((lane) => lane.some((other) => other.kind === timer.kind && goesBefore(other, timer)));
  }

  #mustWait(lane: number, open: readonly string[]): boolean {
    const mine = this.#passed[lane] as number[];
    return open.some((others, other) => other !== lane && others !== '' && (mine[other] as number) >= patience);
  }
}

const goesBefore = (a: Pending, b: Pending) =>
  a.born < b.born ? a.delay <= b.delay : a.turn === b.turn && a.delay < b.delay;
