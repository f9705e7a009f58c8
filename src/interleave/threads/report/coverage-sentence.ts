/** Why the bounded search ended. */
export type SearchEnd = 'exhausted' | 'bound' | 'failed' | 'budget-milliseconds' | 'budget-schedules' | 'budget-memory';

/** The facts that a coverage sentence is made of. */
export interface ThreadCoverage {
  readonly schedules: number;
  readonly threads: number;
  /** Why the search ended. */
  readonly ended: SearchEnd;
  readonly budget: { readonly milliseconds: number; readonly schedules: number; readonly megabytes: number };
  /** Preemptions of the schedules that were being visited when it ended. */
  readonly preemptions: number;
  readonly cut: number;
  readonly steps: number;
  readonly heldBack: boolean;
  /** Timers that may fire early, where any was met. */
  readonly timers: number | undefined;
  readonly racesAllowed: boolean;
  /** The search was for a state, not for a failure. */
  readonly asked: boolean;
  readonly random: { readonly schedules: number; readonly seed: number; readonly failed: boolean } | undefined;
}

/** What was covered and what was not. */
export function coverageSentence(of: ThreadCoverage): string {
  const threads = `${of.threads} ${of.threads === 1 ? 'thread' : 'threads'}`;
  const limits = [
    of.cut > 0 ? `${schedulesText(of.cut)} cut at ${of.steps} steps, what would follow is not covered` : '',
    of.heldBack ? 'a thread that repeats a fruitless read waits until the others have moved' : '',
    of.timers !== undefined ? `at most ${of.timers} ${of.timers === 1 ? 'timer fires' : 'timers fire'} early` : '',
    of.racesAllowed ? 'data races allowed' : '',
    of.random && !of.random.failed
      ? `${schedulesText(of.random.schedules)} beyond the bound, drawn with seed ${of.random.seed}, ${didNot(of)}`
      : '',
  ].filter((limit) => limit !== '');
  return [main(of, threads), ...limits].join('; ');
}

function main(of: ThreadCoverage, threads: string): string {
  const seen = schedulesText(of.schedules);
  const bound = `with at most ${preemptionsText(of.preemptions)}`;
  if (of.random?.failed)
    return (
      `found among random schedules (number ${of.random.schedules}, seed ${of.random.seed}) ` +
      `after ${seen} ${bound} ${didNot(of)}`
    );
  const isOne = of.schedules === 1;
  const uncut =
    of.cut === 0 ? (isOne ? 'covers' : 'cover') : isOne ? 'visits, as far as it goes,' : 'visit, as far as they go,';
  if (of.ended === 'exhausted') return `${seen} ${uncut} every run of ${threads}`;
  if (of.ended === 'bound') return `${seen} ${uncut} every run of ${threads} ${bound}; beyond that not covered`;
  if (of.ended === 'failed') {
    const fewer =
      of.preemptions === 0
        ? 'without any preemption'
        : `with ${preemptionsText(of.preemptions)}; no run with fewer ${does(of)}`;
    return `schedule ${of.schedules} of the search ${does(of)}, ${fewer}`;
  }
  const covered =
    of.preemptions === 0
      ? 'no preemption bound is covered'
      : `every run of ${threads} with at most ${preemptionsText(of.preemptions - 1)} is covered`;
  return `stopped after ${seen} (${budgetText(of)}): ${covered}, those with ${preemptionsText(of.preemptions)} in part`;
}

const does = ({ asked }: ThreadCoverage): string => (asked ? 'reaches it' : 'fails');
const didNot = ({ asked }: ThreadCoverage): string => (asked ? 'did not reach it' : 'did not fail');

function budgetText({ ended, budget }: ThreadCoverage): string {
  if (ended === 'budget-schedules') return `the budget is ${budget.schedules} schedules`;
  return ended === 'budget-memory'
    ? `the budget is ${budget.megabytes} MiB of memory`
    : `the budget is ${budget.milliseconds} ms`;
}

/** `1 preemption`, `no preemption`. */
function preemptionsText(count: number): string {
  return count === 0 ? 'no preemption' : count === 1 ? '1 preemption' : `${count} preemptions`;
}

function schedulesText(count: number): string {
  return count === 1 ? '1 schedule' : `${count} schedules`;
}
