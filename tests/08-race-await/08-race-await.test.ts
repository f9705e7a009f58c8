import { afterAll, describe, test } from 'vitest';
import { arena } from '#src/arena/index.ts';
import {
  formatReport,
  closePromiseAgents,
  explorePromises,
  replayPromises,
  type PromiseProgram,
  type PromiseReport,
} from '#src/interleave/index.ts';
import { expectPass } from '#src/exploration/index.ts';
import { type Verdict, finding } from '#src/verdict/index.ts';
import { explorations } from './explorations.ts';

const schedules = arena<typeof import('#kata/08-race-await/schedules.ts')>('#kata/08-race-await/schedules.ts');
const till = arena<typeof import('#kata/08-race-await/answers.ts')>('#kata/08-race-await/answers.ts');

afterAll(closePromiseAgents);

describe('Task 1: Lose a deposit', () => {
  test(
    "losesA() returns a schedule of two deposits that loses A's deposit of 50",
    { tags: ['1.complete', '1.loses-a'] },
    async () => {
      await expectBalance('losesA', await schedules.losesA(), 'two-deposits', 120);
    },
  );

  test(
    "losesB() returns a schedule of two deposits that loses B's deposit of 20",
    { tags: ['1.complete', '1.loses-b'] },
    async () => {
      await expectBalance('losesB', await schedules.losesB(), 'two-deposits', 150);
    },
  );

  test(
    "keepsOnlyB() returns a schedule of three deposits after which only B's deposit of 20 is left",
    { tags: ['1.complete', '1.keeps-only-b'] },
    async () => {
      await expectBalance('keepsOnlyB', await schedules.keepsOnlyB(), 'three-deposits', 120);
    },
  );
});

describe('Task 2: Withdraw, never too much', () => {
  test(
    'a single withdrawal is paid up to the whole balance, and refused above it',
    { tags: ['2.covered'] },
    async () => {
      for (const amount of [1, 99, 100, 101] as const) await expectWithdrawals(`withdraw-${amount}`, 'failed');
      await expectWithdrawals('paid-in-between', 'failed');
    },
  );

  test(
    'of two withdrawals of 80 from 100, every schedule pays one and refuses the other',
    { tags: ['2.exact', '2.ends'] },
    async () => {
      await expectWithdrawals('covered-once');
      await expectWithdrawals('covered-once-apart');
    },
  );

  test(
    'withdrawals of 30 and 40 from 100 are both paid under every schedule',
    { tags: ['2.not-refused', '2.exact', '2.ends'] },
    () => expectWithdrawals('both-covered', 'failed'),
  );

  test(
    'of withdrawals of 90 and 20 from 100, no schedule refuses one that the balance still covers',
    { tags: ['2.not-refused'] },
    () => expectWithdrawals('different-sizes'),
  );

  test('of three withdrawals of 50 from 100, every schedule pays two', { tags: ['2.exact', '2.ends'] }, () =>
    expectWithdrawals('three-withdrawals'),
  );

  test("rejects with the account's error, and the next withdrawal works as usual", { tags: ['2.errors'] }, async () => {
    await expectWithdrawals('broken-line', 'failed');
    await expectWithdrawals('broken-write', 'failed');
    await expectWithdrawals('broken-retry', 'failed');
  });
});

describe('Task 3: Safe or not', () => {
  test.each(['addInOneLine', 'addInTwoLines', 'priceList'] as const)(
    'the answer for %s is right: safe under every schedule, or the given schedule makes it go wrong',
    { tags: ['3.safe', '3.breaking-schedule'] },
    async (name) => {
      const answer = await till.answers();
      const said: unknown = (answer as Partial<typeof answer> | undefined)?.[name];
      if (typeof said !== 'string')
        throw finding(
          'failed',
          `Expected answers().${name} to be 'safe' or a schedule such as 'AABB', got ${JSON.stringify(said)}.`,
        );
      const program = explorations[name]();
      const all = await explorePromises({ ...program, countAll: true });
      if (said === 'safe') {
        if (all.failures > 0)
          throw finding(
            'failed',
            `answers().${name} is 'safe', but ${all.failures} of its ${all.schedules} schedules give a wrong result.`,
          );
      } else {
        const report = await replay(`answers().${name}`, said, program);
        const safe = all.failures === 0 ? ` No schedule does: ${all.coverage}` : '';
        if (report.verdict === 'pass')
          throw finding(
            'failed',
            `answers().${name} is ${JSON.stringify(said)}, but the result is right then.${safe}`,
            picture(report),
          );
      }
    },
  );
});

/** Replays the student's schedule of deposits on a balance of 100. */
async function expectBalance(
  name: string,
  schedule: unknown,
  deposits: 'two-deposits' | 'three-deposits',
  wanted: number,
) {
  const report = await replay(`${name}()`, schedule, explorations[deposits]());
  const balance = report.outcomes[0]?.state['balance'];
  if (balance !== wanted)
    throw finding(
      'failed',
      `Expected a balance of ${wanted} after ${name}(), got ${String(balance)} after ${String(schedule)}.`,
      picture(report),
    );
}

/** Refuses a schedule that is incomplete, or that names a task with no pending answer. */
async function replay(call: string, schedule: unknown, program: PromiseProgram): Promise<PromiseReport> {
  if (typeof schedule !== 'string')
    throw finding('failed', `Expected ${call} to be a schedule such as 'AABB', got ${JSON.stringify(schedule)}.`);
  const report = await replayPromises({ ...program, schedule }).catch((error: Error) => {
    throw finding('failed', `${call} is ${JSON.stringify(schedule)}. ${error.message}`, undefined, { cause: error });
  });
  if (report.notes.length > 0)
    throw finding('failed', `${call} is ${JSON.stringify(schedule)}. ${report.notes.join(' ')}`, picture(report));
  return report;
}

async function expectWithdrawals(name: keyof typeof explorations, wrong: Verdict = 'lost update') {
  expectPass(await explorePromises(explorations[name]()), `08 ${name}`, { violation: wrong });
}

const picture = (report: PromiseReport) => formatReport(report).split('\n').slice(2, -1).join('\n');
