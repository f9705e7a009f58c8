import type { Role, Rounds, Run } from './rounds.ts';

/** Share of the reference's speed-up that an answer must reach. */
const passingShare = 0.75;
/**
 * A reference that is not even this much faster than the baseline shows that the machine cannot tell parallel from
 * sequential now.
 */
export const tellingSpeedup = 1.3;
/** CPU time beyond this multiple of the reference's is work that nobody asked for. */
const wastefulShare = 1.5;
/** CPU time below this share of what the sequential code uses cannot be the same work. */
const missingShare = 0.5;
/**
 * Share of the reference's offered parallelism from which on an answer counts as parallel: half way between one thread
 * and two is 0.75.
 */
const parallelShare = 0.75;
/** By how much of its time more than the reference an answer may sit idle before its slowness is its own doing. */
const idleTolerance = 0.15;

/** Speed-ups over the baseline, from the best run of each. */
export interface Speedups {
  readonly candidate: number;
  readonly reference: number;
}

type Fault = 'sequential in disguise' | 'busy wait' | 'did not do the work';

export type Judgement =
  | { readonly verdict: 'pass' | 'inconclusive'; readonly because: string }
  | { readonly verdict: 'fail'; readonly fault: Fault; readonly because: string };

/** @returns the least wall time of a role's runs, ms */
export const best = (runs: readonly Run[]): number => Math.min(...runs.map(({ wallMilliseconds }) => wallMilliseconds));

/** @returns how many times faster than the baseline the two others were */
export function speedupsOf(rounds: Rounds): Speedups {
  const baseline = best(rounds.baseline);
  return { candidate: baseline / best(rounds.candidate), reference: baseline / best(rounds.reference) };
}

/** @returns whether the clock alone shows a pass */
export function clockPasses(rounds: Rounds): boolean {
  const { candidate, reference } = speedupsOf(rounds);
  return reference >= tellingSpeedup && candidate >= passingShare * reference;
}

/**
 * Judges timed rounds. The clock decides where the machine can tell and nothing else took the processors; what needs no
 * clock decides otherwise: how many Workers or processes there were at once, how many threads wanted a processor, how
 * much CPU time was used.
 * @param rounds the counted runs
 * @param parallel how many Workers or processes the answer should have at once
 */
export function judge(rounds: Rounds, parallel: number): Judgement {
  const speedups = speedupsOf(rounds);
  const told =
    `${times(speedups.candidate)} as fast as the sequential code, ` +
    `where the reference is ${times(speedups.reference)}`;
  const fault = faultWithoutClock(rounds, parallel);
  if (fault !== undefined) return { verdict: 'fail', ...fault };
  if (clockPasses(rounds)) return { verdict: 'pass', because: told };
  if (speedups.reference < tellingSpeedup) {
    return {
      verdict: 'inconclusive',
      because:
        `the reference itself is only ${times(speedups.reference)} as fast as the sequential code here, so ` +
        `this machine cannot tell now`,
    };
  }
  if (wasStarved(rounds)) {
    return {
      verdict: 'inconclusive',
      because:
        'the work was offered in parallel, without waste and without idling, but other programs took the ' +
        'processors meanwhile',
    };
  }
  return { verdict: 'fail', fault: 'sequential in disguise', because: told };
}

/** @returns what shows a wrong answer on any machine, one with a single processor or a busy one too */
export function faultWithoutClock(rounds: Rounds, parallel: number): { fault: Fault; because: string } | undefined {
  const most = highest(rounds, 'candidate', 'cpuMilliseconds');
  const least = lowest(rounds, 'baseline', 'cpuMilliseconds');
  if (most !== undefined && least !== undefined && most < missingShare * least) {
    return {
      fault: 'did not do the work',
      because:
        `it used ${seconds(most)} of CPU time at the most, where the sequential code used ${seconds(least)}: the ` +
        `result does not come from doing the work`,
    };
  }
  const peak = Math.max(...rounds.candidate.map(({ workers, children }) => Math.max(workers.peak, children.peak)));
  if (peak < parallel) {
    return {
      fault: 'sequential in disguise',
      because:
        `at most ${peak} of the ${parallel} Workers or processes that it must use lived at the same time. Start ` +
        'all of them before you await the first answer',
    };
  }
  const offered = highest(rounds, 'candidate', 'offeredParallelism');
  const wanted = highest(rounds, 'reference', 'offeredParallelism');
  if (offered !== undefined && wanted !== undefined && offered < parallelShare * wanted) {
    return {
      fault: 'sequential in disguise',
      because:
        `most of the time only ${offered} of its threads had something to compute, where ${wanted} of the ` +
        `reference's had. Look for threads that wait for each other, and for one that gets nearly all of the work`,
    };
  }
  const used = lowest(rounds, 'candidate', 'cpuMilliseconds');
  const needed = lowest(rounds, 'reference', 'cpuMilliseconds');
  if (used !== undefined && needed !== undefined && used > wastefulShare * needed) {
    return {
      fault: 'busy wait',
      because:
        `it used ${seconds(used)} of CPU time, where the reference used ${seconds(needed)}. Look for work that ` +
        'is done twice, and for a loop that waits',
    };
  }
  return undefined;
}

/** Whether an answer did what the reference did and was slower all the same: then its processors were taken from it. */
function wasStarved(rounds: Rounds): boolean {
  const idle = lowest(rounds, 'candidate', 'idleShare');
  const idleReference = lowest(rounds, 'reference', 'idleShare');
  const used = lowest(rounds, 'candidate', 'cpuMilliseconds');
  const needed = lowest(rounds, 'reference', 'cpuMilliseconds');
  if (idle === undefined || idleReference === undefined || used === undefined || needed === undefined) return false;
  return idle <= idleReference + idleTolerance && used <= needed * (1 + idleTolerance);
}

type Measured = 'offeredParallelism' | 'cpuMilliseconds' | 'idleShare';

const measured = (rounds: Rounds, role: Role, field: Measured): number[] =>
  rounds[role].map((run) => run[field]).filter((each) => each !== undefined);

function lowest(rounds: Rounds, role: Role, field: Measured): number | undefined {
  const values = measured(rounds, role, field);
  return values.length === 0 ? undefined : Math.min(...values);
}

function highest(rounds: Rounds, role: Role, field: Measured): number | undefined {
  const values = measured(rounds, role, field);
  return values.length === 0 ? undefined : Math.max(...values);
}

const times = (factor: number): string => `${factor.toFixed(2)}×`;
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
