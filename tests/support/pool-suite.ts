// One suite for both pools. The checks that hold for one pool only come from its own test file, by task.
import { describe, expect, test } from 'vitest';
import { findingOf, observe, type Remote, type Observation } from '#src/arena/index.ts';
import { finding, named } from '#src/verdict/index.ts';
import { draw, seed } from './countdown-inputs.ts';
import { expectRejected, expectUsable, rejectionOf, valueOf } from './pool-checks.ts';
import type { poolScenarios } from './pool-scenarios.ts';
import type { PoolKind, Settled } from './pool-types.ts';

export type PoolScenarios = ReturnType<typeof poolScenarios>;

/**
 * Registers the checks that hold for one pool only, by the number of their task. Each pool measures its own speed-up.
 */
export type OwnChecks = Partial<Record<number, () => void>> & { readonly 3: () => void };

/** Milliseconds for one scenario. It is longer than a task waits for a mark. */
export const scenarioLimit = 12_000;
/** Milliseconds after which a process that has nothing to do, but is still running, counts as kept alive. */
export const idleLimit = 8_000;

const value = draw(1, 1_000_000);
const count = draw(300, 600);
const by = `(KATA_SEED=${seed})`;
const numbers = (length: number) => Array.from({ length }, (_, at) => at);

/**
 * Registers the checks of all tasks.
 * @param kind what the pool's Workers are
 * @param scenarios the exercise's scenarios, in an arena with {@link scenarioLimit}
 * @param idle the same, with {@link idleLimit}
 * @param own registers the checks of a task that hold for this pool only, by the task's number
 */
export function poolSuite(
  kind: PoolKind,
  scenarios: Remote<PoolScenarios>,
  idle: Remote<Pick<PoolScenarios, 'idleForEver' | 'unusedForEver'>>,
  own: OwnChecks,
): void {
  const { name, worker } = kind;
  const tally = (observation: Observation) => (worker === 'Worker' ? observation.workers : observation.children);

  function expectNothingLeft(observation: Observation, after: string): void {
    if (observation.left.length > 0)
      throw finding(
        'leak',
        `When ${after} has resolved, every Worker must have ended, but there was still ` +
          `${observation.left.join(' and ')}.`,
      );
  }

  describe.concurrent('Task 1: Run one item', () => {
    test(
      'run() resolves to what the task returns, or to what its promise resolves to',
      { tags: ['1.result'] },
      async () => {
        expect(await scenarios.runOnce({ do: 'echo', value }), by).toEqual({ value });
        expect(await scenarios.runOnce({ do: 'echo later', value: [value, { deep: 'one' }] }), by).toEqual({
          value: [value, { deep: 'one' }],
        });
      },
    );

    test(`runs the task in a ${worker} and keeps it for the next item`, { tags: ['1.kept'] }, async () => {
      const { own: program, places } = await scenarios.places(4, 1);
      if (places.some(({ pid, threadId }) => pid === program.pid && threadId === program.threadId)) {
        throw finding(
          'sequential in disguise',
          `run() must run the task in a ${worker}, but the task ran on the thread that called run().`,
        );
      }
      expect(
        new Set(places.map(({ pid }) => pid === program.pid)),
        `process of the task is that of the pool: ${worker}`,
      ).toEqual(new Set([worker === 'Worker']));
      expect(
        places.map((place) => place.count),
        'how many items the task module had seen at each item: one Worker loads it once and sees all four',
      ).toEqual([1, 2, 3, 4]);
    });

    test('runs as many items at the same time as the pool has Workers', { tags: ['1.parallel'] }, async () => {
      // Each of three items blocks until another one is there: no clock can make that true.
      for (const met of await scenarios.meet(3)) {
        if (met !== true)
          throw finding(
            'sequential in disguise',
            `Three items on a ${name} of size 3 must run at the same time, but one of them waited in vain ` +
              `for another to start.`,
          );
      }
    });

    test(
      'never has more Workers than its size, and never runs two items at once on one Worker',
      { tags: ['1.limit'] },
      async () => {
        const observation = await observe(scenarios).runAtOnce(new Array(12).fill({ do: 'overlap' }), 2);
        const most = valueOf(observation);
        const { peak } = tally(observation);
        if (peak > 2)
          throw finding(
            'over the limit',
            `A ${name} of size 2 must have at most two Workers, but ${peak} (kind: ${worker}) were alive at once.`,
          );
        if (most.some((each) => each !== 1))
          throw finding(
            'over the limit',
            `Each ${worker} must run one item at a time, but up to ${Math.max(...(most as number[]))} were under way ` +
              `in one.`,
          );
      },
    );

    test('throws a RangeError if size is not a positive integer', { tags: ['1.range-error'] }, async () => {
      expect(await scenarios.construct([0, -1, 1.5, NaN])).toEqual(new Array(4).fill('RangeError'));
    });

    own[1]?.();
  });

  describe.concurrent('Task 2: Map in order', () => {
    test('map() resolves to the results in the order of the items', { tags: ['2.order'] }, async () => {
      await named('wrong order', async () =>
        expect(await scenarios.mapNumbers(count, 3), by).toEqual({ value: numbers(count) }),
      );
    });

    test(
      'a free Worker takes the next item while the other one is still busy with a slow item',
      { tags: ['2.dynamic'] },
      async () => {
        const results = await scenarios.mapAroundSlowItem(12);
        if (!results.includes(true)) {
          throw finding(
            'failed',
            'While the first item ran on one of two Workers, the other Worker must run all eleven others, but some ' +
              'of them waited until the first one ended. Hand out an item when a Worker is free, not beforehand.',
          );
        }
        await named('wrong order', () =>
          expect(results, 'the results, that of the slow item first').toEqual([
            true,
            ...numbers(12)
              .slice(1)
              .map((at) => `item ${at}`),
          ]),
        );
      },
    );

    test(
      'hands out chunks of chunkSize items and runs each chunk in order on one Worker',
      { tags: ['2.chunk'] },
      async () => {
        for (const chunkSize of [7, 10_000])
          expect(await scenarios.mapNumbers(count, 2, chunkSize), `chunkSize ${chunkSize} ${by}`).toEqual({
            value: numbers(count),
          });
        const places = await scenarios.mapPlaces(20, 2, 5);
        for (let from = 0; from < 20; from += 5) {
          const chunk = places.slice(from, from + 5);
          expect(
            new Set(chunk.map(({ instance }) => instance)).size,
            `Workers that items ${from} to ${from + 4}, one chunk of 5, ran on`,
          ).toBe(1);
          const counts = chunk.map((place) => place.count);
          await named('wrong order', () =>
            expect(counts, `how many items the Worker had seen by each of items ${from} to ${from + 4}`).toEqual(
              numbers(5).map((at) => counts[0]! + at),
            ),
          );
        }
      },
    );

    test('map([]) resolves to an empty array', { tags: ['2.empty'] }, async () => {
      expect(await scenarios.mapNumbers(0, 2)).toEqual({ value: [] });
    });

    test('two calls of map() at the same time get their own results', { tags: ['2.two-calls'] }, async () => {
      expect(await scenarios.twoMaps()).toEqual([
        ['a0', 'a1', 'a2', 'a3'],
        ['b0', 'b1', 'b2', 'b3'],
      ]);
    });

    test(
      'map() rejects with a RangeError if chunkSize is not a positive integer',
      { tags: ['2.range-error'] },
      async () => {
        for (const chunkSize of [0, 1.5])
          expect(
            rejectionOf(await scenarios.mapNumbers(3, 2, chunkSize), `map with chunkSize ${chunkSize}`).builtIn,
          ).toBe('RangeError');
      },
    );

    own[2]?.();
  });

  describe('Task 3: Speed-up', () => own[3]());

  describe.concurrent('Task 4: Errors', () => {
    test(
      'run() rejects with the name, message, code and cause of the error that the task threw',
      { tags: ['4.error'] },
      async () => {
        for (const how of ['throw', 'throw later'] as const) {
          const {
            name: errorName,
            message,
            code,
            cause,
          } = rejectionOf(await scenarios.runOnce({ do: how, what: 'shop error' }), 'run');
          expect({ name: errorName, message, code }, `${how}: the error`).toEqual({
            name: 'ShopError',
            message: 'no tea left',
            code: 'SOLD_OUT',
          });
          expect(cause, `${how}: its cause`).toMatchObject({
            name: 'TypeError',
            message: 'the shelf is empty',
            code: 'EMPTY',
          });
        }
        const endings = await scenarios.runEach([
          { do: 'throw', what: 'numbered error' },
          { do: 'throw later', what: 'error with a cause in words' },
        ]);
        const [numbered, inWords] = endings.map((ending) => rejectionOf(ending, 'run'));
        expect(
          [numbered?.code, numbered?.cause?.value],
          'the code and the cause of an error with the code 42 and the cause 0',
        ).toEqual([42, 0]);
        expect(
          [inWords?.code, inWords?.cause?.value],
          "the code and the cause of an error with the code 0 and the cause 'all are broken'",
        ).toEqual([0, 'all are broken']);
      },
    );

    test('run() rejects with an instance of the same built-in class', { tags: ['4.built-in'] }, async () => {
      const endings = await scenarios.runEach([
        { do: 'throw', what: 'type error' },
        { do: 'throw later', what: 'range error' },
        { do: 'throw', what: 'syntax error' },
      ]);
      expect(
        endings.map((ending) => rejectionOf(ending, 'run')).map(({ builtIn, message }) => `${builtIn}: ${message}`),
        'what run() rejected with',
      ).toEqual(['TypeError: that is no tea', 'RangeError: that is no tea', 'SyntaxError: that is no tea']);
    });

    test(
      'run() rejects when the task throws null, undefined, a string or a function',
      { tags: ['4.any-value', '4.usable'] },
      async () => {
        const endings = await scenarios.runEach(
          (['null', 'undefined', 'text', 'empty text', 'zero', 'false', 'function'] as const).map((what) => ({
            do: 'throw',
            what,
          })),
        );
        for (const [at, what] of ['null', 'undefined', "'a text'", "''", '0', 'false', 'a function'].entries()) {
          if (!endings[at]?.thrown)
            throw finding(
              'failed',
              `A task that does "throw ${what}" must make run() reject, but it resolved to ` +
                `${String(endings[at]?.value)}.`,
            );
        }
        expect(
          endings.slice(0, 6).map(({ thrown }) => thrown?.value),
          'what run() rejected with',
        ).toEqual([null, undefined, 'a text', '', 0, false]);
      },
    );

    test(
      'if an item or its result cannot be sent, the call rejects with a message that shows the item',
      { tags: ['4.unsendable', '4.usable'] },
      async () => {
        const [result, usable] = (await scenarios.runEach([
          { do: 'unclonable', tag: 'teapot' },
          { do: 'echo', value },
        ])) as [Settled, Settled];
        expect(rejectionOf(result, 'run').message, 'the message for a result with a function in it').toContain(
          'teapot',
        );
        expectUsable(usable, value);
        const items = await scenarios.unsendable();
        expect(rejectionOf(items.run, 'run').message, 'the message for an item with a function in it').toContain(
          'teapot',
        );
        expect(rejectionOf(items.map, 'map').index, 'index of the item that cannot be sent').toBe(1);
        expectUsable(items.afterwards);
      },
    );

    test(
      'map() rejects with an ItemError as soon as one item has failed, while another is still running',
      { tags: ['4.item-error', '4.at-once'] },
      async () => {
        const { failure, firstGaveUp } = await scenarios.firstFailureInTime();
        const { name: errorName, index, cause } = rejectionOf(failure, 'map');
        expect({ name: errorName, index }, 'what map rejected with').toEqual({ name: 'ItemError', index: 2 });
        expect(cause, 'its cause, what the task threw').toMatchObject({ name: 'ShopError', code: 'SOLD_OUT' });
        if (firstGaveUp)
          throw finding(
            'failed',
            'map() must reject as soon as one item has failed, but it waited for an item that was still running.',
          );
      },
    );

    test(
      'map() starts no further item after a failure, and the pool stays usable',
      { tags: ['4.stop', '4.usable'] },
      async () => {
        const { failure, ran, afterwards } = await scenarios.firstFailureInTime();
        rejectionOf(failure, 'map');
        if (ran.length > 0)
          throw finding(
            'leak',
            `After item 2 has failed, no other item of that call may start, but ${ran.length} did ` +
              `(${ran.slice(0, 3).join(', ')}…). Take the call off the queue.`,
          );
        expect(afterwards, 'results of the next map').toEqual([1, 2, 3, 4]);
      },
    );

    test(
      'a failure inside a chunk has the index of its item, and the items behind it do not run',
      { tags: ['4.item-error', '4.stop'] },
      async () => {
        const { failure, ran, afterwards } = await scenarios.failureInChunk();
        expect(rejectionOf(failure, 'map').index, 'index of the item that failed').toBe(4);
        expect(ran, 'items that ran').toEqual(['item 0', 'item 1', 'item 2', 'item 3']);
        expectUsable(afterwards);
        const unclonable = await scenarios.mapFailing(
          [
            { do: 'echo', value: 0 },
            { do: 'unclonable', tag: 'teapot' },
            { do: 'echo', value: 2 },
          ],
          3,
        );
        expect(rejectionOf(unclonable.failure, 'map'), 'a result that cannot be sent').toMatchObject({
          index: 1,
          message: expect.stringContaining('teapot') as string,
        });
        expectUsable(unclonable.afterwards);
      },
    );

    test('map() rejects with an ItemError when the task throws null', { tags: ['4.item-error'] }, async () => {
      const { failure, afterwards } = await scenarios.mapFailing([
        { do: 'echo', value: 0 },
        { do: 'throw', what: 'null' },
      ]);
      expect(rejectionOf(failure, 'map'), 'what map rejected with').toMatchObject({ name: 'ItemError', index: 1 });
      expectUsable(afterwards);
    });

    own[4]?.();
  });

  describe.concurrent('Task 5: Lost Workers', () => {
    const survives = async (order: Parameters<typeof scenarios.lose>[0], wanted: RegExp, heapLimitMb?: number) => {
      const { lost, queued } = await (heapLimitMb === undefined
        ? scenarios.lose(order)
        : scenarios.lose(order, { heapLimitMb }));
      expectRejected(lost, wanted);
      expect(queued, 'the items that were queued behind it').toEqual([{ value: 1 }, { value: 2 }, { value: 3 }]);
    };

    test(
      'run() rejects with the exit code after process.exit() in a task, and queued items still run',
      { tags: ['5.exit', '5.replaced'] },
      async () => {
        await survives({ do: 'exit', code: 7 }, /\b7\b/);
        await survives({ do: 'exit', code: 0 }, /\b0\b/);
        const lost = await scenarios.loseOnce();
        if (!lost.thrown)
          throw finding(
            'failed',
            `When a ${worker} exits while it runs an item, run() must reject, but it resolved: the item was run ` +
              'again. An item that has been started may have had effects, so the pool must not try it twice.',
          );
      },
    );

    test('run() rejects when an error that nobody caught ends the Worker', { tags: ['5.uncaught'] }, async () => {
      await survives({ do: 'crash' }, worker === 'Worker' ? /nobody catches this/ : /\b1\b/);
    });

    test('run() rejects when the task needs more memory than heapLimitMb', { tags: ['5.memory'] }, async () => {
      await survives({ do: 'memory' }, /./, 32);
    });

    test('map() rejects with the index of the item whose Worker ended', { tags: ['5.index'] }, async () => {
      const { failure, afterwards } = await scenarios.mapFailing([
        { do: 'echo', value: 0 },
        { do: 'exit', code: 7 },
        { do: 'echo', value: 2 },
      ]);
      expect(rejectionOf(failure, 'map'), 'what map rejected with').toMatchObject({ name: 'ItemError', index: 1 });
      expectUsable(afterwards);
      const inChunk = await scenarios.mapFailing(
        [0, 1, 2, 3, 4, 5].map((at) => (at === 4 ? { do: 'exit', code: 7 } : { do: 'echo', value: at })),
        2,
      );
      const { index } = rejectionOf(inChunk.failure, 'map');
      if (index !== 4 && index !== 5)
        throw finding(
          'failed',
          `The ${worker} that ran items 4 and 5, one chunk of 2, has exited. The index of the ItemError must be ` +
            `4 or 5, but it is ${String(index)}.`,
        );
      expectUsable(inChunk.afterwards);
    });

    test('the pool replaces a Worker that ends while it is idle', { tags: ['5.idle'] }, async () => {
      expect(await scenarios.loseIdleWorker()).toEqual({ result: 'gone', regained: true });
    });

    test(
      'every item rejects if the task module cannot be imported or exports no task',
      { tags: ['5.module'] },
      async () => {
        for (const file of ['./no-such-file.ts', './pool-board.ts']) {
          for (const ending of await scenarios.badTaskModule(file))
            rejectionOf(ending, `run with the task module ${file}`);
        }
      },
    );

    own[5]?.();
  });

  describe.concurrent('Task 6: Abort', () => {
    const expectAborted = (ending: Settled) =>
      expect(rejectionOf(ending, 'the call').message, 'what the aborted call rejected with').toBe('enough of it');

    test(
      'run() and map() start nothing if the signal is already aborted',
      { tags: ['6.before', '6.reason'] },
      async () => {
        const { run, map, ran } = await scenarios.abortedBefore();
        expectAborted(run);
        expectAborted(map);
        expect(ran, 'items that ran').toEqual([]);
        expect(
          await scenarios.abortReasons(),
          "whether calls rejected with the signal's reason itself, for the reasons 0, '', null and an object, " +
            'aborted before and during the call',
        ).toEqual(new Array(8).fill(true));
      },
    );

    test(
      'an abort rejects queued items at once, and they never start',
      { tags: ['6.queued', '6.reason'] },
      async () => {
        const { aborted, other, ran } = await scenarios.abortQueued();
        aborted.forEach(expectAborted);
        expect(ran, 'aborted items that ran').toEqual([]);
        if (other.value !== true)
          throw finding(
            'failed',
            'An aborted call must reject at once while another call is running on the only Worker, but it waited ' +
              'for that call or ended it.',
          );
      },
    );

    test(
      'an abort ends the Workers that run items of the call, and the pool replaces them',
      { tags: ['6.running', '6.reason'] },
      async () => {
        const { aborted, ran, afterwards, met } = await scenarios.abortRunning();
        expectAborted(aborted);
        expect(ran, 'items that started').toEqual(['spin 1', 'spin 2']);
        expect(afterwards, 'results of the next map').toEqual([1, 2, 3]);
        expect(met, 'whether two items could run at the same time again').toEqual([true, true]);
      },
    );

    test('an abort does not disturb the items of other calls', { tags: ['6.others'] }, async () => {
      const { aborted, other } = await scenarios.abortOneOfTwo();
      expectAborted(aborted);
      expect(other, 'the other call').toEqual({ value: true });
    });

    test('an abort after the call has settled does nothing', { tags: ['6.after'] }, async () => {
      const { before, after } = await scenarios.abortTooLate();
      expect(after.instance, 'the Worker that runs the next item').toBe(before.instance);
    });

    own[6]?.();
  });

  describe.concurrent('Task 7: Close, destroy, idle', () => {
    test(
      'close() refuses new calls, finishes the others and resolves when every Worker has ended',
      { tags: ['7.refused', '7.close'] },
      async () => {
        const observation = await observe(scenarios).closeAfterWork();
        const { results, refused, closedTooEarly } = valueOf(observation);
        expect(closedTooEarly, 'close() resolved while an item was running').toBe(false);
        expect(results, 'the calls made before close()').toEqual([{ value: true }, { value: [1, 2, 3, 4] }]);
        for (const each of refused) expect(rejectionOf(each, 'a call after close()').name).toBe('PoolClosedError');
        expectNothingLeft(observation, 'close()');
      },
    );

    test(
      'close() also ends a Worker that is still busy with a call that has failed',
      { tags: ['7.close'] },
      async () => {
        const observation = await observe(scenarios).closeAfterFailure();
        valueOf(observation);
        expectNothingLeft(observation, 'close()');
      },
    );

    test(
      'close() works on a pool that was never used, and when it is called again',
      { tags: ['7.again'] },
      async () => {
        const observation = await observe(scenarios).closeUnused();
        expect(rejectionOf(valueOf(observation), 'run').name).toBe('PoolClosedError');
        expectNothingLeft(observation, 'close()');
      },
    );

    test('`await using` closes the pool', { tags: ['7.using'] }, async () => {
      const observation = await observe(scenarios).disposeAfterWork();
      const [done, late] = valueOf(observation);
      expect(done, 'the call made before').toEqual({ value: [1, 2, 3] });
      expect(rejectionOf(late!, 'a call afterwards').name).toBe('PoolClosedError');
      expectNothingLeft(observation, 'asyncDispose');
    });

    test(
      'destroy() rejects all calls with PoolClosedError and resolves when every Worker has ended',
      { tags: ['7.destroy'] },
      async () => {
        const observation = await observe(scenarios).destroyAtWork();
        const { rejected, refused, ran } = valueOf(observation);
        for (const each of [...rejected, refused])
          expect(rejectionOf(each, 'a call of a destroyed pool').name).toBe('PoolClosedError');
        expect(ran, 'queued items that ran').toEqual([]);
        expectNothingLeft(observation, 'destroy()');
      },
    );

    test('destroy() while close() waits makes both resolve', { tags: ['7.destroy-closing'] }, async () => {
      const observation = await observe(scenarios).destroyWhileClosing();
      expect(rejectionOf(valueOf(observation), 'run').name).toBe('PoolClosedError');
      expectNothingLeft(observation, 'destroy()');
    });

    test('an idle pool lets the process end, whether it was used or not', { tags: ['7.idle'] }, async () => {
      for (const scenario of ['idleForEver', 'unusedForEver'] as const) {
        const observation = await observe(idle)[scenario]();
        if (observation.outcome === 'never settles') continue;
        if (observation.outcome !== 'timeout') throw findingOf(observation);
        throw finding(
          'leak',
          `An idle ${name} must let the process end, but its ${worker} kept it alive. Call unref() when it is idle.`,
        );
      }
    });

    test('a pool that is running an item keeps the process alive', { tags: ['7.busy'] }, async () => {
      expect(valueOf(await observe(scenarios).keptAliveByWork())).toEqual([1, 2, 3]);
    });

    own[7]?.();
  });
}
