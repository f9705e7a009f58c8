import { afterAll, describe, expect, test } from 'vitest';
import { arena, observe, type Observation } from '#src/arena/index.ts';
import { formatReport, type ReplayReport } from '#src/interleave/index.ts';
import { Finding, finding } from '#src/verdict/index.ts';
import { expectNothingLeft, expectRejection, valueOf } from '../support/countdown-checks.ts';
import { draw, seed } from '../support/countdown-inputs.ts';
import { closeExplorers, expectNoSchedule, exploreThreads, follow } from '#src/exploration/index.ts';
import { alone, explorations, inBetween } from './explorations.ts';
import type { Failure } from './scenarios.ts';

const onThreads = '#kata/09-race-memory/increment-on-threads.ts';
const calls = {
  callsAndLateStart: ([first, second]: readonly number[], count: number, each: number) =>
    `incrementOnThreads(1, ${first}) beside incrementOnThreads(1, ${second}), then incrementOnThreads(${count}, ` +
    `${each}), whose last Worker starts late,`,
  secondThrowsFirst: (each: number) => `incrementOnThreads(2, ${each}), both of whose Workers throw,`,
  failuresBesideACall: (_: readonly unknown[], each: number) =>
    `incrementOnThreads(2, ${each}), one of whose Workers throws, beside incrementOnThreads(1, ${each})`,
};
const within = (limit: number) => ({
  student: arena<typeof import('#kata/09-race-memory/increment-on-threads.ts')>(onThreads, { limit }),
  scenarios: arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), { limit, calls }),
});
const usual = within(30_000);
// Once a call has hung, the task is not solved: the other checks need not be as patient as the first one.
const hasty = within(6_000);
const { scenarios } = usual;
const { student: patient } = within(120_000);

const by = `(to repeat: npm run kata run 09 -- --seed ${seed})`;
// Numbers that no other memory holds by chance.
const times = draw(20_000, 90_000);
const others = draw(100_000, 200_000);
/** Increments of the calls with one Worker. */
const single = [times, others, 0] as const;
const many = { threads: 6, times: draw(600_000, 900_000) };
// What Workers throw, as code.
const thrown = ["new RangeError('this Worker cannot start')", 'undefined', 'null', '0'];
const callOfMany = `incrementOnThreads(${many.threads}, ${many.times})`;

/** Whether a call of task 1 has hung. */
let hangs = false;
let callsSoFar: Seen<typeof scenarios.callsAndLateStart> | undefined;
let failuresSoFar: Seen<typeof scenarios.failuresBesideACall> | undefined;

type Seen<F extends (...args: never[]) => Promise<unknown>> = Promise<Observation<Awaited<ReturnType<F>>>>;

afterAll(closeExplorers);

describe('Task 1: A race on purpose', () => {
  test('increment does one plain read and one plain write for each increment', { tags: ['1.plain'] }, async () => {
    const { report, steps, arePlain } = await threeAlone();
    if (!arePlain)
      throw finding(
        'failed',
        'increment(counter, 0) and then increment(counter, 3) must do three plain reads and three plain writes and ' +
          `count to 3, but they did ${steps.join(', ') || 'no step at all'} and counted to ${finalCount(report)}.`,
        shown(report),
      );
    expectOneElement('increment', report);
    const often = 1_200;
    const { timeline } = await follow({ ...alone('increment', often), schedule: 'A' }, '09 alone');
    if (timeline?.rows.length !== 2 * often)
      throw finding(
        'failed',
        `increment(counter, ${often}) must take ${2 * often} steps, a read and a write for each increment, but it ` +
          `took ${timeline?.rows.length}. Add 1 at a time, however many there are.`,
      );
  });

  test(
    'runs the increments in Workers, all of them at the same time, and leaves none running',
    { tags: ['1.at-once', '1.no-leak'] },
    async () => {
      const observation = await watched(({ student }) => observe(student).incrementOnThreads(3, times));
      if (observation.reason === 'waiting')
        throw finding(
          'timeout',
          `${observation.sentence} A Worker at the start barrier waits for all others: start all of them before you ` +
            'wait for the end of one.',
        );
      const count = valueOf(observation);
      const { started, peak } = observation.workers;
      const call = `incrementOnThreads(3, ${times})`;
      if (started === 0)
        throw finding(
          'sequential in disguise',
          `${call} must start 3 Workers, but it started none: the calling thread did the increments itself.`,
        );
      if (peak !== 3)
        throw finding(
          'sequential in disguise',
          `${call} must run 3 Workers at the same time, but at most ${peak} ran at once (${started} in all). Start ` +
            'all of them, then wait for all.',
        );
      expect(started, `number of Workers that ${call} started`).toBe(3);
      // Three threads can leave as little as 2 (task 3 shows how), and never more than all increments.
      if (!(count >= 2 && count <= 3 * times))
        throw finding(
          'failed',
          `${call} must resolve with a count from 2 to ${3 * times}, but it resolved with ${count}.` +
            (count === 0 ? ' Is the counter in a SharedArrayBuffer? Each Worker gets a copy of any other memory.' : ''),
        );
      expectNothingLeft(observation, 'incrementOnThreads');
      const { late, started: ofSingle } = valueOf(await callsAndLateStart());
      if (ofSingle !== single.length)
        throw finding(
          'failed',
          `${single.map((each) => `incrementOnThreads(1, ${each})`).join(', ')} must start one Worker each, but they ` +
            `started ${ofSingle} in all. Start a Worker even if times is 0.`,
        );
      if (late.started !== many.threads)
        throw finding(
          'failed',
          `${callOfMany} must start ${many.threads} Workers, but it started ${late.started}. Start one for each ` +
            'thread, however many processors there are.',
        );
      if (late.running > 0)
        throw finding(
          'leak',
          `${callOfMany} resolved while ${late.running} of its Workers still ran. A Worker that has reported its ` +
            "end hasn't ended yet: await `terminate()` or 'exit' of each one before you resolve.",
        );
    },
  );

  test(
    'resolves with the number that the shared memory holds in the end',
    { tags: ['1.shared', '1.work'] },
    async () => {
      const { atOnce, late } = valueOf(await callsAndLateStart());
      for (const [index, wanted] of single.entries()) {
        const { answer, inMemory } = atOnce[index]!;
        if (answer !== wanted)
          throw finding(
            'failed',
            `incrementOnThreads(1, ${wanted}) must resolve with ${wanted}, but it resolved with ${answer} ${by}. ` +
              'Another call ran at the same time. If a single call is right, make a new counter and a new gate in ' +
              'each call.',
          );
        expectInMemory(`incrementOnThreads(1, ${wanted})`, answer, inMemory);
      }
      expectInMemory(callOfMany, late.answer, late.inMemory);
    },
  );

  test('lets no Worker count before the last one is ready', { tags: ['1.barrier'] }, async () => {
    const { late } = valueOf(await callsAndLateStart());
    if (late.early)
      throw finding(
        'sequential in disguise',
        `In ${callOfMany}, a Worker incremented the counter before the program of the last one had begun, so the two ` +
          `never raced. Let each Worker call arriveAndWait(gate, ${many.threads}) before it counts. If you use ` +
          "messages, let each Worker send one from its own program: the event 'online' comes before that is loaded.",
      );
  });

  test(
    'rejects with the error of a Worker that fails, and ends the Workers that wait for it',
    { tags: ['1.rejects', '1.no-leak'] },
    async () => {
      const observation = await failuresBesideACall();
      const [first] = observation.value?.failures ?? [];
      expectRejection(
        first ? seen(observation, first) : observation,
        'incrementOnThreads',
        /this Worker cannot start/,
        'when a Worker throws',
      );
      expectNothingLeft(observation, 'incrementOnThreads');
    },
  );

  test(
    'rejects with whatever a Worker throws, after the others have ended, and lets other calls go on',
    { tags: ['1.rejects', '1.no-leak', '1.shared'] },
    async () => {
      const call = `incrementOnThreads(2, ${times})`;
      const observation = await failuresBesideACall();
      const { failures, beside } = valueOf(observation);
      for (const [index, { answer, reason, running }] of failures.entries()) {
        const wanted = thrown[index];
        if (index > 0 && (answer !== undefined || reason !== wanted))
          throw finding(
            'failed',
            `${call} must reject with ${wanted} when a Worker throws ${wanted}, but it ` +
              `${answer === undefined ? `rejected with ${reason}` : `resolved with ${answer}`}. Any value ` +
              "can be thrown: let the 'error' event decide, not the value that comes with it.",
          );
        if (running > 0)
          throw finding(
            'leak',
            `${call} rejected while ${running} of its Workers still ran. \`terminate()\` only asks a Worker to end: ` +
              'await its promise for each Worker before you reject.',
          );
      }
      const first = await scenarios.secondThrowsFirst(times);
      if (!first.includes('at first'))
        throw finding(
          'failed',
          `Both Workers of ${call} threw, the second Worker before the first. The call must reject with the error ` +
            `of the second Worker (Error: at first), but the result was ${first}. Reject at the first 'error' ` +
            'event, whichever Worker it comes from.',
        );
      if (beside !== times)
        throw finding(
          'failed',
          `incrementOnThreads(1, ${times}) must resolve with ${times}, also while other calls fail, but it ended ` +
            `with ${beside}. End only the Workers of the call that fails.`,
        );
    },
  );
});

describe('Task 2: The shortest loss', () => {
  test(
    'shortestLoss returns a schedule of A and B after which an update is lost',
    { tags: ['2.letters', '2.loss'] },
    () =>
      onPlainIncrements(async () => {
        const { schedule, lost, report, text } = await loss();
        if (!lost)
          throw finding(
            'failed',
            `After the schedule ${schedule} of shortestLoss(), ${text}: no update is lost. One is lost where a ` +
              'thread writes a count that it read before the other one wrote.',
            shown(report, schedule.length),
          );
      }),
  );

  test('no shorter schedule than that of shortestLoss loses an update', { tags: ['2.shortest'] }, async () => {
    const { schedule, lost } = await loss();
    if (!lost)
      return onPlainIncrements(() => {
        throw finding('failed', `The schedule ${schedule} loses no update, so it cannot be the shortest that does.`);
      });
    for (const shorter of allSchedules(schedule.length - 1)) {
      if (judgeLoss(shorter, await fiveEach(shorter)).lost)
        throw finding(
          'failed',
          `The schedule ${schedule} loses an update in ${schedule.length} steps, but fewer are enough: there is ` +
            `one with ${shorter.length}.`,
        );
    }
  });
});

describe('Task 3: The smallest count', () => {
  test('smallestCount returns a schedule of all 20 steps', { tags: ['3.all-steps'] }, async () => {
    await onPlainIncrements(async () => {
      const schedule = await written('smallestCount');
      const report = await fiveEach(schedule);
      if (schedule.length !== 20 || report.left) throw notAllSteps(schedule);
    });
  });

  test(
    'the schedule of smallestCount leaves the smallest count that any schedule can leave',
    { tags: ['3.minimum'] },
    async () => {
      const schedule = await written('smallestCount');
      const report = await fiveEach(schedule);
      const all = await exploreThreads(
        {
          ...explorations['five-each'](),
          // All ends count, also those that lose updates.
          invariant: undefined,
          unbounded: true,
          budget: { milliseconds: 40_000, schedules: 1_000_000 },
        },
        '09 five-each',
      );
      if (all.bound !== Infinity)
        throw finding('inconclusive', `The explorer could not visit all schedules on this machine: ${all.coverage}.`);
      const least = Math.min(...all.outcomes.map(({ memory }) => Number(memory['counter']?.[0])));
      const count = finalCount(report);
      await onPlainIncrements(() => {
        if (schedule.length !== 20 || report.left) throw notAllSteps(schedule);
        if (count !== least)
          throw finding(
            'failed',
            `The schedule of smallestCount() leaves ${count}. The explorer covered every schedule of two threads × 5 ` +
              'increments, and some leave less. A thread that sleeps between its read and its write can undo all ' +
              'that the other one has done.',
            shown(report),
          );
      });
    },
  );
});

describe('Task 4: Repair it', () => {
  test(
    'safeIncrement loses nothing in any schedule of two threads',
    { tags: ['4.no-loss', '4.no-data-race'] },
    async () => {
      await expectNoSchedule({ ...explorations.safe(), unbounded: true }, '09 safe');
    },
  );

  test(
    'safeIncrement loses nothing in any schedule of three threads',
    { tags: ['4.no-loss', '4.no-data-race'] },
    async () => {
      await expectNoSchedule({ ...explorations['safe-three'](), unbounded: true }, '09 safe-three');
    },
  );

  test('safeIncrement loses nothing on two threads at full speed', { tags: ['1.work', '4.full-speed'] }, async () => {
    const each = 10_000_000;
    // With so many, plain increments lose some in nearly every run. A busy machine may run one thread after the other.
    for (let run = 1; run <= 3; run += 1) {
      const count = await patient.incrementOnThreads(2, each, 'safeIncrement');
      if (count !== 2 * each)
        throw finding(
          count < 2 * each ? 'lost update' : 'failed',
          `incrementOnThreads(2, ${each}, 'safeIncrement') must resolve with ${2 * each}, but it gave ${count}. ` +
            'Does the Worker call the function that was asked for, and is each of its increments one atomic operation?',
        );
    }
  });

  test(
    'safeIncrement adds 1 to element 0 as often as `times` says, and changes no other element',
    { tags: ['4.no-loss'] },
    async () => {
      const report = await follow({ ...alone('safeIncrement'), schedule: 'A' }, '09 safe');
      if (finalCount(report) !== 3)
        throw finding(
          'failed',
          'safeIncrement(counter, 0) and then safeIncrement(counter, 3) must count to 3, but they counted to ' +
            `${finalCount(report)}. Add 1 to element 0 exactly \`times\` times; \`times\` may be 0.`,
          shown(report),
        );
      expectOneElement('safeIncrement', report);
    },
  );

  test('safeIncrement loses nothing however often another thread is faster', { tags: ['4.no-loss'] }, async () => {
    const often = 300;
    const count = finalCount(await follow(inBetween(often), '09 safe'));
    if (count !== often + 1)
      throw finding(
        count < often + 1 ? 'lost update' : 'failed',
        `safeIncrement(counter, 1) and safeIncrement(counter, ${often}) in two threads must count to ${often + 1}, ` +
          `but they counted to ${count}. The second thread gets in between all steps of the first: an increment that ` +
          'fails must be tried until it succeeds.',
      );
  });
});

/**
 * Makes one call of task 1.
 * @param call makes it, with the arena that it is given
 */
async function watched<T>(call: (arenas: typeof usual) => Promise<Observation<T>>): Promise<Observation<T>> {
  const observation = await call(hangs ? hasty : usual);
  hangs ||= observation.outcome === 'timeout';
  return observation;
}

/** Runs the calls that several checks judge. Only the first check waits for them. */
function callsAndLateStart() {
  callsSoFar ??= watched(({ scenarios }) =>
    observe(scenarios).callsAndLateStart([...single], many.threads, many.times),
  );
  return callsSoFar;
}

function failuresBesideACall() {
  failuresSoFar ??= watched(({ scenarios }) => observe(scenarios).failuresBesideACall(thrown, times));
  return failuresSoFar;
}

/** @returns the observation as if this call had been the only one */
function seen(observation: Observation, { answer, reason = '', errors = [] }: Failure): Observation {
  if (answer !== undefined) return { ...observation, outcome: 'value', value: answer };
  const error = errors.reduceRight<Error | undefined>(
    (cause, { message, ...rest }) => Object.assign(new Error(message, { cause }), rest),
    undefined,
  );
  const thrown = error ?? new Error(`${reason} was thrown, which is no Error`);
  return { ...observation, outcome: 'error', reason: 'threw', error: Object.assign(thrown, { className: '' }) };
}

function expectInMemory(call: string, answer: number, inMemory: boolean): void {
  if (!inMemory)
    throw finding(
      'failed',
      `${call} resolved with ${answer}, but no memory that it shares with its Workers holds this number ${by}. Count ` +
        'in one Int32Array over a SharedArrayBuffer, the same for all Workers, and resolve with its element.',
    );
}

/** @param report of a run whose counter has a second element */
function expectOneElement(name: string, report: ReplayReport): void {
  const { outcomes, timeline } = report;
  const other = timeline?.rows.find(({ text }) => text.includes('counter[1]'));
  if (other !== undefined)
    throw finding(
      'failed',
      `${name}(counter, 3) must not use any element but counter[0], but it did this: ${other.text}. The other ` +
        'elements belong to somebody else.',
      shown(report),
    );
  const second = outcomes[0]?.memory['counter']?.[1];
  if (second !== 0)
    throw finding(
      'failed',
      `${name}(counter, 3) must change no element but counter[0], but counter[1] is ${second} afterwards. The array ` +
        'may be longer than one element: name element 0.',
    );
}

/** @returns the student's schedule for a task, without spaces */
async function written(name: 'shortestLoss' | 'smallestCount'): Promise<string> {
  const schedule = await scenarios.schedule(name);
  const letters = typeof schedule === 'string' ? schedule.replaceAll(/\s/g, '') : '';
  if (!/^[AB]+$/.test(letters))
    throw finding(
      'failed',
      `${name}() must return a string of the letters A and B, such as 'AABB', but it returned ` +
        `${JSON.stringify(schedule)}.`,
    );
  return letters;
}

/** Runs three increments in one thread. */
async function threeAlone() {
  const report = await follow({ ...explorations.alone(), schedule: 'A' }, '09 alone');
  const steps = report.timeline?.rows.map(({ text }) => text.split(' ')[0]) ?? [];
  const arePlain = steps.join() === 'read,write,read,write,read,write' && finalCount(report) === 3;
  return { report, steps, arePlain };
}

/** A schedule that fails may do so because of the increments that it schedules, and then these come first. */
async function onPlainIncrements(check: () => void | Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof Finding) || error.verdict !== 'failed' || (await threeAlone()).arePlain) throw error;
    throw finding(
      'failed',
      'This task schedules the steps of your increment(), which must do one plain read and one plain write for each ' +
        'increment, but it does not: mend the first check of task 1 before this one.',
      undefined,
      { cause: error },
    );
  }
}

/** The finding about a schedule that doesn't have the steps of all increments. */
function notAllSteps(schedule: string): Finding {
  const count = (letter: string) => schedule.split(letter).length - 1;
  return finding(
    'failed',
    'The schedule of smallestCount() must have 20 letters, ten A and ten B, two for each increment (a read and a ' +
      `write), but ${schedule} has ${schedule.length}: ${count('A')} A and ${count('B')} B.`,
  );
}

const fiveEach = (schedule: string) => follow({ ...explorations['five-each'](), schedule }, '09 five-each');

async function loss() {
  const schedule = await written('shortestLoss');
  return { schedule, ...judgeLoss(schedule, await fiveEach(schedule)) };
}

/** An update is lost when the count is below the number of completed increments. */
function judgeLoss(schedule: string, report: ReplayReport) {
  const rows = report.timeline?.rows.slice(0, schedule.length) ?? [];
  const completed = rows.filter(({ text }) => text.startsWith('write counter')).length;
  const count = Number(rows.at(-1)?.values[0] ?? 0);
  return {
    lost: count < completed,
    report,
    text: `${completed} ${completed === 1 ? 'increment is' : 'increments are'} completed, and the count is ${count}`,
  };
}

/** @returns every schedule of two threads with 1 to `longest` steps */
function allSchedules(longest: number): string[] {
  if (longest < 1) return [];
  const shorter = allSchedules(longest - 1);
  const stems = longest === 1 ? [''] : shorter.filter(({ length }) => length === longest - 1);
  return [...shorter, ...stems.flatMap((stem) => [`${stem}A`, `${stem}B`])];
}

const finalCount = ({ outcomes }: ReplayReport): number => Number(outcomes[0]?.memory['counter']?.[0] ?? NaN);

/** @returns the timeline as a person reads it, up to a step */
function shown(report: ReplayReport, steps = Infinity): string {
  const { timeline } = report;
  const text = formatReport({
    ...report,
    notes: [],
    demonstrated: undefined,
    timeline: timeline && { ...timeline, rows: timeline.rows.slice(0, steps) },
  });
  return text.split('\n').slice(2, -2).join('\n');
}
