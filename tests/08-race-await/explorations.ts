import { described, type Described } from '#src/exploration/index.ts';
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
  'two-deposits': described(
    1,
    'A deposits 50 and B deposits 20 on a balance of 100',
    program('deposit', 'deposits', [50, 20]),
  ),
  'three-deposits': described(
    1,
    'A deposits 50, B 20 and C 10 on a balance of 100',
    program('deposit', 'deposits', [50, 20, 10]),
  ),
  'withdraw-1': described(2, 'one withdrawal of 1 from 100', withdrawals(1)),
  'withdraw-99': described(2, 'one withdrawal of 99 from 100', withdrawals(99)),
  'withdraw-100': described(2, 'one withdrawal of the whole balance, 100', withdrawals(100)),
  'withdraw-101': described(2, 'one withdrawal of 101 from 100, which is too much', withdrawals(101)),
  'large-amount': described(
    2,
    'one withdrawal of 1,000,000,000 from 5,000,000,000',
    program('withdraw', 'withdrawals', 5_000_000_000, [1_000_000_000]),
  ),
  'covered-once': described(2, 'A and B withdraw 80 each from 100: one of them must be refused', withdrawals(80, 80)),
  'both-covered': described(2, 'A withdraws 30 and B withdraws 40 from 100: both must succeed', withdrawals(30, 40)),
  'different-sizes': described(
    2,
    'A withdraws 90 and B withdraws 20 from 100: one of them must be refused',
    withdrawals(90, 20),
  ),
  'one-too-large': described(
    2,
    'A withdraws 120 and B withdraws 30 from 100: A must be refused and B paid',
    withdrawals(120, 30),
  ),
  'three-withdrawals': described(
    2,
    'A, B and C withdraw 50 each from 100: one of them must be refused',
    withdrawals(50, 50, 50),
  ),
  'covered-once-apart': described(
    2,
    'like covered-once, but an answer of the account takes two steps: it acts first and replies later',
    program('withdraw', 'withdrawals', 100, [80, 80], 'apart'),
  ),
  'broken-line': described(
    2,
    'the account rejects a read with an Error; later withdrawals must work',
    program('withdraw', 'brokenLine', 'read', new Error('the line is down')),
  ),
  'broken-write': described(
    2,
    'the account rejects a write with 0, which is no Error; later withdrawals must work',
    program('withdraw', 'brokenLine', 'write', 0),
  ),
  'broken-retry': described(
    2,
    'the account rejects a retry with a text; later withdrawals must work',
    program('withdraw', 'brokenLine', 'retry', 'the line is down'),
  ),
  'broken-beside': described(
    2,
    'A and B withdraw 30 each from 100, and the account rejects the first write: the other one must be paid',
    program('withdraw', 'brokenBeside'),
  ),
  overtaken: described(
    2,
    'somebody else is faster twenty times: a withdrawal that the balance covers must be paid all the same',
    program('withdraw', 'overtaken'),
  ),
  'paid-in-between': described(2, 'somebody pays in between two withdrawals', program('withdraw', 'paidInBetween')),
  addInOneLine: described(
    3,
    'customers A and B pay 30 and 12 with addInOneLine',
    program('till', 'adding', 'addInOneLine'),
  ),
  addInTwoLines: described(
    3,
    'customers A and B pay 30 and 12 with addInTwoLines',
    program('till', 'adding', 'addInTwoLines'),
  ),
  priceList: described(3, 'customers A and B ask for the price list at the same time', program('till', 'listing')),
} satisfies Record<string, Described<PromiseProgram>>;
