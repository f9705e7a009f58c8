import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { countdown, type Range } from '#shared/countdown.ts';
import { arena, findingOf, observe, referenceUrl, type Observation } from '#src/arena/index.ts';
import { expectFaster } from '#src/speedup/index.ts';
import { finding } from '#src/verdict/index.ts';
import {
  expectEnd,
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
  valueWithoutCrash,
} from '../support/countdown-checks.ts';
import { type Sequential, contest } from '../support/countdown-contest.ts';
import { draw, seed } from '../support/countdown-inputs.ts';
import type { Ending } from './scenarios.ts';

/** What the scenarios ask of the student's functions. */
const calls = {
  resultOf: () => 'The `result` of startProcess',
  resultsOf: () => 'The `result` of startProcess, with ranges of 0 to 2 steps,',
  start: () => 'The `result` of startProcess',
  startAndJoin: () => '`join()`',
  joinTwice: () => '`join()`, called a second time,',
  joinLate: () => '`join()`, called after the child process had ended,',
  namesOfThree: () => '`join()` of each of three processes',
  crash: () => '`result`, or `join()`, of a child process in which countdown throws',
  killed: (_: Range, signal: string) => `\`result\`, or \`join()\`, of a child process that ${signal} killed`,
  exitsSilently: () => '`result`, or `join()`, of a child process that exited with code 0 before it answered',
  joinOnly: () => '`join()`, without a use of `result`,',
  aborted: (_: Range, when: string) =>
    `\`result\`, or \`join()\`, of a process whose signal ${when === 'before' ? 'had already aborted' : 'aborted'}`,
  runningWhenRejected: (n: number, processes: number) => `countdownOnProcesses(${n}, ${processes})`,
  attendProcesses: (n: number, processes: number) => `countdownOnProcesses(${n}, ${processes})`,
  sumEach: (each: readonly (readonly [number, number])[]) =>
    each.map(([n, processes]) => `countdownOnProcesses(${n}, ${processes})`).join(', then '),
  sumOnceAllHaveStarted: (n: number, processes: number) => `countdownOnProcesses(${n}, ${processes})`,
  sumsDespiteFailure: (n: number, longer: number, failing: number, processes: number) =>
    [longer, failing, n].map((each) => `countdownOnProcesses(${each}, ${processes})`).join(' and '),
  abortedGroup: (n: number, processes: number, when: string) =>
    `countdownOnProcesses(${n}, ${processes}, { signal }), whose signal ` +
    `${when === 'before' ? 'had already aborted' : 'aborted'},`,
  oneOfGroupKilled: (n: number, processes: number, which: number) =>
    `countdownOnProcesses(${n}, ${processes}), whose process number ${which + 1} was killed,`,
};

const shared = { shared: true, calls };
const student = arena<typeof import('#kata/04-countdown-processes/processes.ts')>(
  '#kata/04-countdown-processes/processes.ts',
  shared,
);
const scenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), shared);
// For scenarios that change their process.
const unshared = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), { calls });
// For checks that compute for a second or two: a busy machine takes many times as long.
const patient = { limit: 40_000, calls };
const longScenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), patient);

// Drawn before any check runs, so that a check gets the same numbers when it runs alone.
const from = draw(1, 1_000_000);
const range = { from, to: from + draw(50_000, 200_000) };
const steps = draw(50_000, 200_000);
const long = 2 * longPart + draw(0, 1_000);
const by = `(to repeat: npm run kata run 04 -- --seed ${seed})`;
/** Keeps a processor busy for two minutes. */
const endless = { from: 0, to: 2 ** 32 };
const anyExit =
  "A child that ends without an answer emits only 'exit' and 'close': reject there, whatever the exit code is.";
const ofAbort = "is the AbortError of `fork` or the signal's reason";
const passOn = '`fork` ends the child when the signal aborts, if you pass it the signal.';
const allAtOnce =
  'Wait for all results at once: `Promise.all` rejects with the first rejection, whichever process it comes from.';
/** So large that `countdown` refuses every share at once, with an error that shows the range. */
const hugeShare = 2 ** 40 + draw(0, 1_000);
const tooFar = { from: 0, to: oneStepTooMany };

describe.concurrent('Task 1: Start a process and join it', () => {
  test('resolves to the sum of the range', { tags: ['1.result'] }, async () => {
    const observation = await observe(scenarios).resultOf(range);
    const call = resultOfCall(range);
    expectSum(call, valueWithoutCrash(observation, call), range);
    const brief = [0, 1, 2].flatMap((size) => [0, from].map((start) => ({ from: start, to: start + size })));
    const sums = await scenarios.resultsOf(brief);
    for (const [index, each] of brief.entries()) expectSum(resultOfCall(each), sums[index], each);
  });

  test('leaves no process running when it has its result', { tags: ['1.no-leak'] }, async () => {
    const observation = await observe(scenarios).resultOf(range);
    valueWithoutCrash(observation, 'startProcess');
    expectNothingLeft(
      observation,
      'The `result` of startProcess',
      "A child that listens for messages doesn't end by itself: close its channel when it has answered.",
    );
  });

  test('returns a handle at once, while its child process is running', { tags: ['1.pid', '1.result'] }, async () => {
    const observation = await observe(scenarios).start(range);
    const { pid, parent, aliveAtFirst } = valueWithoutCrash(observation, 'startProcess');
    if (pid === parent)
      throw finding(
        'sequential in disguise',
        `The \`pid\` must be that of a child process, but it is ${parent}, the calling process: it did the work ` +
          `itself.`,
      );
    if (!aliveAtFirst)
      throw finding(
        'sequential in disguise',
        `startProcess must return while the child process is running, but process ${String(pid)} had already ended, ` +
          'or never existed. Start it with a function that does not wait for its end.',
      );
    const { started } = observation.children;
    if (started !== 1) throw finding('failed', `startProcess must start one child process, but it started ${started}.`);
  });

  test('joins the process: exit code 0, and the process has ended', { tags: ['1.join'] }, async () => {
    const observation = await observe(scenarios).startAndJoin(range);
    const { exit, aliveAfterJoin, pid } = valueWithoutCrash(observation, 'startProcess');
    expect(exit, 'join() resolved to the wrong exit').toEqual({ code: 0, signal: null });
    if (aliveAfterJoin)
      throw finding(
        'leak',
        `join() has resolved, but process ${String(pid)} is still running. Resolve it when the process has ended, ` +
          'not when it has answered.',
      );
  });

  test(
    'returns the same exit from a second join and from a join after the end',
    { tags: ['1.join-again'] },
    async () => {
      const hint = 'An event is over once it was emitted: listen when you start the process, and keep the promise.';
      const twice = await observe(scenarios).joinTwice(range);
      expectEnd(twice, 'Expected the second join() to resolve to what the first one resolved to', hint);
      const [exit, again] = valueOf(twice);
      expect(again, 'the second join() must give the same as the first').toEqual(exit);
      const late = await observe(scenarios).joinLate(range);
      expectEnd(late, 'Expected join() to resolve when it is called after the process has ended', hint);
      expect(valueOf(late).exit, 'join(), called after the process has ended').toEqual({ code: 0, signal: null });
    },
  );

  test('gives every process a different name', { tags: ['1.name'] }, async () => {
    const names = await scenarios.namesOfThree({ from: 0, to: 10 });
    const [one, other] = names;
    if (typeof one !== 'string' || one === '')
      throw finding('failed', `\`name\` must be a string with characters in it, got ${inspect(one)}.`);
    const advice = 'Put something into the name that differs each time, such as a number that you count up.';
    if (one === other)
      throw finding(
        'failed',
        `Two processes must have two different names, but both are called ${inspect(one)}. ${advice}`,
      );
    if (new Set(names).size < names.length)
      throw finding(
        'failed',
        `No two processes may have the same name, not even if the first one has ended: two processes ran and ended, ` +
          `and then a third one got the name ${inspect(names.at(-1))} again. ${advice}`,
      );
  });
});

describe('Task 2: Two processes at once', () => {
  test('resolves to the sum that one process computes', { tags: ['2.sum'] }, async () => {
    const call = `countdownOnProcesses(${steps}, 2)`;
    const observation = await observe(student).countdownOnProcesses(steps, 2);
    expectSum(call, valueWithoutCrash(observation, call), { from: 0, to: steps }, 2);
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
      const many = await observe(unshared).sumOnceAllHaveStarted(steps, 9);
      expectStartBeforeAnswers(many, `countdownOnProcesses(${steps}, 9)`, 'child process', 9);
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
        expectSum(`countdownOnProcesses(${n}, ${processes})`, sums[index], { from: 0, to: n }, processes);
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
      [0, 0],
    ] as const;
    const results = await scenarios.sumEach(invalid);
    for (const [index, [n, processes]] of invalid.entries()) {
      const result = results[index];
      if (String(result).startsWith('RangeError')) continue;
      const came = typeof result === 'string' ? `rejected with ${result}` : `resolved to ${result}`;
      throw finding(
        'failed',
        `countdownOnProcesses(${n}, ${processes}) must reject with a RangeError, but it ${came}.`,
      );
    }
  });

  test('gives each of several child processes an equal share', { tags: ['2.parallel'] }, async () => {
    const parts = 3;
    const n = parts * hugeShare;
    const call = `countdownOnProcesses(${steps}, ${parts})`;
    expectSum(call, valueWithoutCrash(await observe(student).countdownOnProcesses(steps, parts), call), {
      from: 0,
      to: steps,
    });
    // Each child prints or sends the error, unless it was killed before. What the caller makes of it is the next task's
    // business. A child that counts in pieces names the first piece that is refused; the shares may differ by a step.
    const { value, output } = await observe(scenarios).errorOf(n, parts);
    for (const { from, to } of refusedRanges(`${value ?? ''} ${output}`)) {
      const begin = Math.round(from / hugeShare) * hugeShare;
      if (Math.abs(from - begin) <= parts && to - from <= hugeShare + parts) continue;
      throw finding(
        'failed',
        `countdownOnProcesses(${n}, ${parts}) must give each child process the same share, here ${hugeShare} steps, ` +
          `but one of them got the range from ${from} to ${to}. (The number is this large so that \`countdown\` ` +
          `refuses each range at once, and its error shows the range.) Use the ranges of split(n, processes) ${by}.`,
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
      "contains the child's exit code, 1, or its message",
    );
    expect(exit, 'join() resolved to the wrong exit after the crash').toEqual({ code: 1, signal: null });
  });

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'reports a kill: result rejects, join resolves to %s',
    { tags: ['3.kill'] },
    async (signal) => {
      const { exit } = endedBadly(
        await observe(scenarios).killed(endless, signal),
        `when the child is killed by ${signal}`,
        new RegExp(signal),
        `names ${signal}`,
      );
      expect(exit, 'join() resolved to the wrong exit after the kill').toEqual({ code: null, signal });
    },
  );

  test('rejects the result when the child exits with code 0 before it answers', { tags: ['3.no-answer'] }, async () => {
    const observation = await observe(unshared).exitsSilently(range);
    // The right sum: this child gets its environment elsewhere, so it could not be made to exit.
    if (observation.value?.sum === countdown(range)) return;
    endedBadly(observation, 'when the child exits with code 0 before it answers', /./, 'has a text', anyExit);
  });

  test('reports a crash through join alone, without an unhandled rejection', { tags: ['3.join-only'] }, async () => {
    for (const when of ['at once', 'when it has ended'] as const) {
      const observation = await observe(scenarios).joinOnly(tooFar, when);
      if (observation.reason === 'unhandled-rejection') {
        const { evidence, stack } = findingOf(observation);
        const found = finding(
          'crash',
          'The child crashed, and the caller only used join(), which must resolve to { code: 1, signal: null }. But ' +
            '`result` rejected as well, no code handled that, and an unhandled rejection ends the parent. Handle it ' +
            'in startProcess.',
          evidence,
        );
        throw Object.assign(found, { stack });
      }
      expectEnd(observation, `Expected join(), called ${when}, to resolve after a crash of the child`, anyExit);
      expect(valueOf(observation), `join(), called ${when}, after a crash of the child`).toEqual({
        code: 1,
        signal: null,
      });
    }
  });

  test('kills the child and rejects the result when its signal aborts', { tags: ['3.abort'] }, async () => {
    endedBadly(
      await observe(scenarios).aborted(endless, 'during', 0),
      'when its signal aborts with the reason 0',
      /AbortError|(^|caused by )0$/,
      'is the AbortError of `fork` or 0',
      passOn,
    );
    const observation = await observe(scenarios).aborted(endless, 'during');
    const { exit } = endedBadly(observation, 'when its signal aborts', /AbortError|enough/, ofAbort, passOn);
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
      endedBadly(
        observation,
        'when its signal has already aborted',
        /AbortError|enough/,
        ofAbort,
        "A listener for 'abort' isn't called for an abort that came before it. `fork` looks at both: pass it the " +
          'signal.',
      );
      expectNothingLeft(observation, 'startProcess with a signal that had already aborted');
    },
  );

  test('rejects countdownOnProcesses when one of its processes is killed', { tags: ['3.group-kill'] }, async () => {
    for (const which of [0, 2]) {
      const observation = await observe(unshared).oneOfGroupKilled(2 ** 32, 3, which);
      expectRejection(
        observation,
        'countdownOnProcesses',
        /./,
        `as soon as the ${which === 0 ? 'first' : 'last'} of its three processes is killed`,
        allAtOnce,
      );
    }
  });

  test(
    'rejects at the first failure without waiting for the other processes, and ends them',
    { tags: ['3.group-first-error'] },
    async () => {
      // Only the last part throws. The first one would count for a minute.
      const observation = await observe(student).countdownOnProcesses(oneStepTooMany, 2);
      expectRejection(
        observation,
        'countdownOnProcesses',
        /./,
        'when countdown throws in one of its processes',
        allAtOnce,
      );
      expectNothingLeft(observation, 'countdownOnProcesses', 'When one process fails, end the others and join them.');
    },
  );

  test(
    'counts on in other calls when a call fails or is aborted',
    { tags: ['3.group-first-error', '3.group-abort'] },
    async () => {
      const [n, longer] = [steps, 50 * steps];
      const [failed, aborted, during, after] = await unshared.sumsDespiteFailure(n, longer, oneStepTooMany, 2);
      if (typeof failed === 'number' || typeof aborted === 'number')
        throw finding(
          'failed',
          `countdownOnProcesses(${oneStepTooMany}, 2) must reject, and with one step less it must reject when its ` +
            `signal aborts, but they gave ${failed} and ${aborted}.`,
        );
      const why = 'a call failed and another one was aborted';
      const hint = ', which must not matter,';
      expectSum(`countdownOnProcesses(${longer}, 2), called before ${why}${hint}`, during, { from: 0, to: longer }, 2);
      expectSum(`countdownOnProcesses(${n}, 2), called after ${why}${hint}`, after, { from: 0, to: n }, 2);
    },
  );

  test(
    'ends all processes and rejects when the signal of countdownOnProcesses aborts or has already aborted',
    { tags: ['3.group-abort'] },
    async () => {
      for (const [when, why] of [
        ['during', 'when its signal aborts'],
        ['before', 'when its signal has already aborted'],
      ] as const) {
        const observation = await observe(scenarios).abortedGroup(2 ** 32, 2, when);
        const hint =
          when === 'during'
            ? 'Pass the signal on to each process that you start.'
            : "A listener for 'abort' isn't called for an abort that came before it: look at signal.aborted, or pass " +
              'the signal on to each process.';
        expectRejection(observation, 'countdownOnProcesses', /AbortError|enough/, why, hint);
        expectNothingLeft(observation, 'countdownOnProcesses with an aborted signal');
      }
    },
  );

  test.each([
    ['one of them fails', 'fails'],
    ['its signal aborts', 'aborts'],
  ] as const)(
    'has ended all processes when countdownOnProcesses rejects because %s',
    { tags: ['3.group-ended'] },
    async (why, how) => {
      const running = await unshared.runningWhenRejected(how === 'fails' ? oneStepTooMany : 2 ** 32, 3, how);
      if (running > 0)
        throw finding(
          'leak',
          `countdownOnProcesses must have ended all its processes when it rejects because ${why}, but ` +
            `${running} of three had not ended yet. \`kill\` only sends a signal: await join() of each before you ` +
            'reject.',
        );
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
      steps: 75_000_000,
    });
    await expectFaster(report, annotate);
  });
});

function resultOfCall({ from, to }: Range): string {
  return `The \`result\` of startProcess({ from: ${from}, to: ${to} })`;
}

/**
 * @param why when it must reject
 * @param kind what `wanted` looks for
 * @param hint what to do where the promise never settles
 * @throws {Finding} unless `result` rejected and `wanted` matches its error or one of that error's causes
 */
function endedBadly(
  observation: Observation<Ending>,
  why: string,
  wanted: RegExp,
  kind: string,
  hint = anyExit,
): Ending {
  expectEnd(observation, `Expected \`result\` to reject, and join() to resolve, ${why}`, hint);
  const ending = valueOf(observation);
  if (ending.error === undefined)
    throw finding('failed', `Expected \`result\` to reject ${why}, but it resolved to ${ending.sum}.`);
  if (!wanted.test(ending.error))
    throw finding(
      'failed',
      `Expected \`result\` to reject ${why} with an error that ${kind}, but it rejected with “${ending.error}”.` +
        (kind.startsWith('names')
          ? " The events 'exit' and 'close' pass both: the exit code, which is null after a kill, and the signal."
          : ''),
    );
  expect(ending.again, `the second join() must give the same as the first, ${why}`).toEqual(ending.exit);
  return ending;
}
