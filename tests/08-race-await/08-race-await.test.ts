import { afterAll, describe, test } from 'vitest';
import { arena } from '#src/arena/arena.ts';
import {
  formatReport,
  closePromiseAgents,
  explorePromises,
  replayPromises,
  type PromiseProgram,
  type PromiseReport,
} from '#src/interleave/index.ts';
import { expectPass } from '#src/exploration/index.ts';
import { finding } from '#src/verdict/finding.ts';
import type { Verdict } from '#src/verdict/verdicts.ts';
import { explorations } from './explorations.ts';

const schedules = arena<typeof import('#kata/08-race-await/schedules.ts')>('#kata/08-race-await/schedules.ts');
const till = arena<typeof import('#kata/08-race-await/answers.ts')>('#kata/08-race-await/answers.ts');

afterAll(closePromiseAgents);

describe('Task 1: Lose a deposit', () => {
  test('losesA is an order of the two deposits after which 50 is missing', async () => {
    await expectBalance('losesA', await schedules.losesA(), 'two-deposits', 120);
  });

  test('losesB is an order of the two deposits after which 20 is missing', async () => {
    await expectBalance('losesB', await schedules.losesB(), 'two-deposits', 150);
  });

  test('keepsOnlyB is an order of three deposits after which only 20 has arrived', async () => {
    await expectBalance('keepsOnlyB', await schedules.keepsOnlyB(), 'three-deposits', 120);
  });
});

describe('Task 2: Withdraw, never too much', () => {
  test('one alone: pays what the balance covers, to the last coin, and refuses the rest', async () => {
    for (const amount of [1, 99, 100, 101] as const) await expectWithdrawals(`withdraw-${amount}`, 'failed');
  });

  test('two that are covered once: one is paid, the other refused, in every order', () =>
    expectWithdrawals('covered-once'));

  test('two that are both covered: both are paid, in every order', () => expectWithdrawals('both-covered', 'failed'));

  test('two of different size: what is refused was not covered, in every order', () =>
    expectWithdrawals('different-sizes'));

  test('three at once: two are paid, in every order', () => expectWithdrawals('three-withdrawals'));

  test("passes the account's error on, and the next withdrawal works again", async () => {
    await expectWithdrawals('broken-line', 'failed');
  });
});

describe('Task 3: Safe or not', () => {
  test.each(['addInOneLine', 'addInTwoLines', 'priceList'] as const)(
    '%s: is safe, or the order given breaks it',
    async (name) => {
      const answer = await till.answers();
      const said: unknown = (answer as Partial<typeof answer> | undefined)?.[name];
      if (typeof said !== 'string')
        throw finding(
          'failed',
          `answers() must say 'safe' or an order for ${name}, but it has ${JSON.stringify(said)}.`,
        );
      const program = explorations[name]();
      const proof = await explorePromises({ ...program, countAll: true });
      if (said === 'safe') {
        if (proof.failures > 0)
          throw finding(
            'failed',
            `${name} is said to be safe, but ${proof.failures} of its ${proof.schedules} orders break it.`,
          );
      } else {
        const report = await replay(`answers().${name}`, said, program);
        const proved = proof.failures === 0 ? ` It is safe: ${proof.coverage}` : '';
        if (report.verdict === 'pass')
          throw finding('failed', `${name} is said to break with ${said}, but it does not.${proved}`, picture(report));
      }
    },
  );
});

/** Replays the student's order of deposits on 100. */
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
      `After ${String(schedule)} the balance is ${String(balance)}, wanted ${wanted}.`,
      picture(report),
    );
}

/** An order is taken only as it was written: complete, and with nobody's turn passed over. */
async function replay(call: string, schedule: unknown, program: PromiseProgram): Promise<PromiseReport> {
  if (typeof schedule !== 'string')
    throw finding(
      'failed',
      `${call} must be an order written as letters, such as 'AABB', but it is ${JSON.stringify(schedule)}.`,
    );
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
