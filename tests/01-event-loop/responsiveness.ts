import { legend, strip } from '#kata/01-event-loop/charts.ts';
import { longest } from '#kata/01-event-loop/timer-watch.ts';
import type { Remote } from '#src/arena/index.ts';
import type { Annotate } from '#src/speedup/index.ts';
import { finding } from '#src/verdict/index.ts';
import { draw } from '../support/countdown-inputs.ts';
import type { Watched } from './scenarios.ts';

type Scenarios = Remote<typeof import('./scenarios.ts')>;

/** The lesson asks for a tenth. The rest is for other threads of Node, whose CPU time counts, too. */
const passingShare = 0.15;
/** The lesson asks for twice the CPU time. */
const passingCost = 2.2;
/** From here on, it is no near miss that a compiler or a garbage collector could explain. */
const hopelessShare = 0.4;
/** Slices that are this expensive would take minutes to count 30 million steps. */
const hopelessCost = 8;
/** A near miss is measured again. */
const attempts = 3;

/**
 * Compares how late a timer is during the student's countdown with how late it is during the given one. The delays are
 * compared in CPU time: what other programs do in the meantime doesn't count.
 */
export async function expectResponsive(scenarios: Scenarios, annotate: Annotate): Promise<void> {
  const range = { from: 0, to: 30_000_000 + draw(0, 1_000) };
  const first = await costOf(scenarios, 1);
  if (first.cost > hopelessCost) throw tooExpensive(first, 'The slices are too small to measure the delay. ');
  for (let attempt = 1; ; attempt++) {
    const { slice, blocking, sliced } = await scenarios.respond(range);
    expectSlice(slice);
    if (sliced.sum !== blocking.sum)
      throw finding('failed', `Expected the sum ${blocking.sum} with slices of ${slice} steps, got ${sliced.sum}.`);
    const share = busiest(sliced) / busiest(blocking);
    const chart = [row('countdown', blocking), row('countdownInSlices', sliced), legend].join('\n');
    const told = `With slices of ${slice.toLocaleString('en')} steps the longest delay is ${percent(share)}`;
    const byTheClock = 'By the clock, which other programs influence, too:';
    if (share <= passingShare)
      return void (await annotate(
        `${told} of the one during countdown, in CPU time. ${byTheClock}\n\n${chart}`,
        'measured',
      ));
    if (attempt === attempts || share > hopelessShare)
      throw finding(
        'failed',
        `${told} of the one during countdown (${busiest(sliced).toFixed(0)} of ${busiest(blocking).toFixed(0)} ms of ` +
          'CPU time), and should be at most 10 %. Choose a smaller slice. If it is small already, check that each ' +
          'slice gives the event loop back (task 1).',
        `${byTheClock}\n${chart}`,
      );
  }
}

/** Compares the CPU time of a countdown in slices with that of the given one. */
export async function expectCheap(scenarios: Scenarios): Promise<void> {
  let least = await costOf(scenarios, 1);
  for (let attempt = 2; attempt <= attempts && least.cost > passingCost && least.cost < hopelessCost; attempt++) {
    const next = await costOf(scenarios, 5);
    if (next.cost < least.cost) least = next;
  }
  if (least.cost > passingCost) throw tooExpensive(least);
}

/** @returns the CPU time of a countdown in slices as a multiple of that of the given one */
async function costOf(scenarios: Scenarios, rounds: number): Promise<Cost> {
  const { slice, blocking, sliced } = await scenarios.cost({ from: 0, to: 1_000_000 + draw(0, 1_000) }, rounds);
  expectSlice(slice);
  return { slice, cost: sliced / blocking };
}

interface Cost {
  slice: number;
  cost: number;
}

const tooExpensive = ({ slice, cost }: Cost, consequence = '') =>
  finding(
    'failed',
    `${consequence}Counting in slices of ${slice.toLocaleString('en')} ${slice === 1 ? 'step' : 'steps'} costs ` +
      `${cost.toFixed(1)} times the CPU time of countdown, and should cost at most twice as much. Choose a larger ` +
      'slice, so that the event loop is given back less often.',
  );

function expectSlice(slice: unknown): asserts slice is number {
  if (!Number.isSafeInteger(slice) || (slice as number) < 1)
    throw finding('failed', `Expected goodSlice() to return a positive integer, got ${String(slice)}.`);
}

/** @returns the longest delay, in milliseconds of CPU time */
const busiest = ({ fires }: Watched): number => longest(fires.map(({ cpu }) => cpu));

const row = (title: string, { fires, longestDelay }: Watched): string =>
  `${title.padEnd(18)} ${strip(fires)}   longest ${longestDelay.toFixed(0).padStart(5)} ms`;

const percent = (share: number): string => `${(Math.max(0, share) * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
