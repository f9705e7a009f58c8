import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { isOwnFile } from '../../common/own-files.ts';
import type { Pending } from './pending.ts';
import type { PromiseTimeline, PromiseTimelineRow, Shown } from '../types.ts';

const frame = /[\s(]((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*?):(\d+):\d+\)?$/;

/** Writes down one schedule: its steps and marks, where in the source they were called, and the state after each. */
export class Recorder {
  readonly #own: string;
  readonly #source: string | undefined;
  #lanes: string[] = [];
  #words: string[] = [];
  #initial: Shown[] = [];
  readonly #rows: PromiseTimelineRow[] = [];
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
  timeline(alone: string): PromiseTimeline {
    const last = this.#lanes.length - 1;
    const lanes =
      this.#lanes[last] === alone && !this.#rows.some((row) => row.lane === last)
        ? this.#lanes.slice(0, -1)
        : this.#lanes;
    return { lanes, words: this.#words, initial: this.#initial, rows: this.#rows };
  }

  #change(row: Partial<PromiseTimelineRow>): void {
    const old = this.#open === undefined ? undefined : this.#rows[this.#open];
    if (old && this.#open !== undefined) this.#rows[this.#open] = { ...old, ...row };
  }

  #values(state: Record<string, unknown>): Shown[] {
    return this.#words.map((word) => shown(state[word]));
  }
}

/** @returns `value` as a timeline shows it */
export function shown(value: unknown): Shown {
  if (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    value === null
  )
    return value;
  return inspect(value, { breakLength: Infinity, depth: 2, maxArrayLength: 20 });
}

/** @returns an error (or whatever was thrown) in a few words */
export function describe(error: unknown): string {
  // An assertion's message goes on with a picture of the difference.
  if (error instanceof Error) return `${error.name}: ${error.message.split('\n', 1)[0]}`;
  return inspect(error, { breakLength: Infinity, depth: 1 });
}

/** @returns ` (account.ts:14)`, the innermost place in code that is neither Node's nor the explorer's, or nothing */
export function position(error: unknown): string {
  const [first] = frames(error instanceof Error ? error.stack : undefined);
  return first ? ` (${first.file.slice(first.file.lastIndexOf('/') + 1)}:${first.line})` : '';
}

function* frames(stack: string | undefined): Generator<{ file: string; line: number }> {
  for (const text of stack?.split('\n').slice(1) ?? []) {
    const match = frame.exec(text);
    const file = match?.[1]?.replace(/[?#].*$/, '');
    if (!file || /[/\\]node_modules[/\\]/.test(file)) continue;
    if (isOwnFile(file)) continue;
    yield { file, line: Number(match?.[2]) };
  }
}

/** @returns the path of a file URL, for messages */
export const pathOf = (url: string): string => (url.startsWith('file:') ? fileURLToPath(url) : url);
