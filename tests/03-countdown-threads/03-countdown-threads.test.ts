import { inspect, isDeepStrictEqual } from 'node:util';
import { describe, test } from 'vitest';
import { countdown, type Range } from '#shared/countdown.ts';
import { arena, observe, referenceUrl } from '#src/arena/index.ts';
import { expectFaster } from '#src/speedup/index.ts';
import { finding, named } from '#src/verdict/index.ts';
import {
  expectFreeLoop,
  expectNothingLeft,
  expectRejection,
  expectSameTime,
  expectStartBeforeAnswers,
  expectSum,
  longPart,
  oneStepTooMany,
  refusedRanges,
  valueOf,
} from '../support/countdown-checks.ts';
import { type Sequential, contest } from '../support/countdown-contest.ts';
import { draw, seed } from '../support/countdown-inputs.ts';
import type { Cut, Moment } from './scenarios.ts';

type Pairs = readonly (readonly [number, number])[];

/** What the scenarios ask of the student's functions. */
const calls = {
  splitEach: () => 'split',
  attendThread: (each: Range) => callOfThread(each),
  attendThreads: (n: number, threads: number) => `countdownOnThreads(${n}, ${threads})`,
  countEach: (each: readonly Range[]) => each.map(callOfThread).join(', then '),
  sumEach: (each: Pairs) => each.map(([n, threads]) => `countdownOnThreads(${n}, ${threads})`).join(', then '),
  sumsDespiteFailure: (n: number, longer: number, failing: number, threads: number) =>
    [longer, failing, n].map((each) => `countdownOnThreads(${each}, ${threads})`).join(' and '),
  sumOnceAllHaveStarted: (n: number, threads: number) => `countdownOnThreads(${n}, ${threads})`,
  runningWhenResolved: (n: number, threads: number) => `countdownOnThreads(${n}, ${threads})`,
  threadEndedFromOutside: (_: Range, moment: Moment) => `countdownOnThread, whose Worker was terminated ${moment},`,
  oneOfThreadsEndedFromOutside: (n: number, threads: number, which: number, moment: Moment) =>
    `countdownOnThreads(${n}, ${threads}), whose Worker number ${which + 1} was terminated ${moment},`,
  oneOfThreadsRuns: (n: number, threads: number) => `countdownOnThreads(${n}, ${threads})`,
  threadThrows: () => 'countdownOnThread, whose Worker throws,',
  threadExitsSilently: (_: Range, code: number) => `countdownOnThread, whose Worker called process.exit(${code}),`,
  firstOfThreadsThrows: () => 'countdownOnThreads, whose first Worker threw an error,',
  othersWhenFirstThrows: () => 'countdownOnThreads, whose first Worker threw an error,',
};

const shared = { shared: true, calls };
const splitter = arena<typeof import('#kata/03-countdown-threads/split.ts')>(
  '#kata/03-countdown-threads/split.ts',
  shared,
);
const student = arena<typeof import('#kata/03-countdown-threads/countdown-on-threads.ts')>(
  '#kata/03-countdown-threads/countdown-on-threads.ts',
  shared,
);
const scenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), shared);
// For scenarios that change their process.
const unshared = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), { calls });
// For checks that compute for a second or two: a busy machine takes many times as long.
const patient = { limit: 40_000, calls };
const longScenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), patient);

// Drawn before any check runs, so that a check gets the same numbers when it runs alone.
const small = Array.from({ length: 40 * 24 }, (_, index): [number, number] => [index % 40, 1 + Math.floor(index / 40)]);
/** Sizes that don't fit in 32 bits. */
const large: [number, number][] = [
  [2 ** 32, 1],
  [2 ** 33 + draw(0, 1_000), 3],
  [2 ** 42 + draw(0, 1_000), 5],
];
const pairs = [...small, ...Array.from({ length: 400 }, drawPair), ...large];
const from = draw(1, 1_000_000);
const range = { from, to: from + draw(50_000, 200_000) };
const steps = draw(50_000, 200_000);
const few = draw(3, 2_000);
/** The sum is above 2³¹, and a step adds 24 on average. */
const largeSum = { from: 0, to: 92_000_000 };
const long = 2 * longPart + draw(0, 1_000);
// Each part ends above 2³², so `countdown` throws, and its error names the part.
const shares = [
  [2 ** 42 + draw(0, 1_000), 2, 0],
  [2 ** 42 + draw(0, 1_000), 2, 1],
  [2 ** 42 + draw(0, 1_000), draw(3, 4), draw(0, 2)],
  // One step is left over, and the last part must not be short of what the others got too much.
  [5 * (2 ** 40 + draw(0, 1_000)) + 1, 5, 4],
] as const;
const allAtOnce =
  'Wait for all Workers at once: `Promise.all` rejects with the first rejection, whichever Worker it comes from.';
const by = `(to repeat: npm run kata run 03 -- --seed ${seed})`;

/** @returns what to do where the ranges of `split(n, …)` are wrong, for a small n what is `usual` */
const hintFor = (n: number, usual: string): string =>
  n < 2 ** 31 ? usual : "n doesn't fit in 32 bits, and bitwise operators (| 0, ~~, >>) cut it off: use Math.floor";

describe.concurrent('Task 1: Split the range', () => {
  test(
    'cuts ten steps into two halves: 0 to 5 and 5 to 10',
    { tags: ['1.cover', '1.balance', '1.count'] },
    async () => {
      const wanted = [
        { from: 0, to: 5 },
        { from: 5, to: 10 },
      ];
      const ranges = await splitter.split(10, 2);
      if (!isDeepStrictEqual(ranges, wanted))
        throw finding(
          'failed',
          `split(10, 2) must return ${inRow(wanted)}, got ${inRow(ranges)}. A range is the steps from \`from\` up ` +
            'to, but without, `to`; the next range begins at `to`.',
        );
    },
  );

  test('covers 0 to n in order, without gaps or overlaps', { tags: ['1.cover'] }, async () => {
    for (const { n, call, ranges } of await cuts()) {
      let next = 0;
      for (const each of ranges) {
        if (each.from !== next || !(each.to >= each.from))
          throw finding(
            'failed',
            `Expected a range of ${call} to start at ${next}, got ${JSON.stringify(each)}. ` +
              `${hintFor(n, 'Start each range where the previous one ends')} ${by}.`,
          );
        next = each.to;
      }
      if (next !== n)
        throw finding(
          'failed',
          `The last range of ${call} must end at ${n}, but it ends at ${next}: ` +
            (next < n
              ? `${n - next} of the ${n} steps are in no range. ` +
                `${hintFor(n, 'Hand out the remainder of n / parts, too')} ${by}.`
              : `${next - n} of its steps don't exist ${by}.`),
        );
    }
  });

  test('returns ranges whose sizes differ by at most one', { tags: ['1.balance'] }, async () => {
    for (const { n, call, ranges } of await cuts()) {
      const sizes = ranges.map((each) => each.to - each.from);
      const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
      if (most - least > 1)
        throw finding(
          'failed',
          `The sizes of the ranges of ${call} must differ by at most one, but they go from ${least} to ${most}. ` +
            `${hintFor(n, 'Give each of the first n % parts ranges one step more')} ${by}.`,
        );
    }
  });

  test(
    'returns as many ranges as parts, or one range per step if there are fewer steps',
    { tags: ['1.count'] },
    async () => {
      for (const { n, parts, call, ranges } of await cuts()) {
        const least = Math.min(n, parts);
        if (ranges.length !== parts && !(parts > n && ranges.length === n))
          throw finding(
            'failed',
            `${call} must return ${parts} ranges${least < parts ? `, or ${least} for as many steps` : ''}, but it ` +
              `returned ${ranges.length}. The number of processors doesn't matter here ${by}.`,
          );
      }
    },
  );

  test('throws a RangeError if n or parts is invalid', { tags: ['1.range-error'] }, async () => {
    const invalid = [
      [-1, 2],
      [1.5, 2],
      [NaN, 2],
      [Infinity, 2],
      [10, 0],
      [10, -1],
      [10, 1.5],
      [10, NaN],
      [0, 0],
      [0, -1],
      [0, 2.5],
      [1, 0.5],
      [1, 1.5],
      [-1, 0],
    ] as const;
    const results = await scenarios.splitEach(invalid);
    for (const [index, [n, parts]] of invalid.entries()) {
      const result = results[index];
      if (result && 'isRangeError' in result && result.isRangeError) continue;
      const came = result && 'error' in result ? `it threw ${result.error}` : `it returned ${inRow(result?.ranges)}`;
      throw finding('failed', `Expected split(${n}, ${parts}) to throw a RangeError, but ${came}.`);
    }
  });
});

describe('Task 2: One Worker', () => {
  test('resolves to the sum of the range', { tags: ['2.sum'] }, async () => {
    expectSum(callOfThread(range), await student.countdownOnThread(range), range);
    const brief = [0, 1, 2].flatMap((size) => [0, from].map((start) => ({ from: start, to: start + size })));
    const sums = await scenarios.countEach(brief);
    for (const [index, each] of brief.entries()) expectSum(callOfThread(each), sums[index], each);
  });

  test('counts in one Worker while the calling thread stays free', { tags: ['2.one-worker', '2.sum'] }, async () => {
    const call = callOfThread(largeSum);
    const observation = await observe(longScenarios).attendThread(largeSum);
    const { sum, utilization } = valueOf(observation);
    const { started } = observation.workers;
    if (started === 0)
      throw finding('sequential in disguise', `${call} started no Worker: the calling thread did the work itself.`);
    if (started !== 1) throw finding('failed', `${call} must start one Worker, but it started ${started}.`);
    expectFreeLoop(utilization, call);
    if (!(sum > 2 ** 31))
      throw finding(
        'failed',
        `${call} must resolve to a sum of more than 2 ** 31, but it resolved to ${sum}. Such a sum doesn't fit ` +
          'into the 32 bits of an Int32Array or of the operator |: keep it as a number.',
      );
    const brief = [1, 2_000, 2_000].map((size) => ({ from, to: from + size }));
    const several = await observe(unshared).countEach(brief);
    valueOf(several);
    if (several.workers.started !== brief.length)
      throw finding(
        'failed',
        `${brief.map(callOfThread).join(', ')} must start one Worker each, but they started ` +
          `${several.workers.started} in all. Start one for a short range, too, and for one that was counted before ` +
          `${by}.`,
      );
  });

  test('leaves no Worker running when it has resolved', { tags: ['2.no-leak'] }, async () => {
    const observation = await observe(student).countdownOnThread(range);
    valueOf(observation);
    expectNothingLeft(observation, 'countdownOnThread');
  });

  test('rejects with the error that the Worker threw', { tags: ['2.error'] }, async () => {
    const observation = await observe(student).countdownOnThread({ from: 0, to: oneStepTooMany });
    expectRejection(
      observation,
      'countdownOnThread',
      /^RangeError: countdown expects integers/,
      'when countdown throws in the Worker',
    );
    const other = await observe(unshared).threadThrows(range);
    // The right sum: this Worker gets its flags elsewhere, so it could not be made to throw.
    if (other.value === countdown(range)) return;
    expectRejection(
      other,
      'countdownOnThread',
      /^TypeError: this Worker cannot start/,
      'when its Worker throws a TypeError',
    );
  });

  test.each(['before it runs', 'while it counts'] as const)(
    'rejects when the Worker is terminated %s',
    { tags: ['2.no-answer'] },
    async (moment) => {
      const observation = await observe(unshared).threadEndedFromOutside({ from: 0, to: 2 ** 31 }, moment);
      expectRejection(
        observation,
        'countdownOnThread',
        /./,
        `when its Worker is terminated ${moment}`,
        "A Worker that ends without an answer and without an error emits only 'exit', here with exit code " +
          `${moment === 'before it runs' ? 0 : 1}: listen for it, and reject whatever the code is.`,
      );
    },
  );

  test('rejects when the Worker exits with code 0 or 3 before it answers', { tags: ['2.no-answer'] }, async () => {
    for (const code of [0, 3]) {
      const observation = await observe(unshared).threadExitsSilently(range, code);
      // The right sum: this Worker gets its flags elsewhere, so it could not be made to exit.
      if (observation.value === countdown(range)) return;
      expectRejection(
        observation,
        'countdownOnThread',
        /./,
        `when its Worker calls process.exit(${code}) before it answers`,
        "Exit code 0 doesn't mean that there was an answer: reject at 'exit' whatever the code is.",
      );
    }
  });
});

describe('Task 3: All at once', () => {
  test('resolves to the sum that one thread computes', { tags: ['3.sum'] }, async () => {
    const sum = await student.countdownOnThreads(steps, 2);
    expectSum(`countdownOnThreads(${steps}, 2)`, sum, { from: 0, to: steps }, 2);
  });

  test(
    'counts all parts at the same time, each in a Worker, while the main thread stays free',
    { tags: ['3.parallel', '3.free'] },
    async () => {
      const call = `countdownOnThreads(${long}, 2)`;
      const observation = await observe(longScenarios).attendThreads(long, 2);
      const { utilization } = valueOf(observation);
      expectSameTime(observation, call, 'Worker', 2);
      expectFreeLoop(utilization, call);
      const four = await observe(longScenarios).attendThreads(longPart, 4);
      valueOf(four);
      expectSameTime(four, `countdownOnThreads(${longPart}, 4)`, 'Worker', 4);
      const many = await observe(unshared).sumOnceAllHaveStarted(steps, 9);
      expectStartBeforeAnswers(many, `countdownOnThreads(${steps}, 9)`, 'Worker', 9);
    },
  );

  test(
    'computes the right sum with any number of threads, even with fewer steps than threads',
    { tags: ['3.sum'] },
    async () => {
      const counts = [
        [steps, 1],
        [steps, 5],
        [2, 3],
        [0, 2],
      ] as const;
      const sums = await scenarios.sumEach(counts);
      for (const [index, [n, threads]] of counts.entries())
        expectSum(`countdownOnThreads(${n}, ${threads})`, sums[index], { from: 0, to: n }, threads);
    },
  );

  test('starts new Workers for each call, for the same number of steps too', { tags: ['3.parallel'] }, async () => {
    for (const n of [steps, few]) {
      const observation = await observe(unshared).sumEach([
        [n, 2],
        [n, 2],
      ]);
      valueOf(observation);
      const { started } = observation.workers;
      if (started !== 4)
        throw finding(
          'failed',
          `Two calls of countdownOnThreads(${n}, 2) must start 4 Workers, two for each call, but ${started} were ` +
            `started. Count on Workers in each call, even if the steps are the same or few ${by}.`,
        );
    }
  });

  test('leaves no Worker running when it has resolved', { tags: ['3.no-leak'] }, async () => {
    const observation = await observe(student).countdownOnThreads(steps, 2);
    valueOf(observation);
    expectNothingLeft(observation, 'countdownOnThreads');
    for (const which of [0, 2]) {
      const running = await unshared.runningWhenResolved(steps, 3, which);
      if (running > 0)
        throw finding(
          'leak',
          `countdownOnThreads(${steps}, 3) resolved while ${running} of its Workers still ran. A Worker that has ` +
            "answered hasn't ended yet: await `terminate()` or 'exit' of each one before you resolve.",
        );
    }
  });

  test.each([
    ['first', 0, 'before it runs'],
    ['last', 2, 'while it counts'],
  ] as const)(
    'rejects when the %s of its Workers is terminated before it answers',
    { tags: ['3.no-answer'] },
    async (name, which, moment) => {
      const observation = await observe(unshared).oneOfThreadsEndedFromOutside(2 ** 32, 3, which, moment);
      expectRejection(
        observation,
        'countdownOnThreads',
        /./,
        `as soon as the ${name} of its three Workers is terminated ${moment}`,
        allAtOnce,
      );
    },
  );

  test(
    'rejects with the first error without waiting for the other Workers, and terminates them',
    { tags: ['3.first-error', '3.no-leak'] },
    async () => {
      // Only the last part throws. The first one would count for a minute.
      const observation = await observe(student).countdownOnThreads(oneStepTooMany, 2);
      expectRejection(
        observation,
        'countdownOnThreads',
        /^RangeError: countdown expects integers/,
        'when countdown throws in one of its Workers',
        allAtOnce,
      );
      expectNothingLeft(observation, 'countdownOnThreads');
      const first = await observe(unshared).firstOfThreadsThrows(2 ** 32, 2);
      expectRejection(
        first,
        'countdownOnThreads',
        /this Worker cannot start/,
        'when its first Worker throws',
        allAtOnce,
      );
      expectNothingLeft(first, 'countdownOnThreads');
      const others = await unshared.othersWhenFirstThrows(2 ** 32, 3);
      if (others > 0)
        throw finding(
          'leak',
          `When the first of three Workers threw, countdownOnThreads rejected while ${others} of the others still ` +
            'ran. `terminate()` returns a promise: await it before you reject.',
        );
    },
  );

  test('counts on in other calls when one call fails', { tags: ['3.first-error', '3.sum'] }, async () => {
    const [n, longer] = [steps, 50 * steps];
    const [failed, during, after] = await unshared.sumsDespiteFailure(n, longer, oneStepTooMany, 2);
    if (typeof failed === 'number')
      throw finding('failed', `countdownOnThreads(${oneStepTooMany}, 2) must reject, but it resolved to ${failed}.`);
    const why = `countdownOnThreads(${oneStepTooMany}, 2) failed`;
    expectSum(`countdownOnThreads(${longer}, 2), called before ${why},`, during, { from: 0, to: longer }, 2);
    expectSum(`countdownOnThreads(${n}, 2), called after ${why},`, after, { from: 0, to: n }, 2);
  });

  test('rejects with a RangeError if n or threads is invalid', { tags: ['3.range-error'] }, async () => {
    const invalid = [
      [-1, 2],
      [1.5, 2],
      [100, 0],
      [100, 1.5],
      [0, 0],
    ] as const;
    const results = await scenarios.sumEach(invalid);
    for (const [index, [n, threads]] of invalid.entries()) {
      const result = results[index];
      if (String(result).startsWith('RangeError')) continue;
      const came = typeof result === 'string' ? `rejected with ${result}` : `resolved to ${result}`;
      throw finding('failed', `countdownOnThreads(${n}, ${threads}) must reject with a RangeError, but it ${came}.`);
    }
  });

  test('gives each Worker an equal share', { tags: ['3.parallel'] }, async () => {
    for (const [n, threads, which] of shares) {
      const { error } = await observe(unshared).oneOfThreadsRuns(n, threads, which);
      const size = sizeIn(error);
      const [least, most] = [Math.floor(n / threads), Math.ceil(n / threads)];
      if (size > most || (size > 0 && size < least))
        throw finding(
          'failed',
          `countdownOnThreads(${n}, ${threads}) must share the steps out as equally as possible, ` +
            `${least === most ? most : `${least} or ${most}`} for each Worker, but Worker number ${which + 1} of ` +
            `${threads} got ${size}. The largest share decides when all are done: pass on the ranges of ` +
            `split(n, threads) as they are ${by}.`,
        );
    }
  });
});

describe('Task 4: Speed-up', () => {
  test('counts faster on two threads than on one', { tags: ['4.speed-up'] }, async ({ annotate }) => {
    const sum = await student.countdownOnThreads(steps, 2);
    expectSum(`countdownOnThreads(${steps}, 2)`, sum, { from: 0, to: steps }, 2);
    const report = await contest({
      baseline: arena<Sequential>(new URL('../../exercises/shared/countdown.ts', import.meta.url), patient),
      reference: arena<typeof import('#kata/03-countdown-threads/countdown-on-threads.ts')>(
        referenceUrl('03-countdown-threads/countdown-on-threads.ts'),
        patient,
      ),
      candidate: arena<typeof import('#kata/03-countdown-threads/countdown-on-threads.ts')>(
        '#kata/03-countdown-threads/countdown-on-threads.ts',
        patient,
      ),
      ask: (who, n, threads) => who.call('countdownOnThreads', n, threads),
      steps: 60_000_000,
    });
    await expectFaster(report, annotate);
  });
});

function callOfThread({ from, to }: Range): string {
  return `countdownOnThread({ from: ${from}, to: ${to} })`;
}

/** A number of steps of any size, with a remainder of 0, of 1, of one less than the parts, or of anything. */
function drawPair(): [n: number, parts: number] {
  const parts = draw(1, draw(0, 3) === 0 ? 200 : 24);
  const remainder = [0, 1, parts - 1, draw(0, parts - 1)][draw(0, 3)]!;
  return [draw(0, 2 ** draw(0, 31)) * parts + remainder, parts];
}

/** The results of `split` for all pairs, which several checks look at. */
let splits: Promise<Cut[]> | undefined;

/** Calls `split` for all pairs in the student's process. If it throws, the check fails and names the pair. */
async function cuts() {
  const results = await named('failed', () => (splits ??= scenarios.splitEach(pairs)));
  return results.map((result, index) => {
    const [n, parts] = pairs[index] ?? [0, 0];
    const call = `split(${n}, ${parts})`;
    if ('error' in result)
      throw finding('failed', `Expected ${call} to return ranges, but it threw ${result.error} ${by}.`);
    return { n, parts, call, ranges: result.ranges };
  });
}

/** @returns how many steps `countdown` was to count when it threw this error, or another one that it caused; else 0 */
function sizeIn(error: unknown): number {
  for (let each = error; each instanceof Error; each = each.cause) {
    const [refused] = refusedRanges(each.message);
    if (refused !== undefined) return refused.to - refused.from;
  }
  return 0;
}

/** @returns ranges in one row, as a student would write them; many are cut */
function inRow(ranges: unknown): string {
  return inspect(ranges, { breakLength: Infinity, maxArrayLength: 4 });
}
