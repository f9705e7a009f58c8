// Distinguishes spinning forever from spinning for a while.
import type { Model } from '../model/index.ts';

/** Fruitless repeats of every thread that can run, from which a livelock is suspected. */
const SUSPECT = 8;
/** Rounds in which the suspects get the chance to give up spinning: a bounded spin ends within them. */
const ROUNDS = 300;

/**
 * Whether every thread that can run repeats itself without effect, and still does after many more fair rounds. The
 * model is left as it was.
 * @param know makes the next operation of every thread known; false if an agent is gone
 */
export function spinsForEver(model: Model, know: () => boolean): boolean | 'agent-gone' {
  const alive = model.enabled | model.timed;
  for (let thread = 0; thread < model.threads; thread++) {
    if ((alive & (1 << thread)) !== 0 && model.nodes[thread]!.repeats <= SUSPECT) return false;
  }
  const mark = model.mark;
  const spinning = goRound(model, know, alive);
  model.undo(mark);
  return spinning;
}

function goRound(model: Model, know: () => boolean, alive: number): boolean | 'agent-gone' {
  for (let round = 0; round < ROUNDS; round++) {
    for (let thread = 0; thread < model.threads; thread++) {
      if ((alive & (1 << thread)) === 0) continue;
      const before = model.nodes[thread]!;
      model.step(thread);
      if (!know()) return 'agent-gone';
      const after = model.nodes[thread]!;
      if (after.end || (model.enabled | model.timed) !== alive) return false;
      if (after !== before && after.repeats < before.repeats) return false;
    }
  }
  return true;
}
