// What counts as a failure of a schedule, and the sentence for it.
import { brokenRule, NOT_IMPLEMENTED } from '../../common/index.ts';
import type { RuleAnswer, ThrownError } from '../../common/index.ts';
import type { Reason, ThreadVerdict } from '../../report/index.ts';
import type { MemoryCopy, MemoryLayout, Model, ThreadProgram } from '../model/index.ts';
import { changedNothing, Kind } from '../steps/index.ts';
import type { End, Value } from '../steps/index.ts';
import { Outcomes } from './outcomes.ts';

/** A failing schedule. */
export interface FailingSchedule {
  readonly verdict: ThreadVerdict;
  readonly reason: Reason;
  /** Thread by thread, from the start. */
  readonly path: Uint8Array;
  /** What went wrong, for the report's sentence. */
  readonly message: string;
  /** The error that a body threw. */
  readonly thrown?: ThrownError;
  /** Site of the failure in the source, if known. */
  readonly site?: number;
  /** The thread that failed, if it was one of them. */
  readonly thread?: number;
}

/** A failure before anyone has said on which schedule. */
export type StateFailure = Omit<FailingSchedule, 'path'>;

type Rules = Pick<ThreadProgram, 'invariant' | 'always' | 'reachable'>;

/** Checks states and ends of schedules. */
export class ScheduleChecker {
  readonly names: readonly string[];
  readonly outcomes: Outcomes;
  readonly #layout: MemoryLayout;
  readonly #rules: Rules;
  readonly #copy: ArrayBuffer;
  readonly #arrays: MemoryCopy;
  /** Judges every state, if the rules ask for that. */
  readonly #stateRule: ((model: Model) => StateFailure | undefined) | undefined;

  constructor(layout: MemoryLayout, names: readonly string[], rules: Rules) {
    this.#layout = layout;
    this.names = names;
    this.#rules = rules;
    this.#copy = new ArrayBuffer(layout.byteLength);
    this.#arrays = layout.arrays(this.#copy);
    this.outcomes = new Outcomes(names, layout.byteLength);
    const { always, reachable } = rules;
    if (reachable)
      this.#stateRule = (model) => (reachable(this.#memory(model), this.outcomes.returns(model)) ? REACHED : undefined);
    else if (always) this.#stateRule = (model) => violation('always', () => always(this.#memory(model)));
  }

  /** @param end of a body that did not return */
  failureOfEnd(thread: number, end: End): StateFailure {
    const name = this.names[thread]!;
    const message = end.message ?? '';
    const { thrown } = end;
    const about = {
      thread,
      ...(end.site === undefined ? {} : { site: end.site }),
      ...(thrown === undefined ? {} : { thrown }),
    };
    switch (end.how) {
      case 'asserted':
        return { verdict: 'violation', reason: 'assertion', message: `${name} asserts: ${message}`, ...about };
      case 'stuck':
        return { verdict: 'stuck', reason: 'no-visible-step', message: `thread ${name} ${message}`, ...about };
      case 'exited':
        return { verdict: 'threw', reason: 'process-exit', message: `thread ${name} ${message}`, ...about };
      case 'uncontrolled':
        return {
          verdict: 'uncontrolled access',
          reason: 'uncontrolled-access',
          message: `${message}, while ${name} ran`,
          ...about,
        };
      case 'not deterministic':
        return {
          verdict: 'not deterministic',
          reason: 'not-deterministic',
          message: `thread ${name} does not do the same each time: ${message}`,
          ...about,
        };
      case 'returned in vain':
        return { verdict: 'threw', reason: 'return-value', message: `thread ${name}: ${message}`, ...about };
      case 'threw':
      case 'returned': {
        const reason = thrown?.code === NOT_IMPLEMENTED ? 'not-implemented' : 'thrown';
        return { verdict: 'threw', reason, message: `thread ${name}: ${message}`, ...about };
      }
    }
  }

  /** @returns how the current state breaks `always`, or that it is what `reachable` asks for */
  atState(model: Model): StateFailure | undefined {
    return this.#stateRule?.(model);
  }

  /** @param model in a state in which nothing can run: all bodies have returned, or some thread sleeps forever */
  atEnd(model: Model): StateFailure | undefined {
    const { invariant, reachable } = this.#rules;
    for (let thread = 0; thread < model.threads; thread++)
      if (model.isAsleep(thread)) return reachable ? undefined : this.#deadlock(model);
    if (!this.outcomes.add(model) || !invariant || reachable) return undefined;
    return violation('invariant', () => invariant(this.#memory(model), this.outcomes.returns(model)));
  }

  /** @param model in a state in which all that can run spins forever */
  livelock(model: Model): StateFailure | undefined {
    if (this.#rules.reachable) return undefined;
    const spinners: string[] = [];
    for (let thread = 0; thread < model.threads; thread++) {
      if (((model.enabled | model.timed) & (1 << thread)) === 0) continue;
      spinners.push(`${this.names[thread]!} ${this.#lastRound(model, thread)}`);
    }
    return {
      verdict: 'livelock',
      reason: 'livelock',
      message: `nothing changes any more: ${spinners.join(', ')}, and nobody else can run`,
    };
  }

  #deadlock(model: Model): StateFailure {
    const asleep: string[] = [];
    for (let thread = 0; thread < model.threads; thread++) {
      if (!model.isAsleep(thread)) continue;
      const operation = model.nodes[thread]!.operation!;
      const value = model.views[operation.type]![operation.index] as Value;
      const word = this.#layout.nameAt(operation.offset);
      asleep.push(`thread ${this.names[thread]!} sleeps forever on ${word} (= ${value})`);
    }
    return { verdict: 'deadlock', reason: 'deadlock', message: asleep.join(', ') };
  }

  #lastRound(model: Model, thread: number): string {
    for (let node = model.nodes[thread]!; node.parent; node = node.parent) {
      const operation = node.parent.operation!;
      if (operation.kind === Kind.PAUSE || operation.kind === Kind.NOTIFY) continue;
      const word = this.#layout.nameAt(operation.offset);
      if (!changedNothing(operation, node.result)) return `changes ${word} and takes it back over and over`;
      const value = model.views[operation.type]![operation.index] as Value;
      return `reads ${word} (= ${value}) over and over`;
    }
    return 'pauses over and over';
  }

  #memory(model: Model): MemoryCopy {
    new Uint8Array(this.#copy).set(new Uint8Array(model.state.buffer, 0, this.#layout.byteLength));
    return this.#arrays;
  }
}

const REACHED: StateFailure = {
  verdict: 'reached',
  reason: 'reached',
  message: 'a schedule leads to the state that `reachable` asks for',
};

function violation(reason: 'always' | 'invariant', ask: () => RuleAnswer): StateFailure | undefined {
  const broken = brokenRule(ask, (error) => (error instanceof Error ? error.message : String(error)));
  return broken && { verdict: 'violation', reason, message: broken.sentence };
}
