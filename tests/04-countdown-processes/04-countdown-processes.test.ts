import { describe, expect, test } from 'vitest';
import { countdown } from '#shared/countdown.ts';
import { arena, findingOf, observe, referenceUrl, type Observation } from '#src/arena/index.ts';
import { expectFaster } from '#src/speedup/index.ts';
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
import type { Ending } from './scenarios.ts';

const shared = { shared: true };
const student = arena<typeof import('#kata/04-countdown-processes/processes.ts')>(
  '#kata/04-countdown-processes/processes.ts',
  shared,
);
const scenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), shared);
// For scenarios that change their process.
const unshared = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url));
// For checks that compute for a second or two: a busy machine takes many times as long.
const patient = { limit: 40_000 };
const longScenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), patient);

// Drawn before any check runs, so that a check gets the same numbers when it runs alone.
const from = draw(1, 1_000_000);
const range = { from, to: from + draw(50_000, 200_000) };
const steps = draw(50_000, 200_000);
const long = 2 * longPart + draw(0, 1_000);
const by = `(KATA_SEED=${seed})`;
/** Keeps a processor busy for two minutes. */
const endless = { from: 0, to: 2 ** 32 };
const tooFar = { from: 0, to: oneStepTooMany };

describe.concurrent('Task 1: Start a process and join it', () => {
  test('resolves to the sum of the range', { tags: ['1.result'] }, async () => {
    expect(await scenarios.resultOf(range), by).toBe(countdown(range));
  });

  test('leaves no process running when it has its result', { tags: ['1.no-leak'] }, async () => {
    const observation = await observe(scenarios).resultOf(range);
    valueOf(observation);
    expectNothingLeft(observation, 'The result of startProcess');
  });

  test('returns a handle at once, while its child process is running', { tags: ['1.pid', '1.result'] }, async () => {
    const observation = await observe(scenarios).startAndJoin(range);
    const { pid, parent, aliveAtFirst } = valueOf(observation);
    if (pid === parent)
      throw finding(
        'sequential in disguise',
        `Expected the pid of a child process, but ${parent} is the calling process: it did the work itself.`,
      );
    if (!aliveAtFirst)
      throw finding(
        'sequential in disguise',
        `Expected startProcess to return while the child is running, but process ${String(pid)} had already ended, ` +
          'or never existed.',
      );
    expect(observation.children.started, 'number of child processes that startProcess started').toBe(1);
  });

  test('joins the process: exit code 0, and the process has ended', { tags: ['1.join'] }, async () => {
    const { exits, aliveAfterJoin, pid } = valueOf(await observe(scenarios).startAndJoin(range));
    expect(exits[0], 'what join() resolved to').toEqual({ code: 0, signal: null });
    if (aliveAfterJoin)
      throw finding(
        'leak',
        `join() has resolved, but process ${String(pid)} is still running. Resolve it when the process has ended.`,
      );
  });

  test(
    'returns the same exit from a second join and from a join after the end',
    { tags: ['1.join-again'] },
    async () => {
      const { exits } = valueOf(await observe(scenarios).startAndJoin(range));
      expect(exits[1], 'what the second join() resolved to').toEqual(exits[0]);
      const { exit } = valueOf(await observe(scenarios).joinLate(range));
      expect(exit, 'what join() resolved to when it was called after the process had ended').toEqual({
        code: 0,
        signal: null,
      });
    },
  );

  test('gives every process a different name', { tags: ['1.name'] }, async () => {
    const [one, other] = await scenarios.namesOfTwo({ from: 0, to: 10 });
    expect(one, 'name').toMatch(/./);
    expect(other, 'the name of the second process').not.toBe(one);
  });
});

describe('Task 2: Two processes at once', () => {
  test('resolves to the sum that one process computes', { tags: ['2.sum'] }, async () => {
    expect(await student.countdownOnProcesses(steps, 2), `countdownOnProcesses(${steps}, 2) ${by}`).toBe(
      countdown({ from: 0, to: steps }),
    );
  });

  test(
    'counts all parts at the same time, each in a child process, while the event loop stays free',
    { tags: ['2.parallel', '2.free'] },
    async () => {
      const call = `countdownOnProcesses(${long}, 2)`;
      const observation = await observe(longScenarios).attendProcesses(long, 2);
      const { utilization } = valueOf(observation);
      expectSameTime(observation, call, 'child process', 2);
      expectFreeLoop(utilization, call);
      const four = await observe(longScenarios).attendProcesses(longPart, 4);
      valueOf(four);
      expectSameTime(four, `countdownOnProcesses(${longPart}, 4)`, 'child process', 4);
    },
  );

  test(
    'computes the right sum with any number of processes, even with fewer steps than processes',
    { tags: ['2.sum'] },
    async () => {
      const counts = [
        [steps, 1],
        [steps, 3],
        [1, 2],
        [0, 1],
      ] as const;
      const sums = await scenarios.sumEach(counts);
      for (const [index, [n, processes]] of counts.entries())
        expect(sums[index], `countdownOnProcesses(${n}, ${processes}) ${by}`).toBe(countdown({ from: 0, to: n }));
    },
  );

  test('resolves only after all of its child processes have ended', { tags: ['2.no-leak'] }, async () => {
    const observation = await observe(student).countdownOnProcesses(steps, 2);
    valueOf(observation);
    const { alive } = observation.children;
    if (alive > 0)
      throw finding(
        'leak',
        `When countdownOnProcesses settled, ${alive} of its child processes had not ended yet. Join all of them first.`,
      );
    expectNothingLeft(observation, 'countdownOnProcesses');
  });

  test('rejects with a RangeError if n or processes is invalid', { tags: ['2.range-error'] }, async () => {
    const invalid = [
      [-1, 2],
      [1.5, 2],
      [100, 0],
      [100, 1.5],
    ] as const;
    const results = await scenarios.sumEach(invalid);
    for (const [index, [n, processes]] of invalid.entries()) {
      expect(String(results[index]), `what countdownOnProcesses(${n}, ${processes}) rejected with`).toMatch(
        /^RangeError/,
      );
    }
  });
});

describe.concurrent('Task 3: Crash, kill, abort: no orphan', () => {
  test('reports a crash: result rejects, join resolves to exit code 1', { tags: ['3.crash'] }, async () => {
    const { exit } = endedBadly(
      await observe(scenarios).crash(tooFar),
      'when countdown throws in the child',
      /\b1\b|countdown expects/,
    );
    expect(exit, 'what join() resolved to after the crash').toEqual({ code: 1, signal: null });
  });

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'reports a kill: result rejects, join resolves to %s',
    { tags: ['3.kill'] },
    async (signal) => {
      const { exit } = endedBadly(
        await observe(scenarios).killed(endless, signal),
        `when the child is killed by ${signal}`,
        new RegExp(signal),
      );
      expect(exit, 'what join() resolved to after the kill').toEqual({ code: null, signal });
    },
  );

  test('rejects the result when the child exits with code 0 before it answers', { tags: ['3.no-answer'] }, async () => {
    const observation = await observe(unshared).exitsSilently(range);
    // The right sum: this child gets its environment elsewhere, so it could not be made to exit.
    if (observation.value?.sum === countdown(range)) return;
    endedBadly(observation, 'when the child exits with code 0 before it answers', /./);
  });

  test('reports a crash through join alone, without an unhandled rejection', { tags: ['3.join-only'] }, async () => {
    for (const when of ['at once', 'when it has ended'] as const)
      expect(
        valueOf(await observe(scenarios).joinOnly(tooFar, when)),
        `what join(), called ${when}, resolved to`,
      ).toEqual({ code: 1, signal: null });
  });

  test('kills the child and rejects the result when its signal aborts', { tags: ['3.abort'] }, async () => {
    endedBadly(
      await observe(scenarios).aborted(endless, 'during', 0),
      'when its signal aborts with the reason 0',
      /AbortError|(^|caused by )0$/,
    );
    const observation = await observe(scenarios).aborted(endless, 'during');
    const { exit } = endedBadly(observation, 'when its signal aborts', /AbortError|enough/);
    if (exit.code === 0)
      throw finding(
        'failed',
        'Expected join() to resolve to a signal or a non-zero exit code after an abort, but it resolved to exit ' +
          'code 0.',
      );
    expectNothingLeft(observation, 'startProcess with an aborted signal');
  });

  test(
    'rejects the result and leaves no process running if its signal has already aborted',
    { tags: ['3.aborted-before'] },
    async () => {
      const observation = await observe(scenarios).aborted(endless, 'before');
      endedBadly(observation, 'when its signal has already aborted', /AbortError|enough/);
      expectNothingLeft(observation, 'startProcess with a signal that had already aborted');
    },
  );

  test('rejects countdownOnProcesses when one of its processes is killed', { tags: ['3.group-kill'] }, async () => {
    for (const which of [0, 2]) {
      const observation = await observe(unshared).oneOfGroupKilled(2 ** 32, 3, which);
      expectRejection(observation, 'countdownOnProcesses', /./, `when number ${which} of three processes is killed`);
    }
  });

  test(
    'rejects at the first failure without waiting for the other processes, and ends them',
    { tags: ['3.group-first-error'] },
    async () => {
      // Only the last part throws. The first one would count for a minute.
      const observation = await observe(student).countdownOnProcesses(oneStepTooMany, 2);
      expectRejection(observation, 'countdownOnProcesses', /./, 'when countdown throws in one of its processes');
      expectNothingLeft(observation, 'countdownOnProcesses');
    },
  );

  test(
    'ends all processes and rejects when the signal of countdownOnProcesses aborts',
    { tags: ['3.group-abort'] },
    async () => {
      const observation = await observe(scenarios).abortedGroup(2 ** 32, 2);
      expectRejection(observation, 'countdownOnProcesses', /AbortError|enough/, 'when its signal aborts');
      expectNothingLeft(observation, 'countdownOnProcesses with an aborted signal');
    },
  );
});

describe('Task 4: Speed-up', () => {
  test('counts faster in two processes than in one', { tags: ['4.speed-up'] }, async ({ annotate }) => {
    expect(await student.countdownOnProcesses(steps, 2), `countdownOnProcesses(${steps}, 2) ${by}`).toBe(
      countdown({ from: 0, to: steps }),
    );
    const report = await contest({
      baseline: arena<Sequential>(new URL('../../exercises/shared/countdown.ts', import.meta.url), patient),
      reference: arena<typeof import('#kata/04-countdown-processes/processes.ts')>(
        referenceUrl('04-countdown-processes/processes.ts'),
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

/** @throws {Finding} unless `result` rejected and `wanted` matches its error or one of that error's causes */
function endedBadly(observation: Observation<Ending>, why: string, wanted: RegExp): Ending {
  if (observation.outcome !== 'value') throw findingOf(observation);
  const ending = valueOf(observation);
  if (ending.error === undefined)
    throw finding('failed', `Expected result to reject ${why}, but it resolved to ${ending.sum}.`);
  if (!wanted.test(ending.error))
    throw finding(
      'failed',
      `Expected result to reject ${why} with an error that matches ${String(wanted)}, but it rejected with ` +
        `${ending.error}.`,
    );
  expect(ending.again, `what a second join() resolved to, ${why}`).toEqual(ending.exit);
  return ending;
}
