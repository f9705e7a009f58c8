import { fork } from 'node:child_process';
import { once } from 'node:events';

/** @returns the sum of the steps 0…n, counted by `parts` processes, each on an equal part */
export async function countDown(n: number, parts: number): Promise<number> {
  const at = (part: number) => Math.floor((n * part) / parts);
  const answers = Array.from({ length: parts }, (_, part) =>
    once(
      fork(new URL('./baseline-count-down.child.ts', import.meta.url), [String(at(part)), String(at(part + 1))]),
      'message',
    ),
  );
  return (await Promise.all(answers)).reduce((total, [sum]) => total + Number(sum), 0);
}
