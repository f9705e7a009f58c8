import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Instruction } from '../testing/fixtures/promises/registers.ts';
import { closePromiseAgents, explorePromises, replayPromises } from './index.ts';

afterAll(closePromiseAgents);

const module = new URL('../testing/fixtures/promises/registers.ts', import.meta.url);
const instruction = fc.tuple(fc.constantFrom('read' as const, 'write' as const), fc.integer({ min: 0, max: 1 }));
const programs = fc
  .array(fc.array(instruction, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
  .filter((lanes) => lanes.flat().length <= 8);

/** Plain enumeration, by a model without promises: final memory of every schedule with at most `bound` switches. */
function enumerate(lanes: Instruction[][], bound: number): Map<string, number> {
  const ends = new Map<string, number>();
  const visit = (at: number[], hands: number[], memory: number[], last: number, switches: number): void => {
    const open = lanes.flatMap((program, lane) => (at[lane]! < program.length ? [lane] : []));
    if (open.length === 0) return void ends.set(memory.join(), (ends.get(memory.join()) ?? 0) + 1);
    for (const lane of open) {
      const cost = switches + (lane !== last && open.includes(last) ? 1 : 0);
      if (cost > bound) continue;
      const [kind, register] = lanes[lane]![at[lane]!]!;
      const nextHands = kind === 'read' ? hands.with(lane, memory[register]!) : hands;
      const nextMemory = kind === 'write' ? memory.with(register, hands[lane]! + lane + 1) : memory;
      visit(at.with(lane, at[lane]! + 1), nextHands, nextMemory, lane, cost);
    }
  };
  visit(
    lanes.map(() => 0),
    lanes.map(() => 0),
    [0, 0],
    -1,
    0,
  );
  return ends;
}

test(
  'every schedule once, on random programs: outcomes and their counts equal plain enumeration, at every bound',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(programs, fc.constantFrom(0, 1, 2, 100), async (lanes, bound) => {
        const report = await explorePromises({ module, scenario: 'registers', args: [lanes, 2], bound });
        const wanted = enumerate(lanes, bound);
        expect(new Map(report.outcomes.map(({ state, schedules }) => [state['memory'], schedules]))).toEqual(wanted);
        expect(report.schedules).toBe([...wanted.values()].reduce((sum, count) => sum + count));
      }),
      { numRuns: 120 },
    );
  },
);

test(
  'a random schedule, replayed, ends as the model says, and its token leads back to it',
  { timeout: 120_000 },
  async () => {
    const shuffled = programs.chain((lanes) =>
      fc.tuple(
        fc.constant(lanes),
        fc.shuffledSubarray(
          lanes.flatMap((program, lane) => program.map(() => lane)),
          { minLength: lanes.flat().length },
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([lanes, order]) => {
        const memory = [0, 0];
        const at = lanes.map(() => 0);
        const hands = lanes.map(() => 0);
        for (const lane of order) {
          const [kind, register] = lanes[lane]![at[lane]!++]!;
          if (kind === 'read') hands[lane] = memory[register]!;
          else memory[register] = hands[lane]! + lane + 1;
        }
        const program = { module, scenario: 'registers', args: [lanes, 2] };
        const report = await replayPromises({ ...program, schedule: order.map((lane) => `T${lane}`) });
        expect([report.outcomes[0]?.state, report.notes]).toEqual([{ memory: memory.join() }, []]);
        expect(await replayPromises({ ...program, schedule: report.token ?? '' })).toEqual(report);
      }),
      { numRuns: 120 },
    );
  },
);
