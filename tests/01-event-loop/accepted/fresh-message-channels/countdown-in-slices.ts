import { MessageChannel } from 'node:worker_threads';
import { countdown, type Range } from '#shared/countdown.ts';

/** A message to oneself, over a channel for it alone. */
function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port2.once('message', () => {
      port2.close();
      resolve();
    });
    port1.postMessage(null);
  });
}

export async function countdownInSlices(range: Range, slice: number, onSlice?: (counted: number) => void) {
  if (Math.floor(slice) !== slice || slice < 1 || slice === Infinity) throw new RangeError('slice');
  // By recursion: the rest of the range after the first slice.
  const count = async ({ from, to }: Range, sum: number): Promise<number> => {
    if (from === to) return sum;
    await turn();
    const middle = from + slice < to ? from + slice : to;
    const more = sum + countdown({ from, to: middle });
    onSlice?.(middle - range.from);
    return count({ from: middle, to }, more);
  };
  return count(range, 0);
}
