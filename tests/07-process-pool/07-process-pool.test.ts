import { expect, test } from 'vitest';
import { arena, observe } from '#src/arena/arena.ts';
import { finding } from '#src/verdict/index.ts';
import { expectRejected, rejectionOf, valueOf } from '../support/pool-checks.ts';
import { poolSpeed, speedLimit } from '../support/pool-speed.ts';
import { idleLimit, poolSuite, scenarioLimit } from '../support/pool-suite.ts';

const url = new URL('./scenarios.ts', import.meta.url);
const scenarios = arena<typeof import('./scenarios.ts')>(url, { limit: scenarioLimit });
const idle = arena<typeof import('./scenarios.ts')>(url, { limit: idleLimit });

poolSuite({ name: 'ProcessPool', worker: 'child process' }, scenarios, idle, {
  1: () => {
    test('items and results arrive as they were sent: Map, Set, Date, undefined, NaN, bigint, bytes', async () => {
      const { value } = await scenarios.roundTrip();
      expect(value).toEqual({
        map: new Map([['key', new Set([1])]]),
        date: new Date(0),
        nothing: undefined,
        notANumber: NaN,
        big: 2n ** 64n,
        bytes: new Uint8Array([1, 2, 3]),
      });
    });
  },
  3: () =>
    poolSpeed({
      baseline: arena('#kata/07-process-pool/countdown.ts', { limit: speedLimit }),
      reference: arena(new URL('./baseline-count-down.ts', import.meta.url), { limit: speedLimit }),
      candidate: arena(url, { limit: speedLimit }),
    }),
  4: () => {
    test('memory that is made to be shared cannot be sent to a process, and that rejects', async () => {
      const { item, result, afterwards } = await scenarios.sendShared();
      rejectionOf(item, 'run with a SharedArrayBuffer in its item');
      rejectionOf(result, 'run of a task that returns a SharedArrayBuffer');
      expect(afterwards).toEqual({ value: 'usable' });
    });
  },
  5: () => {
    test('a signal that ends the process rejects with its name', async () => {
      const { lost, queued } = await scenarios.lose({ do: 'kill' });
      expectRejected(lost, /SIGKILL/);
      expect(queued, 'what waited behind it').toEqual([{ value: 1 }, { value: 2 }, { value: 3 }]);
    });
  },
  7: () => {
    test('a program that exits in the middle of an item leaves no process behind', async () => {
      for (const how of ['spin', 'wait'] as const) {
        const { gone } = valueOf(await observe(scenarios).exitInTheMiddle(how));
        if (!gone)
          throw finding(
            'leak',
            `A program that called process.exit() while an item ` +
              `${how === 'spin' ? 'computed' : 'waited for a timer'} left its child process behind. The child ` +
              `hears 'disconnect' if it can; the pool has process.on('exit').`,
          );
      }
    });
  },
});
