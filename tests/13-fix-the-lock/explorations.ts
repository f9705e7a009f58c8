import { described, type Described } from '#src/exploration/index.ts';
import type { ThreadProgram, ThreadSpec } from '#src/interleave/index.ts';

type Bodies = typeof import('./bodies.ts');

const module = new URL('./bodies.ts', import.meta.url);
const lanes = ['A', 'B', 'C', 'D', 'E'];

const thread = (name: string, body: keyof Bodies, ...args: unknown[]): ThreadSpec => ({ name, body, args });

/** Threads that increment under one lock, each so many times. */
function counting(body: 'incrementSpinning' | 'incrementSleeping', ...times: readonly number[]): ThreadProgram {
  const wanted = times.reduce((sum, each) => sum + each, 0);
  return {
    module,
    threads: times.map((each, at) => thread(lanes[at]!, body, each)),
    memory: { lock: 1, count: 1 },
    invariant: ({ count }: { count?: Int32Array }) =>
      count?.[0] === wanted ||
      `the count must be ${wanted}, but it is ${count?.[0]}: two threads were in the critical section at the same time`,
  };
}

/** A thread that keeps a lock forever, and others that want it. */
const keeping = (keep: keyof Bodies, ...others: readonly (keyof Bodies)[]): ThreadProgram => ({
  module,
  threads: [thread('A', keep), ...others.map((body, at) => thread(lanes[at + 1]!, body, 1))],
  memory: { lock: 1, gate: 1, count: 1 },
});

/**
 * Two threads want more than half of the balance each: one succeeds, and the other one gets a RangeError. A third
 * thread wants a little, and must succeed.
 */
const withdrawing = (): ThreadProgram => ({
  module,
  threads: [thread('A', 'withdrawSome', 80), thread('B', 'withdrawSome', 80), thread('C', 'withdrawSome', 10)],
  memory: { lock: 1, money: { initial: [100] } },
  invariant({ money }: { money?: Int32Array }, { A, B, C }) {
    const refused = [A, B].filter((each) => each === 'RangeError').length;
    if (refused !== 1 || C === 'RangeError')
      return (
        'of the withdrawals 80, 80 and 10 out of 100, one 80 and the 10 must succeed, ' +
        `but A got ${String(A)}, B got ${String(B)} and C got ${String(C)}`
      );
    if (money?.[0] !== 10) return `the balance must be 10, but it is ${money?.[0]}`;
    // Either order is fine: what is left after the 80 and after the 10 is 20 and 10, or 10 and 90.
    const left = [A === 'RangeError' ? B : A, C].join(' and ');
    return (
      left === '20 and 10' ||
      left === '10 and 90' ||
      'each withdrawal must return what is left, so the 80 and the 10 return 20 and 10, or 10 and 90, ' +
        `but they returned ${left}`
    );
  },
});

/** Two threads want no more than there is, together: both succeed, and nothing is left. */
const withdrawingAll = (): ThreadProgram => ({
  module,
  threads: [thread('A', 'withdrawSome', 60), thread('B', 'withdrawSome', 40)],
  memory: { lock: 1, money: { initial: [100] } },
  invariant({ money }: { money?: Int32Array }, { A, B }) {
    const left = `${String(A)} and ${String(B)}`;
    if (left !== '40 and 0' && left !== '0 and 60')
      return (
        'of the withdrawals 60 and 40 out of 100, both must succeed and return what is left, 40 and 0, or 0 and 60, ' +
        `but they ended with ${left}`
      );
    return money?.[0] === 0 || `the balance must be 0, but it is ${money?.[0]}`;
  },
});

/**
 * One thread wants more than there is, and fails, perhaps while the two others wait: a lock that it releases once more
 * than it took would let both of them in.
 */
const withdrawingTooMuch = (): ThreadProgram => ({
  module,
  threads: [thread('A', 'withdrawSome', 200), thread('B', 'withdrawSome', 50), thread('C', 'withdrawSome', 40)],
  memory: { lock: 1, money: { initial: [100] } },
  invariant({ money }: { money?: Int32Array }, { A, B, C }) {
    if (A !== 'RangeError')
      return `a withdrawal of 200 out of 100 must throw a RangeError, but it returned ${String(A)}`;
    const left = `${String(B)} and ${String(C)}`;
    if (left !== '50 and 10' && left !== '10 and 60')
      return (
        'beside a withdrawal that fails, those of 50 and 40 out of 100 must return what is left, 50 and 10, or 10 ' +
        `and 60, but they ended with ${left}`
      );
    return money?.[0] === 10 || `the balance must be 10, but it is ${money?.[0]}`;
  },
});

/** An amount that doesn't fit in 32 bits: taking it off an element of an Int32Array changes nothing. */
const hugeAmount = 2 ** 32;

/** One thread withdraws three times, too much in between, while another one withdraws once. */
const withdrawingThrice = (): ThreadProgram => ({
  module,
  threads: [thread('A', 'withdrawEach', 30, hugeAmount, 30), thread('B', 'withdrawSome', 20)],
  memory: { lock: 1, money: { initial: [100] } },
  invariant({ money }: { money?: Int32Array }, { A, B }) {
    const [first, tooMuch, last] = A as unknown[];
    if (tooMuch !== 'RangeError')
      return (
        `a withdrawal of 2 ** 32 out of 100 must throw a RangeError, but it returned ${String(tooMuch)}: compare the ` +
        'amount with the balance before you write, since an Int32Array keeps only 32 bits'
      );
    // B comes before the first, between the two, or after the last withdrawal of A.
    const left = [first, last, B].join(', ');
    if (!['50, 20, 80', '70, 20, 50', '70, 40, 20'].includes(left))
      return (
        "A's withdrawals of 30 and 30 and B's of 20 out of 100 must succeed and return what is left: 50, 20 and 80, " +
        `or 70, 20 and 50, or 70, 40 and 20, but they ended with ${left}`
      );
    return money?.[0] === 20 || `the balance must be 20, but it is ${money?.[0]}`;
  },
});

/**
 * Transfers between accounts of 100 each, and perhaps a thread that adds all up. No money may appear or vanish, at any
 * moment that a thread can see.
 */
function banking(threads: readonly ThreadSpec[], wanted: readonly number[]): ThreadProgram {
  return {
    module,
    threads,
    memory: { locks: wanted.length, money: { initial: wanted.map(() => 100) } },
    invariant({ money }: { money?: Int32Array }, returns) {
      const seen = Object.values(returns).find((each) => typeof each === 'number');
      if (seen !== undefined && seen !== 100 * wanted.length)
        return (
          `all accounts together must hold ${100 * wanted.length}, but total() returned ${String(seen)}: it added up ` +
          'while a transfer had taken money from one account and not yet given it to the other'
        );
      return (
        wanted.every((amount, account) => money?.[account] === amount) ||
        `the balances must be ${wanted.join(', ')}, but they are ${money?.join(', ')}`
      );
    },
  };
}

const watching = [thread('B', 'watch', 0), thread('C', 'watch', 1)];

/** While a thread holds an account's lock, its balance must not change. */
const watched = (program: ThreadProgram): ThreadProgram => ({
  ...program,
  invariant(memory, returns) {
    for (const [at, { name }] of watching.entries()) {
      const [first, second] = String(returns[name]).split(' and ');
      if (first !== second)
        return (
          `thread ${name} held the lock of account ${at} and read its balance twice, ${first} and then ${second}: a ` +
          'transfer must hold the locks of both of its accounts while it moves money'
        );
    }
    return program.invariant?.(memory, returns) ?? true;
  },
});

/** The programs behind this exercise's verdicts, for `npm run kata replay 13 <name> <token>`. */
export const explorations = {
  'spin-lock': described(1, 'A and B each increment once under the spin lock', () =>
    counting('incrementSpinning', 1, 1),
  ),
  'spin-lock-twice': described(1, 'A and B each increment twice under the spin lock', () =>
    counting('incrementSpinning', 2, 2),
  ),
  'spin-lock-of-three': described(1, 'A, B and C each increment once under the spin lock', () =>
    counting('incrementSpinning', 1, 1, 1),
  ),
  'spin-lock-three-times': described(1, 'A increments three times and B once under the spin lock', () =>
    counting('incrementSpinning', 3, 1),
  ),
  'spin-lock-kept': described(1, 'A keeps the spin lock forever, so B must spin forever', () =>
    keeping('keepSpinning', 'incrementSpinning'),
  ),
  'futex-lock': described(2, 'A, B and C each increment once under the lock that sleeps', () =>
    counting('incrementSleeping', 1, 1, 1),
  ),
  'futex-lock-of-four': described(2, 'A, B, C and D each increment once under the lock that sleeps', () =>
    counting('incrementSleeping', 1, 1, 1, 1),
  ),
  'futex-lock-of-five': described(2, 'A, B, C, D and E each increment once under the lock that sleeps', () =>
    counting('incrementSleeping', 1, 1, 1, 1, 1),
  ),
  'futex-lock-twice': described(2, 'A and B each increment twice under the lock that sleeps', () =>
    counting('incrementSleeping', 2, 2),
  ),
  'futex-lock-three-times': described(2, 'A increments three times, B and C once each under the lock that sleeps', () =>
    counting('incrementSleeping', 3, 1, 1),
  ),
  'futex-lock-kept': described(
    2,
    'A keeps the lock that sleeps forever, so B and C must sleep',
    () => keeping('keepSleeping', 'incrementSleeping', 'incrementSleeping'),
    { endsAsleep: 'Here A, B and C must sleep at the end.' },
  ),
  'futex-lock-taken-again': described(
    2,
    'A releases the lock that sleeps, takes it again and keeps it forever, so B must sleep',
    () => keeping('keepSleepingAgain', 'incrementSleeping'),
    { endsAsleep: 'Here A must sleep at the end, and B too unless it was faster.' },
  ),
  'futex-lock-alone': described(2, 'one thread increments three times: nobody is there to be woken', () =>
    counting('incrementSleeping', 3),
  ),
  'futex-lock-rested': described(2, 'A increments once and B three times: B waits once at the most', () =>
    counting('incrementSleeping', 1, 3),
  ),
  withdraw: described(3, 'A and B withdraw 80 each and C withdraws 10, from 100: one 80 must be refused', withdrawing),
  'withdraw-all': described(3, 'A withdraws 60 and B withdraws 40 from 100: both must succeed', withdrawingAll),
  'withdraw-too-much': described(
    3,
    'A withdraws 200 from 100 and must be refused, while B withdraws 50 and C withdraws 40',
    withdrawingTooMuch,
  ),
  'withdraw-three-times': described(
    3,
    'A withdraws 30, 2 ** 32 and 30 from 100, and B withdraws 20: only the 2 ** 32 must be refused',
    withdrawingThrice,
  ),
  transfer: described(4, 'A moves 30 from account 0 to 1, and B moves 10 back', () =>
    banking([thread('A', 'transferSome', 0, 1, 30), thread('B', 'transferSome', 1, 0, 10)], [80, 120]),
  ),
  'transfer-in-a-ring': described(4, 'A, B and C move money around a ring of three accounts', () =>
    banking(
      [
        thread('A', 'transferSome', 0, 1, 30),
        thread('B', 'transferSome', 1, 2, 10),
        thread('C', 'transferSome', 2, 0, 5),
      ],
      [75, 120, 105],
    ),
  ),
  'transfer-three-times': described(
    4,
    'A moves 30 from account 0 to 1, back and there again, and B moves 10 back',
    () => banking([thread('A', 'transferThrice', 0, 1, 30), thread('B', 'transferSome', 1, 0, 10)], [80, 120]),
  ),
  'transfer-too-much': described(
    4,
    'A moves 150 from account 0 to 1, more than it has, and B moves 10 back: both must end',
    () => ({
      ...banking([thread('A', 'transferTooMuch', 0, 1, 150), thread('B', 'transferSome', 1, 0, 10)], [100, 100]),
      // A balance may drop below 0, or the transfer may be refused.
      invariant: ({ money }: { money?: Int32Array }) =>
        money?.reduce((sum, each) => sum + each) === 200 ||
        `both accounts together must hold 200, but the balances are ${money?.join(' and ')}`,
    }),
  ),
  'transfer-past-one': described(4, 'A moves 30 from account 0 to 2, and B moves 10 back', () =>
    banking([thread('A', 'transferSome', 0, 2, 30), thread('B', 'transferSome', 2, 0, 10)], [80, 100, 120]),
  ),
  'transfer-to-itself': described(4, 'A moves 30 from account 1 to itself, and B moves 10 from account 0 to 1', () =>
    banking([thread('A', 'transferSome', 1, 1, 30), thread('B', 'transferSome', 0, 1, 10)], [90, 110]),
  ),
  'transfer-among-eleven': described(4, 'A moves 30 from account 2 to 10, and B adds up all eleven accounts', () =>
    banking(
      [thread('A', 'transferSome', 2, 10, 30), thread('B', 'audit')],
      [100, 100, 70, 100, 100, 100, 100, 100, 100, 100, 130],
    ),
  ),
  'transfer-watched': described(
    4,
    'A moves 30 from account 0 to 1, B holds the lock of account 0, and C that of account 1',
    () => watched(banking([thread('A', 'transferSome', 0, 1, 30), ...watching], [70, 130])),
  ),
  'transfer-and-total': described(4, 'A and B transfer, and C adds up all accounts meanwhile', () =>
    banking(
      [thread('A', 'transferSome', 0, 1, 30), thread('B', 'transferSome', 1, 0, 10), thread('C', 'audit')],
      [80, 120],
    ),
  ),
} satisfies Record<string, Described<ThreadProgram>>;
