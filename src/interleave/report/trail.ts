import type { Place, Timeline, TimelineRow } from './timeline.ts';

/** The row of the cause, as an index, and the place in a file that the reader writes. */
export interface Cause {
  readonly row: number;
  readonly place: Place;
  /** What happened there, where more can be said than the report does. */
  readonly sentence?: string | undefined;
}

/** The rows of a timeline, and which of them belong to the code that the reader writes. */
export class Trail {
  readonly rows: readonly TimelineRow[];
  readonly lanes: readonly string[];
  readonly words: readonly string[];
  readonly #initial: TimelineRow['values'];
  readonly #isOwn: (file: string) => boolean;

  constructor({ rows, lanes, words, initial }: Timeline, isOwn: (file: string) => boolean) {
    this.rows = rows;
    this.lanes = lanes;
    this.words = words;
    this.#initial = initial;
    this.#isOwn = isOwn;
  }

  /** @returns the innermost place of a row that the reader writes */
  placeOf(at: number): Place | undefined {
    const row = this.rows[at];
    if (!row) return undefined;
    const own = row.file === undefined || row.line === undefined ? [] : [{ file: row.file, line: row.line }];
    return [...own, ...(row.places ?? [])].find(({ file }) => this.#isOwn(file));
  }

  /** @returns the outermost place of a row that the reader writes: the call of what took the step */
  callerOf(at: number): Place | undefined {
    return this.rows[at]?.places?.findLast(({ file }) => this.#isOwn(file)) ?? this.placeOf(at);
  }

  /** @returns whether the reader's own line does it, and not something that the line calls or is called by */
  isDirect = (at: number): boolean => {
    const file = this.rows[at]?.file;
    return file !== undefined && this.#isOwn(file);
  };

  /** @returns the last row before `end` that has a place of the reader's, in one lane or in any */
  lastOwn(end: number, lane?: number): number | undefined {
    for (let at = end - 1; at >= 0; at--)
      if ((lane === undefined || this.rows[at]!.lane === lane) && this.placeOf(at)) return at;
    return undefined;
  }

  /** @returns the first of the rows in a lane that repeat a step over and over */
  firstLike(last: number): number {
    const { lane, text } = this.rows[last]!;
    let first = last;
    for (let at = last; at >= 0; at--) {
      if (this.rows[at]!.lane !== lane) continue;
      if (this.rows[at]!.text === text) first = at;
      else if (first - at > 8) break;
    }
    return first;
  }

  /** @returns the first row of the reader's from the last step on, marks included */
  firstOfLastStep(): number | undefined {
    if (this.rows.some(({ access }) => access)) return undefined;
    const step = this.rows.findLastIndex((row) => row.step !== undefined);
    for (let at = Math.max(0, step); at < this.rows.length; at++) if (this.placeOf(at)) return at;
    return undefined;
  }

  /** @returns whether a row left any word changed */
  changes(at: number): boolean {
    return this.rows[at]!.values.some((value, word) => value !== this.valuesBefore(at)[word]);
  }

  valuesBefore(at: number): TimelineRow['values'] {
    return this.rows[at - 1]?.values ?? this.#initial;
  }

  /** @returns the value of a word before a row, by name */
  before(at: number, word: string): unknown {
    return this.valuesBefore(at)[this.words.indexOf(word)];
  }

  /** @returns the value that a word has at first */
  initially(word: string): unknown {
    return this.#initial[this.words.indexOf(word)];
  }

  /** @returns the name of the lane of a row */
  nameAt(at: number): string {
    return this.lanes[this.rows[at]!.lane]!;
  }

  /** @returns the value of a word after a row, by name */
  after(at: number, word: string): unknown {
    return this.rows[at]!.values[this.words.indexOf(word)];
  }

  /** @returns the way in of a lane that releases a lock which is free already, or the second release in a row */
  releaseOfFree(): Cause | undefined {
    const at = this.rows.findIndex(
      ({ access }, row) =>
        access?.writes === true &&
        !access.plain &&
        !this.changes(row) &&
        this.placeOf(row) !== undefined &&
        this.after(row, access.word) === this.initially(access.word),
    );
    if (at < 0) return undefined;
    const { lane, step, access } = this.rows[at]!;
    const name = this.nameAt(at);
    const before = this.lastOwn(at, lane);
    const again = before === undefined || this.rows[before]!.access?.writes === true;
    if (again) return this.cause(at, `${name} released ${access!.word} at step ${step}, when it was free already.`);
    const sentence =
      `${name} went on after step ${this.rows[before]!.step} without having taken ${access!.word}, and released it ` +
      `at step ${step}.`;
    return this.cause(before, sentence);
  }

  cause(at: number | undefined, sentence?: string): Cause | undefined {
    const place = at === undefined ? undefined : this.placeOf(at);
    return at === undefined || !place ? undefined : { row: at, place, sentence };
  }
}
