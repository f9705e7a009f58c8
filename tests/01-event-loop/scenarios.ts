// Runs in the student's process, inside the arena. The timer watch and the clock are loaded before student code; each
// scenario imports the modules that it needs, so a module that doesn't load fails the checks of its own task only.
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { countdown, type Range } from '#shared/countdown.ts';
import { type Fire, cpuTime, watchTimer } from '#kata/01-event-loop/timer-watch.ts';
import { rethrowNotImplemented } from '#src/verdict/index.ts';

const inSlices = async () => (await import('#kata/01-event-loop/countdown-in-slices.ts')).countdownInSlices;
const inTurns = async () => (await import('#kata/01-event-loop/take-turns.ts')).takeTurns;

const now = performance.now.bind(performance);

/** How a call ended. `same`: it rejected with the very value that the callback threw. */
export type Ending =
  | { ended: 'resolved'; value: unknown }
  | { ended: 'threw' | 'rejected'; error: string; rangeError: boolean; same: boolean };

async function endingOf(call: () => Promise<unknown>, thrown?: { value: unknown }): Promise<Ending> {
  const refusal = (ended: 'threw' | 'rejected', error: unknown): Ending => {
    rethrowNotImplemented(error);
    return {
      ended,
      error: String(error),
      rangeError: error instanceof RangeError,
      same: thrown !== undefined && Object.is(error, thrown.value),
    };
  };
  let promise;
  try {
    promise = call();
  } catch (error) {
    return refusal('threw', error);
  }
  return promise.then(
    (value): Ending => ({ ended: 'resolved', value }),
    (error: unknown) => refusal('rejected', error),
  );
}

/** Makes a call without `onSlice`. @throws {Error} one that says so, from the same place, if the call fails */
async function without<T>(name: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    rethrowNotImplemented(error);
    const sentence = `Without onSlice, which is optional, ${name} failed with ${String(error)}.`;
    throw Object.assign(new Error(sentence), error instanceof Error ? { stack: error.stack } : {});
  }
}

/** Counts ranges in slices, with and without a callback. @returns both sums, and the arguments of the callback */
export async function countSlices(ranges: readonly Range[], slice: number) {
  const countdownInSlices = await inSlices();
  const results: { sum: number; counted: unknown[]; sumWithout: number }[] = [];
  for (const range of ranges) {
    const counted: unknown[] = [];
    const sum = await countdownInSlices(range, slice, (...args: unknown[]) => void counted.push(...args));
    results.push({
      sum,
      counted,
      sumWithout: await without('countdownInSlices', () => countdownInSlices(range, slice)),
    });
  }
  return results;
}

/** The calls are all in progress at the same time. */
export async function countSlicesAtOnce(ranges: readonly Range[], slice: number): Promise<number[]> {
  const countdownInSlices = await inSlices();
  return Promise.all(ranges.map((range) => countdownInSlices(range, slice)));
}

/** The same for `takeTurns`. */
export async function countTurnsAtOnce(groups: readonly (readonly Range[])[], slice: number): Promise<number[][]> {
  const takeTurns = await inTurns();
  return Promise.all(groups.map((group) => takeTurns(group, slice)));
}

/** Counts groups of ranges in turns, with and without a callback. @returns both sums, and the callback's arguments */
export async function countTurns(groups: readonly (readonly Range[])[], slice: number) {
  const takeTurns = await inTurns();
  const results: { sums: number[]; turns: unknown[]; sumsWithout: number[] }[] = [];
  for (const group of groups) {
    const turns: unknown[] = [];
    const sums = await takeTurns(group, slice, (...args: unknown[]) => void turns.push(...args));
    results.push({ sums, turns, sumsWithout: await without('takeTurns', () => takeTurns(group, slice)) });
  }
  return results;
}

/**
 * Records slices and a timer in the order in which they happen. The timer is due after each slice, because the callback
 * takes longer than the timer.
 * @returns the index of each slice's range, and `timer`
 */
async function record(run: (onSlice: (index: number) => void) => Promise<unknown>): Promise<(number | 'timer')[]> {
  const order: (number | 'timer')[] = [];
  let timer: NodeJS.Timeout | undefined;
  const fire = () => {
    order.push('timer');
    timer = setTimeout(fire, 1);
  };
  timer = setTimeout(fire, 1);
  try {
    await run((index) => {
      order.push(index);
      for (const start = now(); now() - start < 4;);
    });
  } finally {
    clearTimeout(timer);
  }
  return order;
}

export async function timersBetweenSlices(range: Range, slice: number): Promise<(number | 'timer')[]> {
  const countdownInSlices = await inSlices();
  return record((onSlice) => countdownInSlices(range, slice, () => onSlice(0)));
}

export async function timersBetweenTurns(ranges: Range[], slice: number): Promise<(number | 'timer')[]> {
  const takeTurns = await inTurns();
  return record((onSlice) => takeTurns(ranges, slice, onSlice));
}

/** @returns how often the event loop went around while slices of a few steps were counted */
async function turnsDuring(run: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let immediate: NodeJS.Immediate;
  const again = () => {
    turns++;
    immediate = setImmediate(again);
  };
  immediate = setImmediate(again);
  try {
    await run();
  } finally {
    clearImmediate(immediate);
  }
  return turns;
}

/** For slices that take no time at all. */
export async function turnsDuringSlices(range: Range, slice: number): Promise<number> {
  const countdownInSlices = await inSlices();
  return turnsDuring(() => countdownInSlices(range, slice));
}

export async function turnsDuringTurns(ranges: Range[], slice: number): Promise<number> {
  const takeTurns = await inTurns();
  return turnsDuring(() => takeTurns(ranges, slice));
}

/** Calls with slices that are invalid. @returns how each call ended, and how many slices were counted */
export async function invalidSlices(range: Range, slices: number[]) {
  const countdownInSlices = await inSlices();
  return each(slices, (slice, onSlice) => countdownInSlices(range, slice, onSlice));
}

/** The same for `takeTurns`. */
export async function invalidTurns(ranges: Range[], slices: number[]) {
  const takeTurns = await inTurns();
  return each(slices, (slice, onSlice) => takeTurns(ranges, slice, onSlice));
}

async function each(slices: number[], call: (slice: number, onSlice: () => void) => Promise<unknown>) {
  const results: { ending: Ending; counted: number }[] = [];
  for (const slice of slices) {
    let counted = 0;
    // An endless loop must end, too.
    const onSlice = () => {
      if (++counted > 100) throw new Error('still counting after 100 slices; check slice before the first step');
    };
    results.push({ ending: await endingOf(() => call(slice, onSlice)), counted });
  }
  return results;
}

/** What a callback can throw. A function that tests the error for truth takes the last two for success. */
const errors = [
  ['an Error', new Error('stop here')],
  ['a text', 'stop here'],
  ['undefined', undefined],
  ['the number 0', 0],
] as const;

/** The callback throws in its second call. @returns how each call ended, and how often the callback was called */
export async function failInSlice(range: Range, slice: number) {
  const countdownInSlices = await inSlices();
  const results: { what: string; ending: Ending; calls: number }[] = [];
  for (const [what, value] of errors) {
    let calls = 0;
    const onSlice = () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      if (++calls === 2) throw value;
    };
    const ending = await endingOf(() => countdownInSlices(range, slice, onSlice), { value });
    // Code that goes on calls again in one of the next turns.
    for (let turn = 0; turn < 20 && calls <= 2; turn++) await nextTurn();
    if (calls <= 2) await sleep(20);
    results.push({ what, ending, calls });
    // Nothing stops such code, so it would slow the next call down.
    if (calls !== 2) break;
  }
  return results;
}

/** The callback throws at the first slice of one of the ranges. @returns how each call ended */
export async function failInTurn(ranges: readonly Range[], slice: number) {
  const takeTurns = await inTurns();
  const results: { index: number; what: string; ending: Ending }[] = [];
  for (const index of ranges.keys()) {
    for (const [what, value] of errors) {
      const onSlice = (of: number) => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        if (of === index) throw value;
      };
      results.push({ index, what, ending: await endingOf(() => takeTurns(ranges, slice, onSlice), { value }) });
    }
  }
  return results;
}

/** What the timer saw of a job. */
export interface Watched {
  sum: number;
  fires: Fire[];
  longestDelay: number;
}

/** Watches a timer during the given countdown, then during the student's, with the student's slice. */
export async function respond(range: Range): Promise<{ slice: unknown; blocking: Watched; sliced: Watched }> {
  const { goodSlice } = await import('#kata/01-event-loop/good-slice.ts');
  const countdownInSlices = await inSlices();
  const slice = goodSlice();
  warmUp();
  const blocking = await watchTimer(() => countdown(range));
  const sliced = await watchTimer(() => countdownInSlices(range, slice));
  return {
    slice,
    blocking: { ...blocking, sum: blocking.value },
    sliced: { ...sliced, sum: sliced.value },
  };
}

/** @returns the least CPU time of several runs, in milliseconds: in one go, and in slices of the student's size */
export async function cost(
  range: Range,
  rounds: number,
): Promise<{ slice: unknown; blocking: number; sliced: number }> {
  const { goodSlice } = await import('#kata/01-event-loop/good-slice.ts');
  const countdownInSlices = await inSlices();
  const slice = goodSlice();
  if (!Number.isSafeInteger(slice) || slice < 1) return { slice, blocking: 1, sliced: 1 };
  warmUp();
  const least = { blocking: Infinity, sliced: Infinity };
  for (let round = 0; round < rounds; round++) {
    for (const kind of ['blocking', 'sliced'] as const) {
      const before = cpuTime();
      await (kind === 'blocking' ? countdown(range) : countdownInSlices(range, slice));
      least[kind] = Math.min(least[kind], cpuTime() - before);
    }
  }
  return { slice, ...least };
}

const warmUp = () => countdown({ from: 0, to: 1_000_000 });

export const pairs = ['computeAndCompute', 'waitAndWait', 'computeAndWait'] as const;
export type Pair = (typeof pairs)[number];

/** Milliseconds that two tasks took, one after the other and both at once. */
export type Measured = Record<Pair, { apart: number; together: number }>;

/** Milliseconds after which no further round begins. */
const enough = 8_000;

/**
 * Runs each pair of tasks one after the other and then together, in rounds. A task that waits takes as long as one that
 * computes.
 * @returns the shortest times
 */
export async function measurePairs(steps: number, slice: number, rounds: number): Promise<Measured> {
  const countdownInSlices = await inSlices();
  const takeTurns = await inTurns();
  const ranges = [
    { from: 0, to: steps },
    { from: steps, to: 2 * steps },
  ] as const;
  warmUp();
  const wait = Math.min(await wall(() => countdown(ranges[0])), await wall(() => countdown(ranges[0])));
  const measured = {} as Measured;
  const start = now();
  // On a machine with much other work, more rounds take long and show nothing new.
  for (let round = 0; round < rounds && (round === 0 || now() - start < enough); round++) {
    const times: Measured = {
      computeAndCompute: {
        apart: await wall(() => countdown(ranges[0]) + countdown(ranges[1])),
        together: await wall(() => takeTurns(ranges, slice)),
      },
      waitAndWait: {
        apart: await wall(async () => {
          await sleep(wait);
          await sleep(wait);
        }),
        together: await wall(() => Promise.all([sleep(wait), sleep(wait)])),
      },
      computeAndWait: {
        apart: await wall(async () => {
          await countdownInSlices(ranges[0], slice);
          await sleep(wait);
        }),
        together: await wall(() => Promise.all([countdownInSlices(ranges[0], slice), sleep(wait)])),
      },
    };
    for (const pair of pairs) {
      const { apart = Infinity, together = Infinity } = measured[pair] ?? {};
      measured[pair] = {
        apart: Math.min(apart, times[pair].apart),
        together: Math.min(together, times[pair].together),
      };
    }
  }
  return measured;
}

async function wall(run: () => unknown): Promise<number> {
  const start = now();
  await run();
  return now() - start;
}
