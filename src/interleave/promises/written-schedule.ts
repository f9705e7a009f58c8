import { pack, unpack } from './run/index.ts';
import type { Chooser } from './run/index.ts';
import { readSchedule } from './schedule.ts';

/** Chooses as a person wrote it, and notes where that was not possible. */
export class WrittenSchedule implements Chooser {
  unreadable: string | undefined;
  readonly #schedule: string | readonly string[];
  #wanted: { lane: number; pending: number }[] = [];
  #lanes: readonly string[] = [];
  #used = 0;
  #impossible: string[] = [];

  constructor(schedule: string | readonly string[]) {
    this.#schedule = schedule;
  }

  begin(lanes: readonly string[]): void {
    this.#lanes = lanes;
    try {
      this.#wanted = readSchedule(this.#schedule, lanes);
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
      this.#impossible.push(
        `Entry ${this.#used} of the schedule names ${this.#lanes[lane]}, which has nothing pending there; ` +
          `only ${others} could go on. It was passed over.`,
      );
    }
    const stay = open.find(({ lane }) => lane === last) ?? open[0];
    return stay ? pack(stay.lane, stay.pending) : '';
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
