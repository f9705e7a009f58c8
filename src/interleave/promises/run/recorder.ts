import type { Place, Shown, Timeline, TimelineRow } from '../../report/index.ts';
import { unpack } from './choice.ts';
import { describe } from './failures.ts';
import type { Pending } from './pending-lanes.ts';
import { shown } from './shown.ts';
import { frames } from './stack-frames.ts';

/** What waits between two steps. */
export interface Waiting {
  /** What may be chosen next, by lane and then by age; `pending` as in a choice. */
  readonly choices: readonly { lane: number; pending: number; label: string }[];
  /** By lane: whether its task has not ended, and where what it has pending was begun. */
  readonly lanes: readonly { running: boolean; places: readonly Place[] }[];
}

/** Writes down one schedule: its steps and marks, where in the source they were called, and the state after each. */
export class Recorder {
  readonly #own: string;
  readonly #source: string | undefined;
  #lanes: string[] = [];
  #words: string[] = [];
  #initial: Shown[] = [];
  readonly #rows: TimelineRow[] = [];
  /** Between the last two steps. */
  waiting: Waiting = { choices: [], lanes: [] };
  #open: number | undefined;

  /**
   * @param own URL of the scenario module, whose lines say nothing to the reader
   * @param source URL of the one file whose lines are wanted; without it, the first that is not `own`
   */
  constructor(own: string, source: string | undefined) {
    this.#own = own;
    this.#source = source;
  }

  begin(lanes: string[], state: Record<string, unknown>): void {
    this.#lanes = lanes;
    this.#words = Object.keys(state);
    this.#initial = this.#values(state);
  }

  step(pending: Pending, step: number, preemption: boolean): void {
    const { lane, label, file, line } = pending;
    this.#open = this.#rows.length;
    this.#rows.push({ step, lane, text: label, file, line, preemption, values: this.#initial });
  }

  /** What came of the step just made. */
  result(pending: Pending, result: unknown): void {
    if (pending.kind !== 'operation' || result === undefined) return;
    this.#change({ text: `${pending.label} → ${result instanceof Error ? describe(result) : String(shown(result))}` });
  }

  /** The state, once the code that the last step woke has gone to wait again. */
  settled(state: Record<string, unknown>): void {
    this.#change({ values: this.#values(state) });
    this.#open = undefined;
  }

  /**
   * The code has gone to wait again.
   * @param enabled what may be chosen, packed
   * @param pending what waits, by lane
   * @param running lanes of the tasks that have not ended
   */
  stands(enabled: string, pending: readonly (readonly Pending[])[], running: readonly number[]): void {
    this.waiting = {
      choices: unpack(enabled).map((choice) => ({
        ...choice,
        label: pending[choice.lane]?.[choice.pending]?.label ?? '',
      })),
      lanes: pending.map((waiting, lane) => ({
        running: running.includes(lane),
        places: waiting.flatMap(({ file, line }) => (file === undefined || line === undefined ? [] : { file, line })),
      })),
    };
  }

  mark(lane: number, label: string, state: Record<string, unknown>): void {
    this.#rows.push({
      step: undefined,
      lane,
      text: label,
      ...this.whence(),
      preemption: false,
      values: this.#values(state),
    });
  }

  /** @returns file and line of the call that is being made */
  whence(): { file: string | undefined; line: number | undefined } {
    for (const { file, line } of frames(new Error().stack)) {
      if (this.#source === undefined ? file !== this.#own : file === this.#source) return { file, line };
    }
    return { file: undefined, line: undefined };
  }

  /** @returns ` after step 5 (read → 100, line 12)`, for the lane of `lanes` that moved last, or nothing */
  lastOf(lanes: readonly number[]): string {
    const row = this.#rows.findLast((each) => lanes.includes(each.lane));
    if (!row) return '';
    const where = row.line === undefined ? '' : `, line ${row.line}`;
    return ` after ${row.step === undefined ? '' : `step ${row.step}, `}${JSON.stringify(row.text)}${where}`;
  }

  /** @param alone the lane to leave out where nothing happened in it */
  timeline(alone: string): Timeline {
    const last = this.#lanes.length - 1;
    const lanes =
      this.#lanes[last] === alone && !this.#rows.some((row) => row.lane === last)
        ? this.#lanes.slice(0, -1)
        : this.#lanes;
    return { lanes, words: this.#words, initial: this.#initial, rows: [...this.#rows] };
  }

  #change(row: Partial<TimelineRow>): void {
    const old = this.#open === undefined ? undefined : this.#rows[this.#open];
    if (old && this.#open !== undefined) this.#rows[this.#open] = { ...old, ...row };
  }

  #values(state: Record<string, unknown>): Shown[] {
    return this.#words.map((word) => shown(state[word]));
  }
}
