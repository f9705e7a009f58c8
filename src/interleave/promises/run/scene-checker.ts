import { brokenRule, type RuleAnswer } from '../../common/index.ts';
import { describe, failureOf, type PromiseFailure } from './failures.ts';
import type { Scene } from './scene.ts';

/** Holds a schedule against the rules of its scene. */
export class SceneChecker {
  readonly #scene: Scene;
  /** What each task returned, by lane name. */
  readonly returned: Record<string, unknown> = {};
  /** What was still pending when the tasks had ended. */
  leftovers = 0;
  #checkedAt: number | undefined;
  // Made once: a schedule of 14 steps takes 75 µs in all.
  readonly #always = () => this.#scene.always?.();
  readonly #atEnd = () => this.#scene.atEnd?.(this.returned);

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /**
   * Judges the state after a step.
   * @param step how many steps the schedule has made
   * @param ended whether all tasks have ended
   * @param pending how much is pending
   * @returns which rule is broken, if any, or that the state is the one that `reachable` asks for
   */
  check(step: number, ended: boolean, pending: number): PromiseFailure | undefined {
    const { always, atEnd, reachable } = this.#scene;
    if (reachable) {
      if (ended) this.#isTime(step, pending);
      return reachedBy(() => reachable(this.returned));
    }
    const broken = always && violation('always', this.#always);
    if (broken || !ended || !this.#isTime(step, pending)) return broken;
    return atEnd && violation('invariant', this.#atEnd);
  }

  /** Whether the scene asks for a state, and judges nothing. */
  get asks(): boolean {
    return this.#scene.reachable !== undefined;
  }

  /**
   * @param failure of tasks that wait
   * @returns the same, unless the scene only asks what can happen: to wait forever is an end like others then
   */
  noProgress(failure: PromiseFailure): PromiseFailure | undefined {
    return this.asks && (failure.verdict === 'deadlock' || failure.verdict === 'livelock') ? undefined : failure;
  }

  /** @returns what the scene shows */
  state(): Record<string, unknown> {
    return this.#scene.state?.() ?? {};
  }

  /**
   * Once when the tasks have ended, as their caller would look, and once more when all that they left behind has
   * settled.
   */
  #isTime(step: number, pending: number): boolean {
    if (this.#checkedAt === undefined) this.leftovers = pending;
    else if (pending > 0 || this.#checkedAt === step) return false;
    this.#checkedAt = step;
    return true;
  }
}

function reachedBy(reachable: () => boolean): PromiseFailure | undefined {
  try {
    return reachable() ? REACHED : undefined;
  } catch (error) {
    return failureOf('threw', 'thrown', `The scene's reachable threw ${describe(error)}.`, error);
  }
}

const REACHED: PromiseFailure = {
  verdict: 'reached',
  reason: 'reached',
  sentence: 'a schedule leads to the state that `reachable` asks for',
};

function violation(reason: 'always' | 'invariant', rule: () => RuleAnswer): PromiseFailure | undefined {
  const broken = brokenRule(rule, (error) => `${describe(error)}.`);
  return broken && failureOf('violation', reason, broken.sentence, broken.thrown);
}
