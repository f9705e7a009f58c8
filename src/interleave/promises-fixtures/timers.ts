// Timers in the code under test: only their order counts.
import { setTimeout as sleep, setImmediate as breathe } from 'node:timers/promises';
import type { World } from '../promises.ts';

/** @param kind how the timers are set; the state shows the order in which they fired */
export function timers(
  world: World,
  kind: 'same' | 'shorter later' | 'after an operation' | 'immediates' | 'clock' | 'cleared' | 'interval' | 'aborted',
) {
  const fired: unknown[] = [];
  const note = (what: unknown) => void fired.push(what);
  const tasks: Record<typeof kind, Record<string, () => Promise<unknown>>> = {
    same: { A: () => sleep(10).then(() => note('A')), B: () => sleep(10).then(() => note('B')) },
    'shorter later': { A: () => sleep(20).then(() => note('A')), B: () => sleep(10).then(() => note('B')) },
    'after an operation': {
      A: () => sleep(20).then(() => note('A')),
      B: async () => {
        await world.operation('call');
        await sleep(10);
        note('B');
      },
    },
    immediates: {
      A: () => breathe().then(() => note('A')),
      B: () => breathe().then(() => note('B')),
      C: () => sleep(1).then(() => note('C')),
    },
    clock: {
      A: async () => {
        const before = [Date.now(), performance.now()] as const;
        await sleep(1000);
        note(Date.now() - before[0]);
        note(performance.now() - before[1]);
        note(Math.random() === Math.random());
      },
    },
    cleared: {
      A: async () => {
        const timer = setTimeout(() => note('never'), 5);
        await sleep(1);
        clearTimeout(timer);
      },
    },
    interval: {
      A: () =>
        new Promise<void>((resolve) => {
          let times = 0;
          const timer = setInterval(() => {
            note(++times);
            if (times < 3) return;
            clearInterval(timer);
            resolve();
          }, 5);
        }),
    },
    aborted: {
      A: () => sleep(1000, undefined, { signal: AbortSignal.timeout(10) }).catch((error: Error) => note(error.name)),
    },
  };
  return { tasks: tasks[kind], state: () => ({ fired: fired.join(' ') }) };
}
