import type { BoundedSwitches } from './bounded-switches.ts';
import type { Tally } from './tally.ts';

/** @returns the sentence of an exploration without a failure */
export function passSentence(tally: Tally, complete: boolean): string {
  if (tally.asked) return 'no schedule leads to the state that `reachable` asks for';
  return complete
    ? tally.schedules === 1
      ? 'No failure in the only possible order.'
      : `No failure in any of the ${count(tally.schedules)} possible orders.`
    : `No failing order among the ${count(tally.schedules)} that were tried.`;
}

/** @returns what was visited, and what was not */
export function coverageSentence(of: {
  tally: Tally;
  search: BoundedSwitches;
  stopped: boolean;
  overBudget: boolean;
  bound: number;
}): string {
  const { tally, search, stopped, overBudget, bound } = of;
  const orders = tally.schedules === 1 ? '1 order' : `${count(tally.schedules)} orders`;
  const parts: string[] = [];
  if (stopped)
    parts.push(
      `${orders} tried, those with fewest switches first, up to the one that ` +
        `${tally.asked ? 'reaches it' : 'fails'} (${switched(search.switches)})`,
    );
  else if (overBudget)
    parts.push(
      `${orders} tried before the budget was used up; those with ${switched(search.reached)} or more not all covered`,
    );
  else if (search.beyond > 0)
    parts.push(`${orders} are every order with at most ${switched(bound)}; beyond that not covered`);
  else if (tally.schedules === 1) parts.push(`The only possible order is covered (${tally.lengths})`);
  else parts.push(`All ${orders} are covered (${tally.lengths} each)`);
  if (tally.cut > 0) parts.push(`${count(tally.cut)} of them cut at the step limit and not covered beyond it`);
  if (tally.heldBack > 0) parts.push('a lane that polls passes another at most three times before the other goes on');
  if (tally.failures > 0 && !stopped)
    parts.push(`${count(tally.failures)} of them ${tally.asked ? 'reach it' : 'fail'}`);
  return `${parts.join('; ')}.`;
}

const count = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ' ');
const switched = (n: number) => `${n} ${n === 1 ? 'switch' : 'switches'}`;
