// One suite for both pools. The checks that hold for one pool only come from its own test file, by task.
import { describe, expect, test } from 'vitest';
import { findingOf, observe, type Remote, type Observation } from '#src/arena/index.ts';
import { finding, named } from '#src/verdict/index.ts';
import { draw, seed } from './countdown-inputs.ts';
import { expectRejected, expectUsable, rejectionOf, valueOf } from './pool-checks.ts';
import type { Ending, poolScenarios } from './pool-scenarios.ts';
import type { Order } from './pool-task.ts';
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
        const wild = [0, '', false, null, undefined, NaN];
        expect(await scenarios.runEach(wild.map((each) => ({ do: 'echo', value: each }))), 'falsy results').toEqual(
          wild.map((each) => ({ value: each })),
        );
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
      // Each item blocks until another one is there: no clock can make that true.
      const size = draw(4, 6);
      for (const met of await scenarios.meet(size)) {
        if (met !== true)
          throw finding(
            'sequential in disguise',
            `${size} items on a ${name} of size ${size} must run at the same time, but one of them waited in vain ` +
              `for another to start ${by}.`,
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
      expect(await scenarios.construct([0, -1, 1.5, NaN, Infinity, -Infinity])).toEqual(
        new Array(6).fill('RangeError'),
      );
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
        for (const chunkSize of [0, -1, 1.5, NaN, Infinity])
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
        for (const wild of [0, draw(1, 1000), '', null, false]) {
          const error = rejectionOf(
            await scenarios.runOnce({ do: 'throw error', name: 'Error', code: wild, cause: wild }),
            'run',
          );
          expect({ code: error.code, cause: error.cause?.value }, `code and cause, both ${String(wild)}`).toEqual({
            code: wild,
            cause: wild,
          });
        }
      },
    );

    test('run() rejects with an instance of the same built-in class', { tags: ['4.built-in'] }, async () => {
      expect(rejectionOf(await scenarios.runOnce({ do: 'throw', what: 'type error' }), 'run')).toMatchObject({
        builtIn: 'TypeError',
        message: 'that is no tea',
      });
      const names = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];
      const endings = await scenarios.runEach(
        names.map((each) => ({ do: 'throw error', name: each, code: 'TEA', cause: undefined })),
      );
      expect(
        endings.map((ending) => rejectionOf(ending, 'run')).map(({ builtIn, code }) => ({ builtIn, code })),
        'class and code of what run rejected with',
      ).toEqual(names.map((builtIn) => ({ builtIn, code: 'TEA' })));
    });

    test(
      'run() rejects when the task throws null, undefined, a string or a function',
      { tags: ['4.any-value', '4.usable'] },
      async () => {
        const endings = await scenarios.runEach(
          (['null', 'undefined', 'text', 'function'] as const).map((what) => ({ do: 'throw', what })),
        );
        for (const [at, what] of ['throw null', 'throw undefined', "throw 'a text'", 'throw a function'].entries()) {
          if (!endings[at]?.thrown)
            throw finding(
              'failed',
              `A task that does "${what}" must make run() reject, but it resolved to ${String(endings[at]?.value)}.`,
            );
        }
        expect(
          endings.slice(0, 3).map(({ thrown }) => thrown?.value),
          'what run() rejected with',
        ).toEqual([null, undefined, 'a text']);
        const wild = ['', 0, false, NaN];
        const others = await scenarios.runEach(wild.map((each) => ({ do: 'throw value', value: each })));
        expect(
          others.map(({ thrown, value: resolved }) => (thrown ? thrown.value : `resolved to ${String(resolved)}`)),
          "what run() rejected with, after '', 0, false and NaN",
        ).toEqual(wild);
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
        const { name: errorName, ofPool, index, cause } = rejectionOf(failure, 'map');
        expect({ name: errorName, class: ofPool, index }, 'what map rejected with').toEqual({
          name: 'ItemError',
          class: 'ItemError',
          index: 2,
        });
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
      expect(rejectionOf(failure, 'map'), 'what map rejected with').toMatchObject({
        ofPool: 'ItemError',
        index: 1,
        cause: { value: null },
      });
      expectUsable(afterwards);
    });

    test(
      'calls at the same time reject with the index of their own failure, or get all their results',
      { tags: ['2.two-calls', '4.item-error', '4.usable'] },
      async () => {
        for (let round = 0; round < 3; round++) {
          // At most one item of a call fails, so a model of one line knows how it settles.
          const calls = numbers(draw(3, 6)).map((call) => {
            const length = draw(0, 9);
            const failing = draw(0, 1) === 1 && length > 0 ? draw(0, length - 1) : -1;
            const items = numbers(length).map((at): Order =>
              at === failing ? { do: 'throw value', value: call } : { do: 'echo later', value: [call, at] },
            );
            return { items, chunkSize: draw(1, 4), failing };
          });
          const endings = await scenarios.program(calls, draw(1, 3));
          expect(
            endings.map(({ thrown, value: results }) =>
              thrown ? { class: thrown.ofPool, index: thrown.index, cause: thrown.cause?.value } : results,
            ),
            `how ${calls.length} calls settled ${by}`,
          ).toEqual(
            calls.map(({ items, failing }, call) =>
              failing < 0 ? items.map((_, at) => [call, at]) : { class: 'ItemError', index: failing, cause: call },
            ),
          );
        }
      },
    );

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
      },
    );

    test('run() rejects when an error that nobody caught ends the Worker', { tags: ['5.uncaught'] }, async () => {
      await survives({ do: 'crash' }, worker === 'Worker' ? /nobody catches this/ : /\b1\b/);
    });

    test('run() rejects when the task needs more memory than heapLimitMb', { tags: ['5.memory'] }, async () => {
      // In the arena, a flag of the process overrides the limit of each Worker, so 06 also checks the number.
      await survives({ do: 'memory', mib: worker === 'Worker' ? 1024 : 256 }, /./, 32);
      expect(
        (await scenarios.lose({ do: 'memory', mib: 32 }, { heapLimitMb: 256 })).lost,
        'an item that needs 32 MiB, with heapLimitMb 256',
      ).toEqual({ value: '32 MiB' });
    });

    test('map() rejects with the index of the item whose Worker ended', { tags: ['5.index'] }, async () => {
      const { failure, afterwards } = await scenarios.mapFailing([
        { do: 'echo', value: 0 },
        { do: 'exit', code: 7 },
        { do: 'echo', value: 2 },
      ]);
      expect(rejectionOf(failure, 'map'), 'what map rejected with').toMatchObject({
        ofPool: 'ItemError',
        index: 1,
        cause: { message: expect.stringMatching(/\b7\b/) as string },
      });
      expectUsable(afterwards);
      // The last chunk has one item only.
      const last = await scenarios.mapFailing(
        [...numbers(4).map((at): Order => ({ do: 'echo', value: at })), { do: 'exit', code: 7 }],
        2,
      );
      expect(rejectionOf(last.failure, 'map').index, 'index of the lost item, the last of five in chunks of 2').toBe(4);
    });

    test(
      'every lost item rejects, however many there are, and the pool goes on',
      { tags: ['5.exit', '5.replaced'] },
      async () => {
        const { lost, afterwards } = await scenarios.loseMany(6);
        for (const [code, ending] of lost.entries()) expectRejected(ending, new RegExp(`\\b${code}\\b`));
        expectUsable(afterwards);
      },
    );

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
    const expectAborted = (ending: Ending) => {
      const { message, value: thrown } = rejectionOf(ending, 'the call');
      expect(
        ending.isReason,
        `the aborted call must reject with signal.reason itself; it rejected with ${message || String(thrown)}`,
      ).toBe(true);
    };

    test(
      'run() and map() start nothing if the signal is already aborted',
      { tags: ['6.before', '6.reason'] },
      async () => {
        const { endings, ran } = await scenarios.abortedBefore();
        endings.forEach(expectAborted);
        expect(ran, 'items that ran').toEqual([]);
      },
    );

    test('an abort in the same step as the call rejects it', { tags: ['6.reason', '6.running'] }, async () => {
      const { endings, afterwards } = await scenarios.abortInTheSameStep();
      endings.forEach(expectAborted);
      expectUsable(afterwards, [1, 2, 3]);
    });

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
        for (const each of refused) expect(rejectionOf(each, 'a call after close()').ofPool).toBe('PoolClosedError');
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
        expect(rejectionOf(valueOf(observation), 'run').ofPool).toBe('PoolClosedError');
        expectNothingLeft(observation, 'close()');
      },
    );

    test('`await using` closes the pool', { tags: ['7.using'] }, async () => {
      const observation = await observe(scenarios).disposeAfterWork();
      const [done, late] = valueOf(observation);
      expect(done, 'the call made before').toEqual({ value: [1, 2, 3] });
      expect(rejectionOf(late!, 'a call afterwards').ofPool).toBe('PoolClosedError');
      expectNothingLeft(observation, 'asyncDispose');
    });

    test(
      'destroy() rejects all calls with PoolClosedError and resolves when every Worker has ended',
      { tags: ['7.destroy'] },
      async () => {
        const observation = await observe(scenarios).destroyAtWork();
        const { rejected, refused, ran } = valueOf(observation);
        for (const each of [...rejected, refused])
          expect(rejectionOf(each, 'a call of a destroyed pool').ofPool).toBe('PoolClosedError');
        expect(ran, 'queued items that ran').toEqual([]);
        expectNothingLeft(observation, 'destroy()');
      },
    );

    test('destroy() rejects calls whose Workers are still starting', { tags: ['7.destroy'] }, async () => {
      const observation = await observe(scenarios).destroyAtStart();
      for (const each of valueOf(observation))
        expect(rejectionOf(each, 'a call of a destroyed pool').ofPool).toBe('PoolClosedError');
      expectNothingLeft(observation, 'destroy()');
    });

    test('destroy() while close() waits makes both resolve', { tags: ['7.destroy-closing'] }, async () => {
      const observation = await observe(scenarios).destroyWhileClosing();
      expect(rejectionOf(valueOf(observation), 'run').ofPool).toBe('PoolClosedError');
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
