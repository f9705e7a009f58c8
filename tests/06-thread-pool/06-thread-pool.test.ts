import { expect, test } from 'vitest';
import { arena } from '#src/arena/index.ts';
import { poolSpeed, speedLimit } from '../support/pool-speed.ts';
import { idleLimit, poolSuite, scenarioLimit } from '../support/pool-suite.ts';

const url = new URL('./scenarios.ts', import.meta.url);
const scenarios = arena<typeof import('./scenarios.ts')>(url, { limit: scenarioLimit });
const idle = arena<typeof import('./scenarios.ts')>(url, { limit: idleLimit });

poolSuite({ name: 'ThreadPool', worker: 'Worker' }, scenarios, idle, {
  1: () => {
    test('a SharedArrayBuffer in an item is shared with the Worker', { tags: ['1.shared'] }, async () => {
      expect(await scenarios.addShared(5), 'the shared cell after five items that add one').toBe(5);
    });
  },
  3: () =>
    poolSpeed({
      baseline: arena(new URL('../../exercises/shared/countdown.ts', import.meta.url), { limit: speedLimit }),
      reference: arena(new URL('./baseline-count-down.ts', import.meta.url), { limit: speedLimit }),
      candidate: arena(url, { limit: speedLimit }),
    }),
});
