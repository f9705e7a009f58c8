import { expect, test } from 'vitest';
import { arena, observe } from '#src/arena/index.ts';
import { finding } from '#src/verdict/index.ts';
import { draw } from '../support/countdown-inputs.ts';
import {
  endOf,
  expectMessageAndCode,
  expectPoolClosed,
  expectQueuedRan,
  expectRejected,
  expectUsable,
  rejectionOf,
  valueOf,
} from '../support/pool-checks.ts';
import { poolCalls } from '../support/pool-calls.ts';
import { poolSpeed, speedLimit } from '../support/pool-speed.ts';
import { idleLimit, longLimit, poolSuite, scenarioLimit } from '../support/pool-suite.ts';
import type { AtExit } from './scenarios.ts';

const url = new URL('./scenarios.ts', import.meta.url);
const scenarios = arena<typeof import('./scenarios.ts')>(url, { limit: scenarioLimit, calls: poolCalls });
const long = arena<typeof import('./scenarios.ts')>(url, { limit: longLimit, calls: poolCalls });
const idle = arena<typeof import('./scenarios.ts')>(url, { limit: idleLimit, calls: poolCalls });

/** What a process was doing when the program exited, and what to do about it. */
const atExit: Record<AtExit, readonly [string, string]> = {
  waiting: ['its item was waiting for a timer', "Kill the children of all pools in process.on('exit')."],
  computing: [
    'its item was computing',
    "Such a child doesn't see 'disconnect': kill the children of all pools in process.on('exit'), with SIGKILL, " +
      'since a task may handle SIGTERM. One listener is enough.',
  ],
  failed: [
    'the call had failed, but another of its items was still computing',
    'A child of a failed call still has to be killed.',
  ],
  closing: [
    'its item was computing, and close() waited for it',
    "Kill a child in process.on('exit') until it has ended, not only until close() is called.",
  ],
  starting: [
    'the call had just been made, so its process was still starting',
    "Note a child when fork() returns it, not at 'spawn'.",
  ],
};

poolSuite({ name: 'ProcessPool', worker: 'child process' }, scenarios, long, idle, {
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
    test(
      'run() rejects if the item or its result is a SharedArrayBuffer',
      { tags: ['4.shared', '4.error'] },
      async () => {
        const { item, result, chunk, thrown, afterwards } = await scenarios.sendShared();
        rejectionOf(item, 'run with a SharedArrayBuffer in its item');
        rejectionOf(result, 'run of a task that returns a SharedArrayBuffer');
        const { index } = rejectionOf(chunk, 'map of a chunk with a SharedArrayBuffer in its second item');
        if (index !== 1)
          throw finding(
            'failed',
            'Item 1, the second one of its chunk, holds a SharedArrayBuffer, so the index of the ItemError must be ' +
              `1, but it is ${String(index)}. Look for it with serialize(): structuredClone() accepts shared memory.`,
          );
        expectMessageAndCode(
          rejectionOf(thrown, 'run of a task that throws an error with a SharedArrayBuffer in it'),
          'an error with a field that cannot be sent, a SharedArrayBuffer',
          'structuredClone() accepts shared memory: find out with serialize() which fields cannot be sent.',
        );
        expectUsable(afterwards);
      },
    );
  },
  5: () => {
    test('run() rejects with the name of the signal that ended the process', { tags: ['5.signal'] }, async () => {
      const { lost, queued } = await scenarios.lose({ do: 'kill' });
      expectRejected(lost, /SIGKILL/, 'run() of a task whose process SIGKILL ended', 'the name of the signal, SIGKILL');
      expectQueuedRan(queued);
    });

    test('a process that replaces another has the same limit of its heap', { tags: ['5.memory'] }, async () => {
      const [first, replaced] = await long.limits(draw(40, 90));
      if (first !== replaced)
        throw finding(
          'failed',
          `heapLimitMb holds for every process of the pool, but the heap of the first one is limited to ` +
            `${String(first)} bytes, and that of the one that replaced it to ${String(replaced)}. Start both with ` +
            'the same options.',
        );
    });

    test('run() rejects if the system refuses to start a process', { tags: ['5.no-process'] }, async () => {
      const { refused, afterwards } = endOf(
        await observe(scenarios).refusedProcess(),
        'If no process can be started, run() must reject, and the next call must try again',
        "Then 'error' comes and 'close' after it, but never 'exit': listen for 'error' and 'close'.",
      );
      rejectionOf(refused, 'run() while the system starts no process');
      expectUsable(afterwards);
    });
  },
  7: () => {
    test(
      'a program that exits while an item is running leaves no process behind',
      { tags: ['7.orphans'] },
      async () => {
        const [left] = valueOf(await observe(long).exitInTheMiddle()).left;
        if (left === undefined) return;
        const [what, hint] = atExit[left];
        throw finding(
          'leak',
          `A program with several pools called process.exit(), and a child process stayed behind: ${what}. ${hint}`,
        );
      },
    );

    test(
      'destroy() and close() end a process, even if a task handles SIGTERM',
      { tags: ['7.destroy', '7.close'] },
      async () => {
        const { call, outlived } = await scenarios.deafToSigterm();
        expectPoolClosed(call, 'A call of a destroyed pool');
        if (outlived)
          throw finding(
            'failed',
            'destroy() must end the processes at once, but a task that handles SIGTERM went on after it. End a ' +
              'process with SIGKILL, which no task can handle.',
          );
        endOf(
          await observe(scenarios).closeDeaf(),
          'close() must end an idle process, even if a task has left a handler for SIGTERM',
          'End it with SIGKILL, which no task can handle, whether it is idle or not.',
        );
      },
    );
  },
});
