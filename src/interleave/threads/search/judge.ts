// What counts as a failure, and the sentence for it. Keeps the outcomes of complete schedules.
import { arrayOf } from '../model/memory-layout.ts';
import { Kind } from '../operations/operation.ts';
import { StateTable } from './state-table.ts';
import type { End } from '../model/history.ts';
import type { MemoryLayout } from '../model/memory-layout.ts';
import type { Model } from '../model/model.ts';
import type { Judgement, MemoryCopy, Outcome, Program, Value, Verdict } from '../model/types.ts';

/** A failing schedule. */
export interface Finding {
  readonly verdict: Verdict;
  /** Thread by thread, from the start. */
  readonly path: Uint8Array;
  /** What went wrong, for the report's sentence. */
  readonly message: string;
  /** Site of the failure in the source, where there is one. */
  readonly site?: number;
  /** The thread to blame, where there is one. */
  readonly thread?: number;
}

type Failure = Omit<Finding, 'path'>;

/** Judges states and ends of schedules. */
export class Judge {
  readonly names: readonly string[];
  private readonly layout: MemoryLayout;
  private readonly program: Pick<Program, 'invariant' | 'always'>;
  private readonly copy: ArrayBuffer;
  private readonly arrays: MemoryCopy;
  private readonly ends: StateTable;
  private readonly counts: number[] = [];
  private readonly kept: Omit<Outcome, 'schedules'>[] = [];

  constructor(layout: MemoryLayout, names: readonly string[], program: Pick<Program, 'invariant' | 'always'>) {
    this.layout = layout;
    this.names = names;
    this.program = program;
    this.copy = new ArrayBuffer(layout.byteLength);
    this.arrays = layout.arrays(this.copy);
    this.ends = new StateTable(layout.byteLength / 4 + names.length);
  }

  /** A body that ended otherwise than by returning. */
  ofEnd(thread: number, end: End): Failure {
    const name = this.names[thread]!;
    const message = end.message ?? '';
    const where = { thread, ...(end.site === undefined ? {} : { site: end.site }) };
    switch (end.how) {
      case 'asserted':
        return { verdict: 'violation', message: `${name} asserts: ${message}`, ...where };
      case 'stuck':
        return { verdict: 'stuck', message: `thread ${name} ${message}`, ...where };
      case 'exited':
        return { verdict: 'threw', message: `thread ${name} ${message}`, ...where };
      case 'uncontrolled':
        return { verdict: 'uncontrolled access', message: `${message}, while ${name} ran`, ...where };
      case 'not deterministic':
        return {
          verdict: 'not deterministic',
          message: `thread ${name} does not do the same each time: ${message}`,
          ...where,
        };
      case 'threw':
      case 'returned':
        return { verdict: 'threw', message: `thread ${name}: ${message}`, ...where };
    }
  }

  /** The `always` invariant in the current state. */
  always(model: Model): Failure | undefined {
    if (!this.program.always) return undefined;
    const { always } = this.program;
    const broken = verdictOf(() => always(this.memory(model)));
    return broken === undefined ? undefined : { verdict: 'violation', message: broken };
  }

  /** A state in which nothing can run: all bodies returned, or someone sleeps for ever. */
  atEnd(model: Model): Failure | undefined {
    for (let thread = 0; thread < model.threads; thread++) if (model.isAsleep(thread)) return this.deadlock(model);
    const end = this.ends.add(model.state);
    if (!this.ends.added) {
      this.counts[end]!++;
      return undefined;
    }
    this.counts.push(1);
    const outcome = { memory: this.values(model), returns: this.returns(model) };
    this.kept.push(outcome);
    const { invariant } = this.program;
    if (!invariant) return undefined;
    const broken = verdictOf(() => invariant(this.memory(model), this.returns(model)));
    return broken === undefined ? undefined : { verdict: 'violation', message: broken };
  }

  livelock(model: Model): Failure {
    const spinners: string[] = [];
    for (let thread = 0; thread < model.threads; thread++) {
      if (((model.enabled | model.timed) & (1 << thread)) === 0) continue;
      const word = this.lastWord(model, thread);
      spinners.push(`${this.names[thread]!} ${word}`);
    }
    return {
      verdict: 'livelock',
      message: `nothing changes any more: ${spinners.join(', ')}, and nobody else can run`,
    };
  }

  /** How complete schedules ended, in the order found. */
  outcomes(): Outcome[] {
    const merged = new Map<string, Outcome & { schedules: number }>();
    this.kept.forEach((outcome, index) => {
      const key = keyOf(outcome);
      const known = merged.get(key);
      if (known) known.schedules += this.counts[index]!;
      else merged.set(key, { ...outcome, schedules: this.counts[index]! });
    });
    return [...merged.values()];
  }

  private deadlock(model: Model): Failure {
    const asleep: string[] = [];
    for (let thread = 0; thread < model.threads; thread++) {
      if (!model.isAsleep(thread)) continue;
      const operation = model.nodes[thread]!.operation!;
      const value = model.views[operation.type]![operation.index] as Value;
      asleep.push(
        `thread ${this.names[thread]!} sleeps for ever on ${this.layout.nameAt(operation.offset)} (= ${value})`,
      );
    }
    return { verdict: 'deadlock', message: asleep.join(', ') };
  }

  private lastWord(model: Model, thread: number): string {
    for (let node = model.nodes[thread]!; node.parent; node = node.parent) {
      const operation = node.parent.operation!;
      if (operation.kind === Kind.PAUSE || operation.kind === Kind.NOTIFY) continue;
      return `reads ${this.layout.nameAt(operation.offset)} (= ${model.views[operation.type]![operation.index] as Value}) over and over`;
    }
    return 'pauses over and over';
  }

  private memory(model: Model): MemoryCopy {
    new Uint8Array(this.copy).set(new Uint8Array(model.state.buffer, 0, this.layout.byteLength));
    return this.arrays;
  }

  private values(model: Model): Record<string, Value[]> {
    return Object.fromEntries(
      this.layout.words.map((word) => [word.name, Array.from(arrayOf(word, model.state.buffer) as Iterable<Value>)]),
    );
  }

  private returns(model: Model): Record<string, unknown> {
    return Object.fromEntries(this.names.map((name, thread) => [name, model.nodes[thread]!.end?.value]));
  }
}

function verdictOf(ask: () => Judgement): string | undefined {
  try {
    const judgement = ask();
    if (judgement === false) return 'the invariant does not hold';
    return typeof judgement === 'string' ? judgement : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function keyOf(outcome: Omit<Outcome, 'schedules'>): string {
  return JSON.stringify(outcome, (_key, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value === undefined ? 'undefined' : value,
  );
}
