import { pack, unpack } from './run/index.ts';
import type { Chooser } from './run/index.ts';
import { readSchedule } from './schedule.ts';

/** Chooses as a person wrote it, and notes where that was not possible. */
export class WrittenSchedule implements Chooser {
  unreadable: string | undefined;
  /** Why the rest was left, where it `stops`. */
  left: string | undefined;
  readonly #schedule: string | readonly string[];
  #stops: (() => void) | undefined;
  #wanted: { lane: number; pending: number }[] = [];
  #lanes: readonly string[] = [];
  #used = 0;
  #impossible: string[] = [];

  /** @param stops called once, before the first choice that the schedule does not make: it stops there */
  constructor(schedule: string | readonly string[], stops?: () => void) {
    this.#schedule = schedule;
    this.#stops = stops;
  }

  /** @param most entries of the schedule to follow */
  begin(lanes: readonly string[], most?: number): void {
    this.#lanes = lanes;
    try {
      this.#wanted = readSchedule(this.#schedule, lanes).slice(0, most);
    } catch (error) {
      this.unreadable = (error as Error).message;
    }
  }

  choose(enabled: string, last: number): string {
    const open = unpack(enabled);
    for (; this.#used < this.#wanted.length;) {
      const { lane, pending } = this.#wanted[this.#used++] as { lane: number; pending: number };
      const choice = pack(lane, pending);
      if (enabled.includes(choice)) return choice;
      const mine = open.find((each) => each.lane === lane);
      if (mine && pending === 0) return pack(mine.lane, mine.pending);
      const others = [...new Set(open.map((each) => this.#lanes[each.lane]))].join(' or ');
      const impossible =
        `Entry ${this.#used} of the schedule names ${this.#lanes[lane]}, which has nothing pending there; ` +
        `only ${others} could go on.`;
      if (this.#stops) {
        this.left = impossible;
        this.#wanted.length = this.#used;
      } else this.#impossible.push(`${impossible} It was passed over.`);
    }
    this.#stops?.();
    this.#stops = undefined;
    const stay = open.find(({ lane }) => lane === last) ?? open[0];
    return stay ? pack(stay.lane, stay.pending) : '';
  }

  /** Steps of the schedule that the program did not take, since it had ended. */
  get unused(): number {
    return this.#wanted.length - this.#used;
  }

  notes(steps: number): string[] {
    const notes = [...this.#impossible];
    const own = this.#wanted.length - this.#impossible.length;
    if (this.#used < this.#wanted.length)
      notes.push(`The schedule has ${this.#wanted.length} entries, and all had ended after ${this.#used}.`);
    else if (steps > own)
      notes.push(`The schedule was at its end after ${own} of ${steps} steps; the rest was done without switching.`);
    return notes;
  }
}
