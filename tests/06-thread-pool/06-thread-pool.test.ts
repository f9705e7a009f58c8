import { expect, test } from 'vitest';
import { arena } from '#src/arena/index.ts';
import { finding } from '#src/verdict/index.ts';
import { draw } from '../support/countdown-inputs.ts';
import { expectResult } from '../support/pool-checks.ts';
import { poolCalls } from '../support/pool-calls.ts';
import { poolSpeed, speedLimit } from '../support/pool-speed.ts';
import { idleLimit, longLimit, poolSuite, scenarioLimit } from '../support/pool-suite.ts';

const url = new URL('./scenarios.ts', import.meta.url);
const scenarios = arena<typeof import('./scenarios.ts')>(url, { limit: scenarioLimit, calls: poolCalls });
const long = arena<typeof import('./scenarios.ts')>(url, { limit: longLimit, calls: poolCalls });
const idle = arena<typeof import('./scenarios.ts')>(url, { limit: idleLimit, calls: poolCalls });

poolSuite({ name: 'ThreadPool', worker: 'Worker' }, scenarios, long, idle, {
  1: () => {
    test('a SharedArrayBuffer in an item is shared with the Worker', { tags: ['1.shared'] }, async () => {
      expect(await scenarios.addShared(5), 'the shared cell after five items that add one').toBe(5);
    });

    test('bytes in an item or a result are copied, not transferred', { tags: ['1.copy'] }, async () => {
      const sizes = [3, 2 ** 21] as const;
      const { left, calls } = await scenarios.keepBytes(sizes);
      for (const [at, size] of sizes.entries())
        if (left[at] !== size)
          throw finding(
            'failed',
            `An item of ${size} bytes must be copied, but after the call the caller's bytes were gone: ${left[at]} ` +
              'were left. Call postMessage without a transfer list.',
          );
      const kept = [
        { what: 'bytes', value: new Uint8Array([1, 2, 3]) },
        { what: 'an ArrayBuffer', value: new Uint8Array([4, 5]).buffer },
        { what: 'an ArrayBuffer of 2 MiB', value: new ArrayBuffer(2 ** 21) },
      ];
      for (const [at, call] of calls.entries()) {
        const { what, value } = kept[at % kept.length]!;
        const isAgain = at >= kept.length;
        expectResult(
          call,
          value,
          `when the task returns ${what} that it keeps${isAgain ? ', a second time' : ''}`,
          isAgain ? 'The Worker must copy them, too: a transfer takes them away from the task.' : '',
        );
      }
    });
  },
  3: () =>
    poolSpeed({
      baseline: arena(new URL('../../exercises/shared/countdown.ts', import.meta.url), { limit: speedLimit }),
      reference: arena(new URL('./baseline-count-down.ts', import.meta.url), { limit: speedLimit }),
      candidate: arena(url, { limit: speedLimit, calls: poolCalls }),
    }),
  5: () => {
    test(
      'each Worker gets heapLimitMb as the limit of its heap, a replaced one too',
      { tags: ['5.memory'] },
      async () => {
        const heapLimitMb = draw(40, 90);
        const [first, replaced] = await long.limits(heapLimitMb);
        if (first !== heapLimitMb || replaced !== heapLimitMb)
          throw finding(
            'failed',
            `With heapLimitMb ${heapLimitMb}, the heap of each Worker must be limited to ${heapLimitMb} MiB, but the ` +
              `limit of the first one is ${String(first)}, and that of the one that replaced it ${String(replaced)}.`,
          );
      },
    );
  },
  7: () => {
    test(
      'close() and destroy() resolve after the last Worker has ended, not after the first',
      { tags: ['7.close', '7.destroy', '7.again'] },
      async () => {
        for (const how of ['close', 'close again', 'destroy', 'destroy again'] as const) {
          const alive = await scenarios.aliveAtTheEnd(how);
          if (alive > 0)
            throw finding(
              'leak',
              `When ${how.split(' ')[0]}() of a pool with four idle Workers ` +
                `resolves${how.endsWith('again') ? ', called a second time,' : ''} all four must have ended, but ` +
                `${alive} had not. Wait for the 'exit' event of each Worker.`,
            );
        }
      },
    );
  },
});
