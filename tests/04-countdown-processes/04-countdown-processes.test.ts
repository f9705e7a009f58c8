import { describe, expect, test } from 'vitest';
import { arena, findingOf, observe } from '#src/arena/arena.ts';
import type { Observation } from '#src/arena/observation.ts';
import { expectFaster } from '#src/speedup/speedup.ts';
import { finding } from '#src/verdict/index.ts';
import {
  expectFreeLoop,
  expectNothingLeft,
  expectRejection,
  expectSameTime,
  longPart,
  oneStepTooMany,
  valueOf,
} from '../support/countdown-checks.ts';
import { type Sequential, contest } from '../support/countdown-contest.ts';
import { draw, seed } from '../support/countdown-inputs.ts';
import { countdown } from './reference/countdown.ts';
import type { Ending } from './scenarios.ts';

const student = arena<typeof import('#kata/04-countdown-processes/processes.ts')>(
  '#kata/04-countdown-processes/processes.ts',
);
const scenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url));
// For what computes a second or two: on a busy machine that is many.
const patient = { limit: 40_000 };
const longScenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), patient);

// Drawn before any check runs, so that one check run alone meets the same numbers.
const from = draw(1, 1_000_000);
const range = { from, to: from + draw(50_000, 200_000) };
const steps = draw(50_000, 200_000);
const long = 2 * longPart + draw(0, 1_000);
const by = `(KATA_SEED=${seed})`;
/** Would keep a processor busy for two minutes. */
const endless = { from: 0, to: 2 ** 32 };
const tooFar = { from: 0, to: oneStepTooMany };

describe.concurrent('Task 1: Start a process and join it', () => {
  test('gives the sum of the range', async () => {
    expect(await scenarios.resultOf(range), by).toBe(countdown(range));
  });

  test('leaves no process behind once it has its result', async () => {
    const observation = await observe(scenarios).resultOf(range);
    valueOf(observation);
    expectNothingLeft(observation, 'The result of startProcess');
  });

  test('counts in a child process that is there as soon as the handle is', async () => {
    const observation = await observe(scenarios).startAndJoin(range);
    const { pid, parent, aliveAtFirst } = valueOf(observation);
    if (pid === parent)
      throw finding(
        'sequential in disguise',
        `The pid must be a child's, but ${parent} is the process that called: it did the work itself.`,
      );
    if (!aliveAtFirst)
      throw finding(
        'sequential in disguise',
        `startProcess must return while the child still runs, but process ${String(pid)} was gone already (or ` +
          `never there).`,
      );
    expect(observation.children.started, 'child processes that startProcess started').toBe(1);
  });

  test('joins: exit code 0, and the process is gone', async () => {
    const { exits, aliveAfterJoin, pid } = valueOf(await observe(scenarios).startAndJoin(range));
    expect(exits[0], 'what join() resolved to').toEqual({ code: 0, signal: null });
    if (aliveAfterJoin) throw finding('leak', `join() had resolved, but process ${String(pid)} was still there.`);
  });

  test('joins again, and joins late, with the same exit', async () => {
    const { exits } = valueOf(await observe(scenarios).startAndJoin(range));
    expect(exits[1], 'what the second join() resolved to').toEqual(exits[0]);
    const { exit } = valueOf(await observe(scenarios).joinLate(range));
    expect(exit, 'what join() resolved to when it was called after the process had ended').toEqual({
      code: 0,
      signal: null,
    });
  });

  test('gives each process a name of its own', async () => {
    const [one, other] = await scenarios.namesOfTwo({ from: 0, to: 10 });
    expect(one, 'name').toMatch(/./);
    expect(other, 'the name of the second process').not.toBe(one);
  });
});

describe('Task 2: Two processes at once', () => {
  test('adds up to the sequential sum', async () => {
    expect(await student.countdownOnProcesses(steps, 2), `countdownOnProcesses(${steps}, 2) ${by}`).toBe(
      countdown({ from: 0, to: steps }),
    );
  });

  test('counts its parts at the same time, each in a child process, while the event loop stays free', async () => {
    const call = `countdownOnProcesses(${long}, 2)`;
    const observation = await observe(longScenarios).attendProcesses(long, 2);
    const { utilization } = valueOf(observation);
    expectSameTime(observation, call, 'child process', 2);
    expectFreeLoop(utilization, call);
  });

  test('counts right in any number of processes, also with fewer steps than processes', async () => {
    const counts = [
      [steps, 1],
      [steps, 3],
      [1, 2],
      [0, 1],
    ] as const;
    const sums = await scenarios.sumEach(counts);
    for (const [index, [n, processes]] of counts.entries())
      expect(sums[index], `countdownOnProcesses(${n}, ${processes}) ${by}`).toBe(countdown({ from: 0, to: n }));
  });

  test('leaves no process behind', async () => {
    const observation = await observe(student).countdownOnProcesses(steps, 2);
    valueOf(observation);
    const { alive } = observation.children;
    if (alive > 0)
      throw finding(
        'leak',
        `When countdownOnProcesses settled, ${alive} of its child processes had not ended yet. Join them all first.`,
      );
    expectNothingLeft(observation, 'countdownOnProcesses');
  });

  test('refuses numbers that make no sense with a RangeError', async () => {
    const senseless = [
      [-1, 2],
      [1.5, 2],
      [100, 0],
      [100, 1.5],
    ] as const;
    const results = await scenarios.sumEach(senseless);
    for (const [index, [n, processes]] of senseless.entries()) {
      expect(String(results[index]), `what countdownOnProcesses(${n}, ${processes}) settled with`).toMatch(
        /^RangeError/,
      );
    }
  });
});

describe.concurrent('Task 3: Crash, kill, abort: no orphan', () => {
  test('tells a crash: result rejects, join gives exit code 1', async () => {
    const { exit } = endedBadly(
      await observe(scenarios).crash(tooFar),
      'when countdown throws in the child',
      /\b1\b|countdown expects/,
    );
    expect(exit, 'what join() resolved to after the crash').toEqual({ code: 1, signal: null });
  });

  test.each(['SIGKILL', 'SIGTERM'] as const)('tells a kill: result rejects, join gives %s', async (signal) => {
    const { exit } = endedBadly(
      await observe(scenarios).killed(endless, signal),
      `when the child is killed by ${signal}`,
      new RegExp(signal),
    );
    expect(exit, 'what join() resolved to after the kill').toEqual({ code: null, signal });
  });

  test('tells a silent end: result rejects when the child exits with code 0 and no answer', async () => {
    const observation = await observe(scenarios).exitsSilently(range);
    // The right sum: this child takes its environment from elsewhere and could not be made to exit.
    if (observation.value?.sum === countdown(range)) return;
    endedBadly(observation, 'when the child exits with code 0 before it has answered', /./);
  });

  test('lets a crash be learned by join alone', async () => {
    expect(valueOf(await observe(scenarios).joinOnly(tooFar)), 'what join() resolved to').toEqual({
      code: 1,
      signal: null,
    });
  });

  test('ends the child when its signal aborts', async () => {
    const observation = await observe(scenarios).aborted(endless, 'during');
    const { exit } = endedBadly(observation, 'when its signal aborts', /AbortError|enough/);
    if (exit.code === 0)
      throw finding(
        'failed',
        'After an abort join() must tell a signal or an exit code other than 0, but it told exit code 0.',
      );
    expectNothingLeft(observation, 'startProcess, aborted,');
  });

  test('takes a signal that had aborted before', async () => {
    const observation = await observe(scenarios).aborted(endless, 'before');
    endedBadly(observation, 'when its signal had aborted before', /AbortError|enough/);
    expectNothingLeft(observation, 'startProcess, aborted before it began,');
  });

  test('rejects when one of its processes is killed', async () => {
    const observation = await observe(longScenarios).oneOfGroupKilled(long, 2);
    expectRejection(observation, 'countdownOnProcesses', /./, 'when one of its processes is killed');
  });

  test('rejects at the first failure, without waiting for the others, and ends them', async () => {
    // Only the last part throws. The first would count for a minute.
    const observation = await observe(student).countdownOnProcesses(oneStepTooMany, 2);
    expectRejection(observation, 'countdownOnProcesses', /./, 'when countdown throws in one of its processes');
    expectNothingLeft(observation, 'countdownOnProcesses');
  });

  test('ends all of its processes when its signal aborts', async () => {
    const observation = await observe(scenarios).abortedGroup(2 ** 32, 2);
    expectRejection(observation, 'countdownOnProcesses', /AbortError|enough/, 'when its signal aborts');
    expectNothingLeft(observation, 'countdownOnProcesses, aborted,');
  });
});

describe('Task 4: Speed-up', () => {
  test('two processes are faster than one', { timeout: 280_000 }, async ({ annotate }) => {
    expect(await student.countdownOnProcesses(steps, 2), `countdownOnProcesses(${steps}, 2) ${by}`).toBe(
      countdown({ from: 0, to: steps }),
    );
    const report = await contest({
      baseline: arena<Sequential>(new URL('./reference/countdown.ts', import.meta.url), patient),
      reference: arena<typeof import('./reference/processes.ts')>(
        new URL('./reference/processes.ts', import.meta.url),
        patient,
      ),
      candidate: arena<typeof import('#kata/04-countdown-processes/processes.ts')>(
        '#kata/04-countdown-processes/processes.ts',
        patient,
      ),
      ask: (who, n, processes) => who.call('countdownOnProcesses', n, processes),
      steps: 40_000_000,
    });
    await expectFaster(report, annotate);
  });
});

/** @throws {Finding} unless `result` has rejected and its error, or one that caused it, tells `wanted` */
function endedBadly(observation: Observation<Ending>, why: string, wanted: RegExp): Ending {
  if (observation.outcome !== 'value') throw findingOf(observation);
  const ending = valueOf(observation);
  if (ending.error === undefined)
    throw finding('failed', `result must reject ${why}, but it resolved to ${ending.sum}.`);
  if (!wanted.test(ending.error))
    throw finding(
      'failed',
      `result must reject ${why} with an error that says so (${String(wanted)}), but it rejected with ${ending.error}.`,
    );
  return ending;
}
