import type { PromiseProgram } from '#src/interleave/index.ts';

const program =
  (source: string, scenario: string, ...args: unknown[]) =>
  (): PromiseProgram => ({
    module: new URL(source === 'withdraw' ? './scenarios.ts' : './given-scenarios.ts', import.meta.url),
    scenario,
    args,
    source: `#kata/08-race-await/${source}.ts`,
  });

const withdrawals = (...amounts: number[]) => program('withdraw', 'withdrawals', 100, amounts);

/** What the suite explores. `npm run kata replay 08 <name> <schedule>` replays one schedule of it. */
export const explorations = {
  'two-deposits': program('deposit', 'deposits', [50, 20]),
  'three-deposits': program('deposit', 'deposits', [50, 20, 10]),
  'withdraw-1': withdrawals(1),
  'withdraw-99': withdrawals(99),
  'withdraw-100': withdrawals(100),
  'withdraw-101': withdrawals(101),
  'covered-once': withdrawals(80, 80),
  'both-covered': withdrawals(30, 40),
  'different-sizes': withdrawals(90, 20),
  'three-withdrawals': withdrawals(50, 50, 50),
  'covered-once-apart': program('withdraw', 'withdrawals', 100, [80, 80], 'apart'),
  'broken-line': program('withdraw', 'brokenLine', 'read', new Error('the line is down')),
  'broken-write': program('withdraw', 'brokenLine', 'write', 0),
  'broken-retry': program('withdraw', 'brokenLine', 'retry', 'the line is down'),
  'paid-in-between': program('withdraw', 'paidInBetween'),
  addInOneLine: program('till', 'adding', 'addInOneLine'),
  addInTwoLines: program('till', 'adding', 'addInTwoLines'),
  priceList: program('till', 'listing'),
};
