/** What one timed run gives. Of an arena's observation these fields are enough. */
export interface Run {
  /** Elapsed time by the referee's clock. */
  readonly wallMilliseconds: number;
  /** CPU time of all threads and processes, if the system reports it. */
  readonly cpuMilliseconds: number | undefined;
  /** Threads that wanted a processor at once (median while any did), if the system reports it. */
  readonly offeredParallelism: number | undefined;
  /** Share of the time, 0 to 1, in which none did. */
  readonly idleShare: number | undefined;
  readonly workers: { readonly peak: number };
  readonly children: { readonly peak: number };
  readonly value?: unknown;
}

export type Role = 'baseline' | 'reference' | 'candidate';

export type Rounds = { readonly [R in Role]: readonly Run[] };

/** Every role stands first, in the middle and last equally often: what drifts or warms up in a round hits all alike. */
const orders: readonly (readonly Role[])[] = [
  ['baseline', 'reference', 'candidate'],
  ['reference', 'candidate', 'baseline'],
  ['candidate', 'baseline', 'reference'],
];

/**
 * Milliseconds after which no further round is begun: on a machine with that much other work more of them tell nothing
 * new.
 */
const roundsBudget = 20_000;

/**
 * Runs the three roles round by round, each round on a new input.
 * @param roles what is timed
 * @param input gives the input of a round; round 0 warms up and is dropped
 * @param rounds counted rounds at the most
 * @param enough asked after each counted round from the second on; `true` ends the rounds
 * @returns the counted runs
 */
export async function timeRounds<I>(
  roles: { readonly [R in Role]: (input: I) => Promise<Run> },
  input: (round: number) => I,
  rounds: number,
  enough: (soFar: Rounds) => boolean,
): Promise<Rounds> {
  const runs: { [R in Role]: Run[] } = { baseline: [], reference: [], candidate: [] };
  const deadline = performance.now() + roundsBudget;
  for (let round = 0; round <= rounds; round++) {
    const given = input(round);
    for (const role of orders[round % orders.length] ?? []) {
      const run = await roles[role](given);
      if (round > 0) runs[role].push(run);
    }
    if (round > 1 && enough(runs)) break;
    if (round > 0 && performance.now() > deadline) break;
  }
  return runs;
}
