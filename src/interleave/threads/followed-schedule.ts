// Goes through a program along a schedule that somebody gave, and notes where that was not possible.
import { Model } from './model/index.ts';
import type { CheckedProgram, Executor, ThreadProgram } from './model/index.ts';
import { ScheduleChecker, Walker } from './search/index.ts';
import type { FailingSchedule } from './search/index.ts';

/** One run along a schedule. */
export class FollowedSchedule {
  readonly walker: Walker;
  /** Steps after which the run is cut. */
  readonly steps: number;
  /** Steps of the schedule that were followed. */
  followed = 0;
  /** Why the rest of the schedule was left, if it was. */
  left: string | undefined;
  readonly #names: readonly string[];
  readonly #executor: Executor;
  readonly #schedule: readonly number[];

  /** @param histories what is known of the threads from an earlier run of the same program and executor */
  constructor(
    options: ThreadProgram,
    program: CheckedProgram,
    executor: Executor,
    schedule: readonly number[],
    histories?: Model['histories'],
  ) {
    const { layout, names, races } = program;
    this.#names = names;
    this.#executor = executor;
    this.#schedule = schedule;
    this.steps = Math.max(program.steps, schedule.length + 1);
    const model = new Model(layout, names.length, { clocks: races, histories });
    const checker = new ScheduleChecker(layout, names, options);
    this.walker = new Walker(model, executor, checker, { steps: this.steps, timers: Infinity }, races);
  }

  /**
   * @param until `end` goes on without preemption where the schedule ends or names a thread that cannot run; `schedule`
   * stops there
   * @returns `open` where it stopped and the program could go on
   */
  async walk(until: 'end' | 'schedule'): Promise<'ended' | 'failed' | 'cut' | 'open'> {
    const { walker } = this;
    for (;;) {
      const arrival = walker.arrive();
      const view = arrival === 'fine' ? walker.look() : arrival;
      if (view === 'agent-gone') {
        await this.#executor.revive();
        continue;
      }
      if (view !== 'open') return view;
      const wanted = this.#wanted();
      if (wanted === undefined && until === 'schedule') return 'open';
      walker.forward(wanted ?? walker.byDefault());
    }
  }

  /** The path that was taken. */
  get path(): Uint8Array {
    return this.walker.path.slice(0, this.walker.depth);
  }

  /** The failure that was met, if any. */
  get failing(): FailingSchedule | undefined {
    const { failure, race } = this.walker;
    return failure ?? (race && { ...race, path: this.path });
  }

  /** The thread that the schedule names next, if it can run. */
  #wanted(): number | undefined {
    const wanted = this.left === undefined ? this.#schedule[this.followed] : undefined;
    if (wanted === undefined) return undefined;
    const { model } = this.walker;
    if (((model.enabled | model.timed) & (1 << wanted)) !== 0) {
      this.followed++;
      return wanted;
    }
    const why = model.isAsleep(wanted) ? 'sleeps' : 'has ended';
    this.left = `step ${this.followed + 1} of the schedule names ${this.#names[wanted]!}, which ${why}`;
    return undefined;
  }
}
