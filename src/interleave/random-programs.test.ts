import fc from 'fast-check';
import { expect, test } from 'vitest';
import { enumerate } from './search-fixture.ts';
import type { InProcessBody } from './types.ts';

/** One step of a random program: what, on which of two words, with which small operand. */
interface RandomStep {
  readonly what: 'load' | 'store' | 'add' | 'cas' | 'exchange' | 'read' | 'write' | 'wait' | 'nap' | 'notify' | 'if';
  readonly word: number;
  readonly operand: number;
}

/** Does the steps in order and returns the sum of what it saw; `if` skips the step behind it if the word is 0. */
function interpreted(steps: readonly RandomStep[]): InProcessBody {
  return (memory, atomics) => {
    const { words } = memory as { words: Int32Array };
    let seen = 0;
    for (let at = 0; at < steps.length; at++) {
      const { what, word, operand } = steps[at]!;
      if (what === 'if') at += atomics.load(words, word) === 0 ? 1 : 0;
      else seen = seen * 3 + Number(doStep(words, atomics, what, word, operand)) + 1;
    }
    return seen;
  };
}

function doStep(words: Int32Array, atomics: typeof Atomics, what: RandomStep['what'], word: number, operand: number): unknown {
  switch (what) {
    case 'load':
      return atomics.load(words, word);
    case 'store':
      return atomics.store(words, word, operand);
    case 'add':
      return atomics.add(words, word, operand);
    case 'cas':
      return atomics.compareExchange(words, word, operand, operand + 1);
    case 'exchange':
      return atomics.exchange(words, word, operand);
    case 'read':
      return words[word];
    case 'write':
      return (words[word] = operand);
    case 'wait':
      return atomics.wait(words, word, operand).length;
    case 'nap':
      return atomics.wait(words, word, operand, 5).length;
    default:
      return atomics.notify(words, word, operand);
  }
}

const step = fc.record({
  what: fc.constantFrom<RandomStep['what']>('load', 'store', 'add', 'cas', 'exchange', 'read', 'write', 'wait', 'nap', 'notify', 'if'),
  word: fc.integer({ min: 0, max: 1 }),
  operand: fc.integer({ min: 0, max: 2 }),
});
const program = fc.oneof(
  fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 2 }),
  fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 3 }),
);

test('the state cache leaves out no outcome and no failure of 400 random programs, at any bound', () => {
  fc.assert(
    fc.property(program, fc.constantFrom(0, 1, 2, 3, Infinity), (threads, bound) => {
      const bodies = threads.map(interpreted);
      const plain = enumerate({ words: 2 }, bodies, { bound, cache: false });
      const cached = enumerate({ words: 2 }, bodies, { bound, cache: true });
      expect(cached.finding?.verdict).toEqual(plain.finding?.verdict);
      expect(cached.race).toBe(plain.race);
      // A failure ends the search where it is found; the cache may only have skipped on the way there.
      if (!plain.finding) expect(cached.finals).toEqual(plain.finals);
      expect(cached.schedules).toBeLessThanOrEqual(plain.schedules);
    }),
    { numRuns: 400, seed: 20_260_101 },
  );
});
