import { inspect, isDeepStrictEqual } from 'node:util';
import { describe, test } from 'vitest';
import { countdown, type Range } from '#shared/countdown.ts';
import { arena } from '#src/arena/index.ts';
import { Finding, finding } from '#src/verdict/index.ts';
import { draw, seed } from '../support/countdown-inputs.ts';
import { expectCheap, expectResponsive } from './responsiveness.ts';
import { measureAndJudge } from './predictions.ts';
import type { Ending } from './scenarios.ts';

/** What the scenarios ask of the student's functions. */
const calls = {
  countSlices: () => 'countdownInSlices',
  countSlicesAtOnce: () => 'countdownInSlices, called several times at once,',
  timersBetweenSlices: () => 'countdownInSlices',
  invalidSlices: () => 'countdownInSlices, called with an invalid slice,',
  failInSlice: (range: Range, slice: number) =>
    `countdownInSlices(${shown(range)}, ${slice}, onSlice), whose onSlice throws in its second call,`,
  countTurns: () => 'takeTurns',
  countTurnsAtOnce: () => 'takeTurns, called several times at once,',
  timersBetweenTurns: () => 'takeTurns',
  invalidTurns: () => 'takeTurns, called with an invalid slice,',
  failInTurn: (ranges: readonly Range[], slice: number) =>
    `takeTurns(${ranges.length} ranges, ${slice}, onSlice), whose onSlice throws,`,
  respond: () => 'countdownInSlices with slices of goodSlice() steps',
  cost: () => 'countdownInSlices with slices of goodSlice() steps',
  measurePairs: () => 'A measurement with countdownInSlices and takeTurns',
};

const url = new URL('./scenarios.ts', import.meta.url);
const scenarios = arena<typeof import('./scenarios.ts')>(url, { calls });
// For checks that compute for a second or more: a busy machine takes many times as long.
const patient = arena<typeof import('./scenarios.ts')>(url, { limit: 60_000, calls });

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
const manySlices = rangeOf(40 * slice);
/** Around the steps that are 2³¹ and 2³² − 1: neither fits into 32 bits with a sign. */
const high = [
  { from: 2 ** 31 - 2 * slice, to: 2 ** 31 + slice },
  { from: 2 ** 32 - 3 * slice, to: 2 ** 32 },
];
/** For slices of a single step. */
const short = rangeOf(4);
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
        expectSum(`${call}, onSlice)`, range, slice, results[index]?.sum);
        expectSum(`${call})`, range, slice, results[index]?.sumWithout);
      }
      const [single] = await scenarios.countSlices([short], 1);
      expectSum(`countdownInSlices(${shown(short)}, 1, onSlice)`, short, 1, single?.sum);
      for (const [index, { sum }] of (await scenarios.countSlices(high, slice)).entries())
        expectSum(`countdownInSlices(${shown(high[index]!)}, ${slice}, onSlice)`, high[index]!, slice, sum);
      for (const [index, sum] of (await scenarios.countSlicesAtOnce(ranges, slice)).entries())
        expectSum(
          `With other calls in progress, countdownInSlices(${shown(ranges[index]!)}, ${slice})`,
          ranges[index]!,
          slice,
          sum,
        );
    },
  );

  test(
    'gives the event loop back after each slice, so that a timer that is due can fire',
    { tags: ['1.turn'] },
    async () => {
      expectTurns(await scenarios.timersBetweenSlices(manySlices, slice), 'countdownInSlices');
      const turns = await scenarios.turnsDuringSlices({ from: 0, to: 120 }, 3);
      expectRounds(turns, 40, 'countdownInSlices', 'after each slice');
    },
  );

  test('calls onSlice after each slice with the number of steps counted so far', { tags: ['1.on-slice'] }, async () => {
    const results = await scenarios.countSlices(ranges, slice);
    for (const [index, range] of ranges.entries()) expectCounted(range, slice, results[index]?.counted);
    const [single] = await scenarios.countSlices([short], 1);
    expectCounted(short, 1, single?.counted);
  });

  test('resolves to 0 and never calls onSlice if the range is empty', { tags: ['1.empty'] }, async () => {
    const places = [0, tenSlices.from];
    const results = await scenarios.countSlices(
      places.map((at) => ({ from: at, to: at })),
      slice,
    );
    for (const [index, { sum, sumWithout, counted }] of results.entries()) {
      const call = `countdownInSlices({ from: ${places[index]}, to: ${places[index]} }, ${slice}`;
      for (const [end, got] of [
        [', onSlice)', sum],
        [')', sumWithout],
      ] as const)
        if (got !== 0)
          throw finding(
            'failed',
            `${call}${end} must resolve to 0, since the range is empty, but it resolved to ${got}.`,
          );
      if (counted.length > 0)
        throw finding(
          'failed',
          `An empty range has no slices, so ${call}, onSlice) must not call onSlice, but it called it with ` +
            `${counted.join(', ')}.`,
        );
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
          expectNothingCounted(call, counted);
        }
      }
    },
  );

  test('rejects with what onSlice throws and counts no further slice', { tags: ['1.on-slice-error'] }, async () => {
    const call = `countdownInSlices(${shown(endless)}, ${longSlice}, onSlice)`;
    for (const { what, ending, calls } of await beforeTheError(scenarios.failInSlice(endless, longSlice))) {
      const hint = what === 'an Error' ? '' : ' Any value can be thrown, even undefined, 0 or a text.';
      expectRejection(ending, call, `with what onSlice threw (${what})`, (error) => error.same, hint);
      if (calls !== 2)
        throw finding(
          'failed',
          `onSlice threw (${what}) in its second call, so ${call} must count no further slice, but it called onSlice ` +
            `${calls < 2 ? 'only once' : 'again after that'}.`,
        );
    }
  });
});

describe.concurrent('Task 2: Take turns', () => {
  /** Even, uneven, with empty ones at the beginning, in between and at the end; many. */
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
    new Array<number>(150).fill(2),
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
      const list = group.length > 7 ? `${group.length} ranges` : `[${group.map(shown).join(', ')}]`;
      const call = `takeTurns(${list}, ${slice}`;
      expectSums(`${call}, onSlice)`, group, results[index]?.sums);
      expectSums(`${call})`, group, results[index]?.sumsWithout);
    }
    const twins = [tenSlices, short, tenSlices];
    const [twice] = await scenarios.countTurns([twins], slice);
    expectSums('takeTurns(), called with the same range object twice,', twins, twice?.sums);
    const [far] = await scenarios.countTurns([high], slice);
    expectSums(`takeTurns([${high.map(shown).join(', ')}], ${slice})`, high, far?.sums);
    for (const [index, sums] of (await scenarios.countTurnsAtOnce(drawn, slice)).entries())
      expectSums('With other calls in progress, takeTurns()', drawn[index]!, sums);
  });

  test(
    'counts one slice of each range per round, and goes on without the ranges that are done',
    { tags: ['2.turns', '2.on-slice'] },
    async () => {
      const results = await scenarios.countTurns(drawn, slice);
      for (const [index, { turns }] of results.entries()) expectOrder(turns, groups[index] ?? []);
      const twin = rangeOf(3 * slice);
      const [twice] = await scenarios.countTurns([[twin, rangeOf(slice), twin]], slice);
      expectOrder(
        twice?.turns ?? [],
        [3, 1, 3],
        'ranges of 3, 1 and 3 slices (the first and the last are the same object)',
      );
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
    const turns = await scenarios.turnsDuringTurns([short, { from: 0, to: 120 }], 3);
    expectRounds(turns, 40, 'takeTurns', 'in each round');
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
      expectNothingCounted(call, counted);
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

function expectSum(call: string, range: Range, size: number, got: unknown): void {
  const sum = countdown(range);
  if (got === sum) return;
  const rest = (range.to - range.from) % size;
  const cause =
    rest > 0 && got === countdown({ ...range, to: range.to - rest })
      ? ` That is the sum without the last slice, which has only ${rest} ${rest === 1 ? 'step' : 'steps'}.`
      : rest > 0 && got === countdown({ ...range, to: range.to - rest + size })
        ? ` That is the sum if the last slice counts ${size} steps, but only ${rest} of them are in the range.`
        : '';
  throw finding('failed', `${call} must resolve to ${sum}, but it resolved to ${inRow(got)}.${cause} ${by}`);
}

function expectSums(call: string, group: readonly Range[], got: readonly unknown[] | undefined): void {
  const sums = group.map(countdown);
  if (isDeepStrictEqual(got, sums)) return;
  const sorted = (list: readonly unknown[]) => list.map(Number).sort((a, b) => a - b);
  const cause = isDeepStrictEqual(sorted(got ?? []), sorted(sums))
    ? ' These are the right sums, but in another order, such as that in which the ranges were done.'
    : got?.length === sums.length
      ? ` Wrong is the sum of range ${sums.findIndex((sum, index) => got[index] !== sum)} (the first one is range 0).` +
        ' Is each range counted to its end?'
      : '';
  throw finding('failed', `${call} must resolve to ${inRow(sums)}, but it resolved to ${inRow(got)}.${cause} ${by}`);
}

/** @param got the arguments of all calls of onSlice */
function expectCounted(range: Range, size: number, got: readonly unknown[] = []): void {
  const length = range.to - range.from;
  const wanted = Array.from({ length: Math.ceil(length / size) }, (_, at) => Math.min((at + 1) * size, length));
  if (isDeepStrictEqual(got, wanted)) return;
  const call = `countdownInSlices(${shown(range)}, ${size}, onSlice)`;
  const wrong = got.findIndex((each, at) => at < wanted.length && !Object.is(each, wanted[at]));
  const positions = got.every((each, at) => each === Number(wanted[at]) + range.from);
  const sentence =
    wrong >= 0
      ? `call ${wrong + 1} of onSlice must get ${wanted[wrong]}, the number of steps counted so far, but it got ` +
        `${inRow(got[wrong])}.` +
        (positions ? ` That is a position: the range starts at ${range.from}, not at 0.` : '')
      : `onSlice must be called after each of the ${wanted.length} slices, but it was called ${got.length} ` +
        `${got.length === 1 ? 'time' : 'times'}.`;
  throw finding(
    'failed',
    `In ${call}, ${sentence} ${by}`,
    `What onSlice got:\n  expected  ${wanted.join(' ')}\n  got       ${got.map(String).join(' ')}`,
  );
}

function expectNothingCounted(call: string, slices: number): void {
  if (slices === 0) return;
  throw finding(
    'failed',
    `${call} rejected, but only after it had called onSlice. Check slice before you count the first step.`,
  );
}

/** A call whose onSlice throws early needs almost no time. If it needs too much, it counts what nobody wants. */
async function beforeTheError<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof Finding) || error.verdict !== 'timeout') throw error;
    const [sentence = ''] = error.message.split('\n\n');
    const hint =
      `Only two of the slices had to be counted. Count a slice right before its call of onSlice, not ` + `earlier.`;
    throw finding('timeout', `${sentence} ${hint}`, error.evidence);
  }
}

const inRow = (value: unknown): string => inspect(value, { breakLength: Infinity, maxArrayLength: 8 });

type Refusal = Exclude<Ending, { ended: 'resolved' }>;

function expectRejection(
  ending: Ending,
  call: string,
  wanted: string,
  holds: (error: Refusal) => boolean,
  hint = '',
): void {
  if (ending.ended === 'resolved')
    throw finding(
      'failed',
      `Expected ${call} to reject ${wanted}, but it resolved to ${JSON.stringify(ending.value)}.${hint}`,
    );
  if (ending.ended === 'threw')
    throw finding(
      'failed',
      `Expected ${call} to return a promise that rejects, but the call itself threw ${ending.error}. An async ` +
        'function turns what it throws into a rejection.',
    );
  if (!holds(ending))
    throw finding('failed', `Expected ${call} to reject ${wanted}, but it rejected with ${ending.error}.${hint}`);
}

/** @param slices how many slices each range has */
function expectOrder(
  turns: readonly unknown[],
  slices: readonly number[],
  which = slices.length > 7 ? `${slices.length} ranges` : `ranges of ${slices.join(', ')} slices`,
): void {
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
      : `Expected ${which} to take turns, but onSlice was called in another order. Each ` +
          `round counts one slice of each range that is not done, in the order of the ranges ${by}.`,
    `Indexes of the ranges, as onSlice got them:\n  expected  ${wanted.join(' ')}\n  got       ${turns.join(' ')}`,
  );
}

/** @throws {Finding} unless the event loop went around often enough: nearly once for each slice, whatever it takes */
function expectRounds(turns: number, slices: number, call: string, when: string): void {
  if (turns >= slices / 2) return;
  throw finding(
    'failed',
    `${call} must give the event loop back ${when}, also if the slices are short: during ${slices} slices of three ` +
      `steps, it must go around ${slices} times, but it went around ${turns} times.`,
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
  const longest = Math.max(...most);
  const happened = text.includes('|')
    ? `it had to wait while ${longest} slices ran. Give the event loop back after every slice: await setImmediate() ` +
      'of node:timers/promises does that.'
    : 'it did not fire until the last slice was done. Not every await gives the event loop back: await ' +
      'Promise.resolve() does not, await setImmediate() of node:timers/promises does, if it stands after each slice.';
  throw finding(
    'failed',
    `A timer was due after each slice of ${call}, but ${happened}`,
    `Slices (${text.includes('B') ? 'A, B: one letter for each range' : 'A'}) and the timer (|), in the order in ` +
      `which they ran:\n  ${text}`,
  );
}
