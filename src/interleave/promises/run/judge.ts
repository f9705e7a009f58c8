import { describe } from './recorder.ts';
import type { Scene } from '../types.ts';

/** Holds a schedule against the rules of its scene. */
export class Judge {
  readonly #scene: Scene;
  /** What each task returned, by lane name. */
  readonly returned: Record<string, unknown> = {};
  /** What was still pending when the tasks had ended. */
  leftovers = 0;
  #judgedAt: number | undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /**
   * @param step how many steps the schedule has made
   * @param ended whether all tasks have ended
   * @param pending how much is pending
   * @returns what is wrong, if anything
   */
  check(step: number, ended: boolean, pending: number): string | undefined {
    try {
      const always = this.#scene.always?.() ?? true;
      if (always !== true) return always;
      if (!ended || !this.#isTime(step, pending)) return undefined;
      const atEnd = this.#scene.atEnd?.(this.returned) ?? true;
      return atEnd === true ? undefined : atEnd;
    } catch (error) {
      return `${describe(error)}.`;
    }
  }

  /** @returns what the scene shows */
  state(): Record<string, unknown> {
    return this.#scene.state?.() ?? {};
  }

  /** Once when the tasks have ended, as their caller would look, and once more when all that they left behind has settled. */
  #isTime(step: number, pending: number): boolean {
    if (this.#judgedAt === undefined) this.leftovers = pending;
    else if (pending > 0 || this.#judgedAt === step) return false;
    this.#judgedAt = step;
    return true;
  }
}
