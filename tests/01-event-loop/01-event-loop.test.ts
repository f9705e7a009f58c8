import { describe, expect, test } from 'vitest';
import { countdown, type Range } from '#shared/countdown.ts';
import { arena } from '#src/arena/index.ts';
import { finding } from '#src/verdict/index.ts';
import { draw, seed } from '../support/countdown-inputs.ts';
import { expectCheap, expectResponsive } from './responsiveness.ts';
import { measureAndJudge } from './predictions.ts';
import type { Ending } from './scenarios.ts';

const scenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url));
// For checks that compute for a second or more: a busy machine takes many times as long.
const patient = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), { limit: 60_000 });

const by = `(to repeat: npm run kata run 01 -- --seed ${seed})`;
const rangeOf = (length: number): Range => {
  const from = draw(1, 1_000_000);
  return { from, to: from + length };
};

// Drawn before any check runs, so that a check gets the same numbers when it runs alone.
const slice = draw(300, 900);
/** Several slices and a bit, a multiple, one slice exactly, one step more, one less, a single step. */
const lengths = [slice * draw(4, 9) + draw(2, slice - 2), slice * draw(3, 6), slice, slice + 1, slice - 1, 1] as const;
const ranges = lengths.map(rangeOf);
const tenSlices = rangeOf(10 * slice);
/** Nobody waits for the end of this one: it takes two minutes. */
const endless: Range = { from: 0, to: 2 ** 32 };
const longSlice = 1_000_000;
const invalid = [0, -1, -slice, 1.5, NaN, Infinity];

describe.concurrent('Task 1: Count in slices', () => {
  test(
    'resolves to the sum of the range, whether or not the slices divide it evenly',
    { tags: ['1.sum'] },
    async () => {
      const results = await scenarios.countSlices(ranges, slice);
      for (const [index, range] of ranges.entries()) {
        const call = `countdownInSlices(${shown(range)}, ${slice}`;
        expect(results[index]?.sum, `${call}, onSlice) ${by}`).toBe(countdown(range));
        expect(results[index]?.sumWithout, `${call}) ${by}`).toBe(countdown(range));
      }
      const short = rangeOf(4);
      const [single] = await scenarios.countSlices([short], 1);
      expect(single?.sum, `countdownInSlices(${shown(short)}, 1, onSlice) ${by}`).toBe(countdown(short));
      expect(single?.counted, `arguments of onSlice in countdownInSlices(${shown(short)}, 1, onSlice)`).toEqual([
        1, 2, 3, 4,
      ]);
    },
  );

  test(
    'gives the event loop back after each slice, so that a timer that is due can fire',
    { tags: ['1.turn'] },
    async () => {
      expectTurns(await scenarios.timersBetweenSlices(tenSlices, slice), 'countdownInSlices');
    },
  );

  test('calls onSlice after each slice with the number of steps counted so far', { tags: ['1.on-slice'] }, async () => {
    const results = await scenarios.countSlices(ranges, slice);
    for (const [index, range] of ranges.entries()) {
      const length = range.to - range.from;
      const wanted = Array.from({ length: Math.ceil(length / slice) }, (_, at) => Math.min((at + 1) * slice, length));
      const call = `countdownInSlices(${shown(range)}, ${slice}, onSlice)`;
      expect(results[index]?.counted, `arguments of onSlice in ${call} ${by}`).toEqual(wanted);
    }
  });

  test('resolves to 0 and never calls onSlice if the range is empty', { tags: ['1.empty'] }, async () => {
    const places = [0, tenSlices.from];
    const results = await scenarios.countSlices(
      places.map((at) => ({ from: at, to: at })),
      slice,
    );
    for (const [index, { sum, sumWithout, counted }] of results.entries()) {
      const steps = `the steps from ${places[index]} to ${places[index]}`;
      expect([sum, sumWithout], `the sums of ${steps}`).toEqual([0, 0]);
      expect(counted, `arguments of onSlice for ${steps}`).toEqual([]);
    }
  });

  test(
    'rejects with a RangeError and counts nothing if slice is not a positive integer',
    { tags: ['1.range-error'] },
    async () => {
      for (const range of [tenSlices, { from: 5, to: 5 }]) {
        const results = await scenarios.invalidSlices(range, invalid);
        for (const [index, { ending, counted }] of results.entries()) {
          const call = `countdownInSlices(${shown(range)}, ${invalid[index]}, onSlice)`;
          expectRejection(ending, call, 'with a RangeError', (error) => error.rangeError);
          expect(counted, `calls of onSlice in ${call}`).toBe(0);
        }
      }
    },
  );

  test('rejects with what onSlice throws and counts no further slice', { tags: ['1.on-slice-error'] }, async () => {
    const call = `countdownInSlices(${shown(endless)}, ${longSlice}, onSlice)`;
    for (const { what, ending, calls } of await scenarios.failInSlice(endless, longSlice)) {
      expectRejection(ending, call, `with what onSlice threw (${what})`, (error) => error.same);
      expect(calls, `calls of onSlice in ${call}, the second of which threw ${what}`).toBe(2);
    }
  });
});

describe.concurrent('Task 2: Take turns', () => {
  /** One to seven ranges: even, uneven, with empty ones at the beginning, in between and at the end. */
  const groups: readonly (readonly number[])[] = [
    [3, 3],
    [2, 4],
    [4, 1],
    [0, 3],
    [3, 0, 2],
    [1, 5, 3],
    [2, 4, 0, 3],
    [5, 1, 2, 4],
    [2, 1, 3, 2, 1, 2, 2],
    [3],
    [0],
    [],
  ];
  const drawn = groups.map((slices) =>
    slices.map((count) => rangeOf(count === 0 ? 0 : count * slice - draw(0, slice - 1))),
  );

  test('resolves to the sums of the ranges, in their order', { tags: ['2.sums'] }, async () => {
    const results = await scenarios.countTurns(drawn, slice);
    for (const [index, group] of drawn.entries()) {
      const call = `takeTurns([${group.map(shown).join(', ')}], ${slice}`;
      expect(results[index]?.sums, `${call}, onSlice) ${by}`).toEqual(group.map(countdown));
      expect(results[index]?.sumsWithout, `${call}) ${by}`).toEqual(group.map(countdown));
    }
  });

  test(
    'counts one slice of each range per round, and goes on without the ranges that are done',
    { tags: ['2.turns', '2.on-slice'] },
    async () => {
      const results = await scenarios.countTurns(drawn, slice);
      for (const [index, { turns }] of results.entries()) expectOrder(turns, groups[index] ?? []);
    },
  );

  test('gives the event loop its turn in each round', { tags: ['2.loop'] }, async () => {
    for (const counts of [
      [8, 8],
      [3, 9, 6],
    ]) {
      const group = counts.map((count) => rangeOf(count * slice));
      expectTurns(await scenarios.timersBetweenTurns(group, slice), 'takeTurns');
    }
  });

  test('rejects with what onSlice throws', { tags: ['2.errors'] }, async () => {
    const group = [rangeOf(6 * slice), rangeOf(2 * slice), rangeOf(4 * slice)];
    const call = `takeTurns(${group.length} ranges, ${slice}, onSlice)`;
    for (const { index, what, ending } of await scenarios.failInTurn(group, slice))
      expectRejection(ending, call, `with what onSlice threw for range ${index} (${what})`, (error) => error.same);
  });

  test('rejects with a RangeError if slice is not a positive integer', { tags: ['2.errors'] }, async () => {
    const results = await scenarios.invalidTurns([tenSlices, rangeOf(slice)], invalid);
    for (const [index, { ending, counted }] of results.entries()) {
      const call = `takeTurns(2 ranges, ${invalid[index]}, onSlice)`;
      expectRejection(ending, call, 'with a RangeError', (error) => error.rangeError);
      expect(counted, `calls of onSlice in ${call}`).toBe(0);
    }
  });
});

describe('Task 3: Stay responsive', () => {
  test('a timer is at most a tenth as late as during countdown', { tags: ['3.responsive'] }, async ({ annotate }) => {
    await expectResponsive(patient, annotate);
  });

  test('slices of this size cost at most twice the CPU time of countdown', { tags: ['3.cost'] }, async () => {
    await expectCheap(patient);
  });
});

describe('Task 4: Predict, then measure', () => {
  test(
    'the predictions are right, and the chart shows what this machine measured',
    { tags: ['4.compute-and-compute', '4.wait-and-wait', '4.compute-and-wait'] },
    async ({ annotate }) => {
      await measureAndJudge(patient, annotate);
    },
  );
});

const shown = ({ from, to }: Range) => `{ from: ${from}, to: ${to} }`;

type Refusal = Exclude<Ending, { ended: 'resolved' }>;

function expectRejection(ending: Ending, call: string, wanted: string, holds: (error: Refusal) => boolean): void {
  if (ending.ended === 'resolved')
    throw finding(
      'failed',
      `Expected ${call} to reject ${wanted}, but it resolved to ${JSON.stringify(ending.value)}.`,
    );
  if (ending.ended === 'threw')
    throw finding(
      'failed',
      `Expected ${call} to return a promise that rejects, but the call itself threw ${ending.error}. An async ` +
        'function turns what it throws into a rejection.',
    );
  if (!holds(ending))
    throw finding('failed', `Expected ${call} to reject ${wanted}, but it rejected with ${ending.error}.`);
}

/** @param slices how many slices each range has */
function expectOrder(turns: readonly unknown[], slices: readonly number[]): void {
  const rounds = Math.max(0, ...slices);
  const wanted = Array.from({ length: rounds }, (_, round) =>
    slices.flatMap((count, index) => (count > round ? [index] : [])),
  ).flat();
  if (turns.length === wanted.length && turns.every((turn, at) => turn === wanted[at])) return;
  const oneByOne = slices.flatMap((count, index) => Array.from({ length: count }, () => index));
  const disguise = slices.length > 1 && String(turns) === String(oneByOne);
  throw finding(
    disguise ? 'sequential in disguise' : 'wrong order',
    disguise
      ? 'Expected the ranges to take turns, but each range was counted to its end before the next one started. Is ' +
          `there an await between starting one range and starting the next? ${by}`
      : `Expected ranges of ${slices.join(', ')} slices to take turns, but onSlice was called in another order ${by}.`,
    `Indexes of the ranges, as onSlice got them:\n  expected  ${wanted.join(' ')}\n  got       ${turns.join(' ')}`,
  );
}

/**
 * A timer is due after every slice, so it must fire between any two slices of the same range. It may miss the first
 * chance: from where the call begins, the loop can reach the callbacks of `setImmediate` without looking at its timers.
 */
function expectTurns(order: readonly (number | 'timer')[], call: string): void {
  const text = order.map((each) => (each === 'timer' ? '|' : String.fromCharCode(65 + each))).join('');
  const most = text.split('|').map((run) => Math.max(0, ...[...run].map((range) => run.split(range).length - 1)));
  if (Math.max(...most) <= 2 && most.filter((slices) => slices > 1).length <= 1) return;
  throw finding(
    'failed',
    `Expected a timer to fire after each slice of ${call}, since it was due, but the slices ran without it. Not ` +
      'every await gives the event loop back: await Promise.resolve() does not, await setImmediate() of ' +
      'node:timers/promises does.',
    `Slices (${text.includes('B') ? 'A, B: one letter for each range' : 'A'}) and the timer (|), in the order in ` +
      `which they ran:\n  ${text}`,
  );
}
