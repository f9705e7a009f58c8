import type { World } from '../promises.ts';

/** Reads a register into the task's hand, or writes what is in the hand plus the lane's own number into one. */
export type Instruction = ['read' | 'write', number];

/** Tasks that each run a list of instructions on shared registers. */
export function registers(world: World, programs: Instruction[][], count: number) {
  const memory = new Array<number>(count).fill(0);
  const task = (program: Instruction[], lane: number) => async () => {
    let hand = 0;
    for (const [kind, at] of program) {
      if (kind === 'read') hand = await world.operation(`read ${at}`, () => memory[at] as number);
      else await world.operation(`write ${at}`, () => void (memory[at] = hand + lane + 1));
    }
  };
  return {
    tasks: Object.fromEntries(programs.map((program, lane) => [`T${lane}`, task(program, lane)])),
    state: () => ({ memory: memory.join() }),
  };
}
