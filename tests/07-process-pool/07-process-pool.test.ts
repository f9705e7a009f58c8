import { expect, test } from 'vitest';
import { arena, observe } from '#src/arena/index.ts';
import { finding } from '#src/verdict/index.ts';
import { expectQueuedRan, expectRejected, expectUsable, rejectionOf, valueOf } from '../support/pool-checks.ts';
import { poolCalls } from '../support/pool-calls.ts';
import { poolSpeed, speedLimit } from '../support/pool-speed.ts';
import { idleLimit, poolSuite, scenarioLimit } from '../support/pool-suite.ts';

const url = new URL('./scenarios.ts', import.meta.url);
const scenarios = arena<typeof import('./scenarios.ts')>(url, { limit: scenarioLimit, calls: poolCalls });
/** For a program that starts a pool of its own. */
const patient = arena<typeof import('./scenarios.ts')>(url, { limit: 3 * scenarioLimit, calls: poolCalls });
const idle = arena<typeof import('./scenarios.ts')>(url, { limit: idleLimit, calls: poolCalls });

poolSuite({ name: 'ProcessPool', worker: 'child process' }, scenarios, idle, {
  1: () => {
    test(
      'Map, Set, Date, undefined, NaN, bigint and bytes arrive as they were sent',
      { tags: ['1.copy'] },
      async () => {
        const { value } = await scenarios.roundTrip();
        expect(value).toEqual({
          map: new Map([['key', new Set([1])]]),
          date: new Date(0),
          nothing: undefined,
          notANumber: NaN,
          big: 2n ** 64n,
          bytes: new Uint8Array([1, 2, 3]),
        });
      },
    );
  },
  3: () =>
    poolSpeed({
      baseline: arena(new URL('../../exercises/shared/countdown.ts', import.meta.url), { limit: speedLimit }),
      reference: arena(new URL('./baseline-count-down.ts', import.meta.url), { limit: speedLimit }),
      candidate: arena(url, { limit: speedLimit, calls: poolCalls }),
    }),
  4: () => {
    test('run() rejects if the item or its result is a SharedArrayBuffer', { tags: ['4.shared'] }, async () => {
      const { item, result, afterwards } = await scenarios.sendShared();
      rejectionOf(item, 'run with a SharedArrayBuffer in its item');
      rejectionOf(result, 'run of a task that returns a SharedArrayBuffer');
      expectUsable(afterwards);
    });
  },
  5: () => {
    test('run() rejects with the name of the signal that ended the process', { tags: ['5.signal'] }, async () => {
      const { lost, queued } = await scenarios.lose({ do: 'kill' });
      expectRejected(lost, /SIGKILL/, 'run() of a task whose process SIGKILL ended', 'the name of the signal, SIGKILL');
      expectQueuedRan(queued);
    });
  },
  7: () => {
    test(
      'a program that exits while an item is running leaves no process behind',
      { tags: ['7.orphans'] },
      async () => {
        for (const how of ['spin', 'wait'] as const) {
          const { gone } = valueOf(await observe(patient).exitInTheMiddle(how));
          if (!gone)
            throw finding(
              'leak',
              `A program that called process.exit() while an item ` +
                `${how === 'spin' ? 'computed' : 'waited for a timer'} left its child process behind. The ` +
                `child gets 'disconnect' unless it computes; for that case the pool needs process.on('exit').`,
            );
        }
      },
    );
  },
});
