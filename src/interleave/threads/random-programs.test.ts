import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { interpret } from '../testing/fixtures/threads/random-steps.ts';
import type { RandomStep } from '../testing/fixtures/threads/random-steps.ts';
import { closeAgents, replay } from '../index.ts';
import { enumerate } from '../testing/enumerate.ts';
import type { InProcessBody } from './index.ts';

afterAll(closeAgents);

function interpreted(steps: readonly RandomStep[]): InProcessBody {
  return (memory, atomics) => interpret(memory as { words: Int32Array }, steps, atomics);
}

const SLEEPLESS = ['load', 'store', 'add', 'cas', 'exchange', 'read', 'write', 'if'] as const;

/** Programs of two threads with up to five steps, or of three with up to three. */
function programs(...what: RandomStep['what'][]): fc.Arbitrary<RandomStep[][]> {
  const step = fc.record({
    what: fc.constantFrom(...what),
    word: fc.integer({ min: 0, max: 1 }),
    operand: fc.integer({ min: 0, max: 2 }),
  });
  const threads = (count: number, steps: number) =>
    fc.array(fc.array(step, { minLength: 1, maxLength: steps }), { minLength: count, maxLength: count });
  return fc.oneof(threads(2, 5), threads(3, 3));
}

test('the state cache leaves out no outcome of 300 random programs, at any bound', () => {
  fc.assert(
    fc.property(programs(...SLEEPLESS), fc.constantFrom(0, 1, 2, 3, Infinity), (threads, bound) => {
      const bodies = threads.map(interpreted);
      const plain = enumerate({ words: 2 }, bodies, { bound, cache: false });
      const cached = enumerate({ words: 2 }, bodies, { bound, cache: true });
      expect(cached.finals).toEqual(plain.finals);
      expect(cached.race).toBe(plain.race);
      expect(cached.schedules).toBeLessThanOrEqual(plain.schedules);
    }),
    { numRuns: 300, seed: 20_260_101 },
  );
});

test('nor does it leave out a deadlock of 200 that sleep and notify', () => {
  fc.assert(
    fc.property(
      programs(...SLEEPLESS, 'wait', 'nap', 'notify', 'notify'),
      fc.constantFrom(0, 1, 2, Infinity),
      (threads, bound) => {
        const bodies = threads.map(interpreted);
        const plain = enumerate({ words: 2 }, bodies, { bound, cache: false });
        const cached = enumerate({ words: 2 }, bodies, { bound, cache: true });
        expect(cached.failure?.verdict).toEqual(plain.failure?.verdict);
        if (!plain.failure) expect(cached.finals).toEqual(plain.finals);
      },
    ),
    { numRuns: 200, seed: 20_260_102 },
  );
});

/**
 * All final memories and returns, by running every interleaving from its start on plain memory: nothing of the
 * explorer's own.
 */
function bruteForce(threads: readonly (readonly RandomStep[])[]): string[] {
  const finals = new Set<string>();
  const run = (schedule: readonly number[]): void => {
    const words = new Int32Array(2);
    const runs = threads.map((steps) => steppedRun(words, steps));
    const results = runs.map((each) => each.next());
    for (const thread of schedule) results[thread] = runs[thread]!.next();
    const open = results.flatMap(({ done }, thread) => (done ? [] : [thread]));
    if (open.length === 0) {
      const returns = results.map(({ value }, thread) => `"${'ABC'[thread]}":"${String(value)}"`);
      finals.add(`{"words":["${words[0]}","${words[1]}"]} {${returns.join(',')}}`);
    }
    for (const thread of open) run([...schedule, thread]);
  };
  run([]);
  return [...finals].sort();
}

/** The interpreter once more, as a generator that stops before each step. */
function* steppedRun(words: Int32Array, steps: readonly RandomStep[]): Generator<void, number> {
  let seen = 0;
  for (let at = 0; at < steps.length; at++) {
    const { what, word, operand } = steps[at]!;
    yield;
    const old = words[word]!;
    if (what === 'if') {
      at += old === 0 ? 1 : 0;
      continue;
    }
    if (what === 'store' || what === 'write' || what === 'exchange') words[word] = operand;
    if (what === 'add') words[word] = old + operand;
    if (what === 'cas' && old === operand) words[word] = operand + 1;
    seen = seen * 3 + (what === 'store' || what === 'write' ? operand : old) + 1;
  }
  return seen;
}

test('the outcomes of 200 random programs are those of brute force', () => {
  fc.assert(
    fc.property(programs(...SLEEPLESS), (threads) => {
      expect(enumerate({ words: 2 }, threads.map(interpreted), { bound: Infinity, cache: true }).finals).toEqual(
        bruteForce(threads),
      );
    }),
    { numRuns: 200, seed: 20_260_103 },
  );
});

test('40 random schedules of random programs do on real threads what they do in the model', async () => {
  const module = new URL('../testing/fixtures/threads/random-steps.ts', import.meta.url);
  await fc.assert(
    fc.asyncProperty(
      programs(...SLEEPLESS, 'wait', 'nap', 'notify'),
      fc.array(fc.nat(2), { maxLength: 12 }),
      async (threads, schedule) => {
        const lanes = threads.map((steps, lane) => ({ name: 'ABC'[lane]!, body: 'interpret', args: [steps] }));
        const names = schedule.map((lane) => 'ABC'[lane % threads.length]!);
        const report = await replay({
          module,
          threads: lanes,
          memory: { words: 2 },
          schedule: names,
          expectRaces: 'allow',
        });
        expect(report.demonstrated).toBe(true);
      },
    ),
    { numRuns: 40, seed: 20_260_104 },
  );
}, 120_000);
