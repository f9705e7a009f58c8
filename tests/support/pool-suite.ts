// One suite for both pools. The checks that hold for one pool only come from its own test file, by task.
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { findingOf, observe, type Remote, type Observation } from '#src/arena/index.ts';
import { finding } from '#src/verdict/index.ts';
import { draw, seed } from './countdown-inputs.ts';
import { marks, newBoard, removeBoard, type Board } from './pool-board.ts';
import { howItEnds, writtenLater } from './pool-calls.ts';
import {
  endOf,
  expectInOrder,
  expectMessageAndCode,
  expectPoolClosed,
  expectQueuedRan,
  expectRejected,
  expectResult,
  expectUsable,
  outcome,
  rejectionOf,
  shown,
  valueOf,
} from './pool-checks.ts';
import { aborted, echo, incidents, pairsOf, unaborted, type EndingCall, type Pair } from './pool-incidents.ts';
import type { poolScenarios } from './pool-scenarios.ts';
import type { Order, Place } from './pool-task.ts';
import type { Ending, PoolKind, Settled, Thrown } from './pool-types.ts';

export type PoolScenarios = ReturnType<typeof poolScenarios>;

/**
 * Registers the checks that hold for one pool only, by the number of their task. Each pool measures its own speed-up.
 */
export type OwnChecks = Partial<Record<number, () => void>> & { readonly 3: () => void };

/** Milliseconds for one scenario. It is longer than a task waits for a mark. */
export const scenarioLimit = 12_000;
/**
 * The same for a scenario that may start many Workers, one after the other, or fills a heap, which takes far more time
 * on a busy machine.
 */
export const longLimit = 5 * scenarioLimit;
/** Milliseconds after which a process that has nothing to do, but is still running, counts as kept alive. */
export const idleLimit = 8_000;

const value = draw(1, 1_000_000);
const count = draw(300, 600);
const numbers = (length: number) => Array.from({ length }, (_, at) => at);

/**
 * Registers the checks of all tasks.
 * @param kind what the pool's Workers are
 * @param scenarios the exercise's scenarios, in an arena with {@link scenarioLimit}
 * @param long the same, with {@link longLimit}
 * @param idle the same, with {@link idleLimit}
 * @param own registers the checks of a task that hold for this pool only, by the task's number
 */
export function poolSuite(
  kind: PoolKind,
  scenarios: Remote<PoolScenarios>,
  long: Remote<PoolScenarios>,
  idle: Remote<Pick<PoolScenarios, 'idleForEver' | 'unusedForEver'>>,
  own: OwnChecks,
): void {
  const { name, worker } = kind;
  const by = `(to repeat: npm run kata run ${worker === 'Worker' ? '06' : '07'} -- --seed ${seed})`;
  const plural = worker === 'Worker' ? 'Workers' : 'child processes';
  const tally = (observation: Observation) => (worker === 'Worker' ? observation.workers : observation.children);

  function expectNothingLeft(observation: Observation, after: string): void {
    if (observation.left.length > 0)
      throw finding(
        'leak',
        `When ${after} has resolved, every ${worker} must have ended, but this is still running: ` +
          `${observation.left.map((each) => each.replace(/^node \((\d+)\)$/, 'child process $1')).join(' and ')}.`,
      );
  }

  /**
   * @param rounds what each round is, in words
   * @param scenario gets a board, on which it marks the number of each round that begins
   * @param wanted what every round should do, a main clause
   * @throws {Finding} if the scenario did not end; names the last round that began
   */
  async function roundsOf<T>(
    rounds: readonly string[],
    scenario: (begun: Board) => Promise<Observation<T>>,
    wanted: string,
  ): Promise<Observation<T>> {
    const begun = newBoard();
    try {
      const observation = await scenario(begun);
      const last = rounds[marks(begun).length - 1];
      endOf(observation, wanted, last === undefined ? '' : `The last to begin: ${last} ${by}.`);
      return observation;
    } finally {
      await removeBoard(begun);
    }
  }

  async function expectPairs(pairs: readonly Pair[]): Promise<void> {
    const said = pairs.map(
      ([first, second]) => `a call that ${incidents[first].phrase}, beside one that ${incidents[second].phrase}`,
    );
    const { rounds, atOnce } = valueOf(
      await roundsOf(
        said,
        (begun) => observe(long).pairs(pairs, begun),
        'Of two calls at the same time, each must settle in its own way, and the pool must go on',
      ),
    );
    for (const [round, { endings, met }] of rounds.entries()) {
      for (const [at, ending] of endings.entries()) {
        const [own, other] = at === 0 ? pairs[round]! : pairs[round]!.toReversed();
        const { phrase, must, isRight } = incidents[own];
        if (!isRight(ending))
          throw finding(
            'failed',
            `A call that ${phrase} must ${must}, but beside a call that ${incidents[other].phrase}, it ` +
              `${outcome(ending)} ${by}.`,
          );
      }
      if (!isDeepStrictEqual(met.value, [true, true, true]))
        throw finding(
          'failed',
          `A pool of size 3 must run three items at the same time again after ${said[round]}, but ` +
            `${met.thrown ? `map() ${outcome(met)}` : 'one item waited in vain for the others'}. A ${worker} must be ` +
            `free again or replaced, and one that is being ended gets no more items ${by}.`,
        );
    }
    if (atOnce > 3)
      throw finding(
        'over the limit',
        `A pool of size 3 may run three items at the same time, but after ${rounds.length} pairs of calls, ${atOnce} ` +
          `were under way. The last pair was ${said.at(-1)}. When a ${worker} ends, count its end only once ${by}.`,
      );
  }

  async function expectEnds(how: 'close' | 'destroy', calls: readonly EndingCall[]): Promise<void> {
    const said = calls.map(
      ({ name, isLast }) => `a call that ${incidents[name].phrase}${isLast ? ', with nothing queued behind it' : ''}`,
    );
    const observation = await roundsOf(
      said,
      (begun) => observe(long).endsBeside(how, calls, begun),
      `${how}() in the same step as a call must resolve`,
    );
    for (const [round, { ending, behind, late, left }] of valueOf(observation).entries()) {
      const { must, isRight } = incidents[calls[round]!.name];
      const isGivenUp = how === 'destroy' && ending.thrown?.ofPool === 'PoolClosedError';
      if (!isGivenUp && !isRight(ending))
        throw finding(
          'failed',
          `${how}() comes in the same step as ${said[round]}. That call must ${must}` +
            `${how === 'close' ? '' : ', or reject with PoolClosedError'}, but it ${outcome(ending)}.`,
        );
      if (behind && how === 'destroy') expectPoolClosed(behind, `A call of a destroyed pool (behind ${said[round]})`);
      else if (behind) expectResult(behind, 'behind', `for a call before close(), behind ${said[round]}`);
      expectPoolClosed(late, `A call after ${how}() (and after ${said[round]})`);
      if (left > 0)
        throw finding(
          'leak',
          `${how}() came in the same step as ${said[round]}. It must resolve when every ${worker} has ended, ` +
            `but ${left} still ran.`,
        );
    }
    expectNothingLeft(observation, `${how}()`);
  }

  describe.concurrent('Task 1: Run one item', () => {
    test(
      'run() resolves to what the task returns, or to what its promise resolves to',
      { tags: ['1.result'] },
      async () => {
        expectResult(await scenarios.runOnce({ do: 'echo', value }), value, 'when the task returns that');
        const later = [value, { deep: 'one' }];
        expectResult(
          await scenarios.runOnce({ do: 'echo later', value: later }),
          later,
          'when the task returns a promise of that',
          'Await what the task returns before you send it.',
        );
        const wild = [0, '', false, null, undefined, NaN, 2 ** 40 + value, -0.5, [2 ** 40, -Infinity]];
        const endings = await scenarios.runEach([
          ...wild.map((each): Order => ({ do: 'echo', value: each })),
          { do: 'count arguments' },
        ]);
        for (const [at, each] of wild.entries())
          expectResult(
            endings[at],
            each,
            'when the task returns that',
            endings[at]?.value === null
              ? 'JSON turns NaN and undefined into null: send values as they are.'
              : each
                ? 'Send values as they are.'
                : 'A result may be falsy, or undefined.',
          );
        const given = endings.at(-1)?.value;
        if (given !== 1)
          throw finding(
            'failed',
            `The task must be called with the item and nothing else, but it got ${shown(given)} arguments. A task ` +
              'may have optional parameters: parseInt(item, radix), for example.',
          );
      },
    );

    test(`runs the task in a ${worker} and keeps it for the next item`, { tags: ['1.kept'] }, async () => {
      const { own: program, places } = await long.places(draw(110, 130), 1);
      if (places.some(({ pid, threadId }) => pid === program.pid && threadId === program.threadId)) {
        throw finding(
          'sequential in disguise',
          `run() must run the task in a ${worker}, but the task ran on the thread that called run().`,
        );
      }
      if (places.some(({ pid }) => (pid === program.pid) !== (worker === 'Worker')))
        throw finding(
          'failed',
          `run() must run the task in a ${worker}, but it ran in ${worker === 'Worker' ? 'another' : 'the same'} ` +
            `process.`,
        );
      const instances = new Set(places.map(({ instance }) => instance)).size;
      if (places.some((place, at) => place.count !== at + 1))
        throw finding(
          'failed',
          `${places.length} items in a row must run in one ${worker}, which loads the task module once, but the ` +
            `module was loaded ${instances} times. Keep the ${worker} after its answer, however long it ` +
            'stays idle, and give it the next item.',
        );
    });

    test('runs as many items at the same time as the pool has Workers', { tags: ['1.parallel'] }, async () => {
      // Each item blocks until another one is there: no clock can make that true.
      const size = worker === 'Worker' ? draw(9, 11) : draw(6, 8);
      for (const met of await scenarios.meet(size)) {
        if (met !== true)
          throw finding(
            'sequential in disguise',
            `${size} items on a ${name} of size ${size} must run at the same time, but one of them waited in vain ` +
              `for another to start. Start a ${worker} for each item until there are ${size}, and wait for no answer ` +
              `before you hand out the next item ${by}.`,
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
            `A ${name} of size 2 may start at most two ${plural}, but ${peak} were alive at the same time. While all ` +
              'are busy, an item waits in the queue.',
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
      const sizes = [0, -1, 1.5, NaN, Infinity, -Infinity];
      const came = await scenarios.construct(sizes);
      const at = came.map((each, place) => (each === 'RangeError' ? -1 : place)).filter((place) => place >= 0);
      if (at.length > 0)
        throw finding(
          'failed',
          `new ${name}(taskModule, size) must throw a RangeError if size is ` +
            `${at.map((place) => sizes[place]).join(', ')}, but it ` +
            `${came[at[0]!] === 'a pool' ? 'accepted that' : `threw ${came[at[0]!]}`}. A size is a finite, positive ` +
            'integer.',
        );
    });

    own[1]?.();
  });

  describe.concurrent('Task 2: Map in order', () => {
    test('map() resolves to the results in the order of the items', { tags: ['2.order', '2.copied'] }, async () => {
      const { value: results, thrown } = await scenarios.mapNumbers(count, 3);
      if (thrown) throw finding('failed', `map() of ${count} items ${outcome({ thrown })}.`);
      const changed = (results as unknown[]).indexOf(writtenLater);
      if (changed >= 0)
        throw finding(
          'failed',
          `The caller wrote into the array after the call of map(), and item ${changed} ran with the new value. Copy ` +
            'the array when map() is called.',
        );
      expectInOrder(results, numbers(count), `map() of ${count} items`, 'wrong order');
    });

    test(
      'a free Worker takes the next item while the other one is still busy with a slow item',
      { tags: ['2.dynamic'] },
      async () => {
        const items = draw(300, 400);
        const results = await scenarios.mapAroundSlowItem(items);
        if (!results.includes(true)) {
          throw finding(
            'failed',
            `While the first of ${items} items runs in one of two ${plural}, the other ${worker} must run all ` +
              `others, but some of them waited until the first one ended. Hand out an item when a ${worker} is free, ` +
              'not beforehand. Set no limit on how many results may wait for an earlier item.',
          );
        }
        const wanted = [true, ...numbers(items).map((at) => `item ${at}`)].filter((each) => each !== 'item 0');
        expectInOrder(results, wanted, 'map() with a slow first item', 'wrong order');
      },
    );

    test(
      'hands out chunks of chunkSize items and runs each chunk in order on one Worker',
      { tags: ['2.chunk'] },
      async () => {
        for (const [length, chunkSize] of [
          [count, 7],
          [count, 10_000],
          // More than a call of a function can have as arguments.
          [150_000, 150_000],
        ] as const) {
          const { value: results, thrown } = await scenarios.mapNumbers(length, 2, chunkSize);
          const call = `map() of ${length} items with chunkSize ${chunkSize}`;
          if (thrown) throw finding('failed', `${call} ${outcome({ thrown })}.`);
          expectInOrder(results, numbers(length), call, 'failed');
        }
        const { single, places, restRunsApart } = await scenarios.mapPlaces(100, 5);
        const instances = new Set(single.map(({ instance }) => instance)).size;
        if (instances !== 1)
          throw finding(
            'failed',
            `With chunkSize 5, a call of 5 items is one chunk and must run in one ${worker}, but it ran in ` +
              `${instances} ${plural}. A chunk is as large as chunkSize says, even if another ${worker} is free.`,
          );
        for (let from = 0; from < 100; from += 5) {
          const chunk = places.slice(from, from + 5);
          const used = new Set(chunk.map(({ instance }) => instance)).size;
          const which = `With chunkSize 5, items ${from} to ${from + 4} are one chunk`;
          if (used !== 1)
            throw finding('failed', `${which} and must run in one ${worker}, but they ran in ${used} ${plural}.`);
          if (chunk.some(({ alone }) => !alone))
            throw finding(
              'over the limit',
              `${which} and must run one after the other, but the ${worker} started an item before the previous ` +
                'one had ended. Await each result before you start the next item of the chunk.',
            );
          const counts = chunk.map((place) => place.count);
          if (counts.some((each, at) => each !== counts[0]! + at))
            throw finding('wrong order', `${which} and must run one after the other, in order, but they did not.`);
        }
        if (restRunsApart !== true)
          throw finding(
            'failed',
            'With chunkSize 5, items 5 to 9 are the second chunk, and item 10 is the third. Item 9 waits until item ' +
              `10 has started, so the other ${worker} must run item 10, but it didn't. Every chunk but the last has ` +
              'exactly chunkSize items.',
          );
      },
    );

    test('map([]) resolves to an empty array', { tags: ['2.empty'] }, async () => {
      const ending = await scenarios.mapNumbers(0, 2);
      if (ending.thrown || !isDeepStrictEqual(ending.value, []))
        throw finding('failed', `map([]) must resolve to an empty array, but it ${outcome(ending)}.`);
    });

    test('two calls of map() at the same time get their own results', { tags: ['2.two-calls'] }, async () => {
      for (const [at, results] of (await scenarios.twoMaps()).entries()) {
        const [own, other] = at === 0 ? ['a', 'b'] : ['b', 'a'];
        const foreign = results.findIndex((each) => String(each).startsWith(other));
        if (foreign >= 0)
          throw finding(
            'failed',
            `Two calls of map() at the same time must each get their own results, but the result of item ${foreign} ` +
              `of the ${at === 0 ? 'first' : 'second'} call is that of the other call. Keep the results with the ` +
              'call, not in the pool.',
          );
        expectInOrder(
          results,
          [0, 1].map((item) => `${own}${item}`),
          'Each of two calls of map()',
          'failed',
        );
      }
    });

    test(
      'map() rejects with a RangeError if chunkSize is not a positive integer',
      { tags: ['2.range-error'] },
      async () => {
        for (const chunkSize of [0, -1, 1.5, NaN, Infinity]) {
          const ending = await scenarios.mapNumbers(3, 2, chunkSize);
          if (ending.thrown?.builtIn !== 'RangeError')
            throw finding(
              'failed',
              `map() with chunkSize ${chunkSize} must reject with a RangeError, but it ${outcome(ending)}.`,
            );
        }
      },
    );

    own[2]?.();
  });

  describe('Task 3: Speed-up', () => own[3]());

  describe.concurrent('Task 4: Errors', () => {
    const usableAfterAnError = [
      `After an item that failed, the pool of one ${worker} must run the next item`,
      `The ${worker} of a task that threw is free again, as after a result.`,
    ] as const;

    test(
      'run() rejects with the name, message, code and cause of the error that the task threw',
      { tags: ['4.error'] },
      async () => {
        for (const how of ['throw', 'throw later'] as const) {
          const error = rejectionOf(await scenarios.runOnce({ do: how, what: 'shop error' }), 'run');
          expectSame(error, { name: 'ShopError', message: 'no tea left', code: 'SOLD_OUT' }, 'of that error');
          const cause = { name: 'TypeError', message: 'the shelf is empty', code: 'EMPTY' };
          if (!error.cause)
            throw finding(
              'failed',
              'The error that the task threw has a cause, a TypeError, but what run() rejects with has none. Send ' +
                'the cause along, too.',
            );
          expectSame(error.cause, cause, "of that error's cause");
        }
        const others = [
          { what: 'nameless error', name: 'Error', code: 'SOLD_OUT' },
          { what: 'renamed error', name: 'SoldOut', code: 'SOLD_OUT' },
          { what: 'AggregateError', name: 'AggregateError', code: 'SOLD_OUT' },
          { what: 'DOMException', name: 'NotFoundError', code: DOMException.NOT_FOUND_ERR },
        ] as const;
        const wild = [0, draw(1, 1000), '', null, false, 2n ** 64n, { deep: ['one'] }];
        const endings = endOf(
          await observe(scenarios).runEach([
            ...others.map(({ what }): Order => ({ do: 'throw', what })),
            ...wild.map((each): Order => ({ do: 'throw error', name: 'Error', code: each, cause: each })),
          ]),
          ...usableAfterAnError,
        );
        const errors = endings.map((ending) => rejectionOf(ending, 'run'));
        for (const [at, { name: wanted, code, what }] of others.entries())
          expectSame(
            errors[at]!,
            { name: wanted, message: 'no tea left', code },
            what.endsWith('error') ? 'of that error' : `of that ${what}`,
          );
        for (const [at, each] of wild.entries()) {
          const error = errors[others.length + at]!;
          for (const [what, came] of [
            ['code', error.code],
            ['cause', error.cause?.value],
          ] as const)
            if (!isDeepStrictEqual(came, each))
              throw finding(
                'failed',
                `The task threw an error whose ${what} is ${shown(each)}, but the ${what} of what run() rejects with ` +
                  `is ${shown(came)}. A ${what} may be any value.`,
              );
        }
        const endless = endOf(
          await observe(scenarios).runEach([{ do: 'throw', what: 'circular cause' }, echo('usable')]),
          `After an error whose causes lead in a circle, the pool of one ${worker} must run the next item`,
          'Stop following causes after a few.',
        );
        expectMessageAndCode(
          endless[0]?.thrown,
          'an error whose cause has that error as its own cause',
          'Stop following causes after a few.',
        );
        expectUsable(endless[1]!);
      },
    );

    test('run() rejects with an instance of the same built-in class', { tags: ['4.built-in'] }, async () => {
      const { builtIn, message } = rejectionOf(await scenarios.runOnce({ do: 'throw', what: 'type error' }), 'run');
      if (builtIn !== 'TypeError' || message !== 'that is no tea')
        throw finding(
          'failed',
          'The task threw a TypeError (“that is no tea”), so run() must reject with an instance of TypeError, but it ' +
            `rejected with an instance of ${builtIn} (“${message}”). A name alone doesn't make a class.`,
        );
      const names = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];
      const orders = names.map((each): Order => ({ do: 'throw error', name: each, code: 'TEA', cause: undefined }));
      const endings = endOf(await observe(scenarios).runEach(orders), ...usableAfterAnError);
      const errors = endings.map((ending) => rejectionOf(ending, 'run'));
      const others = names.filter((each, at) => errors[at]?.builtIn !== each);
      if (others.length > 0)
        throw finding(
          'failed',
          `If the task throws one of ${others.join(', ')}, run() must reject with an instance of the same class, but ` +
            `it rejected with an instance of ${errors[names.indexOf(others[0]!)]?.builtIn}. There are seven such ` +
            'classes.',
        );
      const at = errors.findIndex(({ code }) => code !== 'TEA');
      if (at >= 0)
        throw finding('failed', `The code of a ${names[at]} must be 'TEA', but it is ${shown(errors[at]?.code)}.`);
    });

    test(
      'run() rejects when the task throws null, undefined, a string or a function',
      { tags: ['4.any-value', '4.error', '4.usable'] },
      async () => {
        const endings = await scenarios.runEach(
          (['null', 'undefined', 'text', 'function', 'unsendable cause', 'unsendable field'] as const).map((what) => ({
            do: 'throw',
            what,
          })),
        );
        for (const [at, what] of [
          'throw null',
          'throw undefined',
          "throw 'a text'",
          'throw a function',
          "throw new Error('no tea left', { cause: () => 1 })",
          "throw Object.assign(new Error('no tea left'), { code: 'SOLD_OUT', order: () => 1 })",
        ].entries()) {
          if (!endings[at]?.thrown)
            throw finding(
              'failed',
              `A task that does "${what}" must make run() reject, but it resolved to ${String(endings[at]?.value)}.`,
            );
        }
        for (const [at, each] of [null, undefined, 'a text'].entries()) expectThrown(endings[at], each);
        expectMessageAndCode(
          endings.at(-1)?.thrown,
          'an error with a field that cannot be sent, a function',
          'Send name, message, code and cause, and leave out other fields that cannot be sent.',
        );
        const wild = ['', 0, false, NaN];
        const others = await scenarios.runEach([
          { do: 'where' },
          ...wild.map((each): Order => ({ do: 'throw value', value: each })),
          { do: 'where' },
        ]);
        for (const [at, each] of wild.entries()) expectThrown(others[at + 1], each);
        const [before, after] = [others[0]?.value, others.at(-1)?.value] as Partial<Place>[];
        if (before?.instance !== after?.instance)
          throw finding(
            'failed',
            `After an error of the task, the pool must keep the ${worker} for the next item, but the next item ran ` +
              `in a new one. A task that throws doesn't end its ${worker}: send the error back, and go on.`,
          );
      },
    );

    test(
      'if an item or its result cannot be sent, the call rejects with a message that shows the item',
      { tags: ['4.unsendable', '4.stop', '4.usable'] },
      async () => {
        const [result, usable] = (await scenarios.runEach([
          // JSON shows neither a Map nor a bigint.
          { do: 'unclonable', tag: new Map([['teapot', 1n]]) },
          { do: 'echo', value },
        ])) as [Settled, Settled];
        const expectItemShown = ({ message }: Thrown, what: string) => {
          if (!message.includes('teapot'))
            throw finding(
              'failed',
              `${what} cannot be sent, and the message must show the item, with 'teapot' in it, but it is ` +
                `“${message}”. Put util.inspect(item) into it.`,
            );
        };
        expectItemShown(
          rejectionOf(result, 'run() of a result with a function in it'),
          'A result with a function in it',
        );
        expectUsable(usable, value);
        const items = await scenarios.unsendable();
        expectItemShown(
          rejectionOf(items.run, 'run() of an item with a function in it'),
          'An item with a function in it',
        );
        const mapped = rejectionOf(items.map, 'map() with an item that cannot be sent');
        expectIndex(mapped, 1, 'Item 1 cannot be sent');
        expectItemShown(mapped, 'Item 1');
        expectIndex(
          rejectionOf(items.chunk, 'map() with an item that cannot be sent'),
          3,
          'Item 3, the second one of the chunk of items 2 and 3, cannot be sent',
        );
        expectUsable(items.queued, 'queued');
        expectUsable(items.afterwards);
        if (items.ran.length > 0)
          throw finding(
            'leak',
            `After an item that cannot be sent, no other item of that call may start, but ${items.ran.length} did ` +
              `(${items.ran.join(', ')}). Take the call off the queue.`,
          );
      },
    );

    test(
      'map() rejects with an ItemError as soon as one item has failed, while another is still running',
      { tags: ['4.item-error', '4.at-once'] },
      async () => {
        const { failure, firstGaveUp } = await scenarios.firstFailureInTime();
        const error = rejectionOf(failure, 'map() with an item that fails');
        if (error.name !== 'ItemError')
          throw finding('failed', `map() must reject with an ItemError, but it ${outcome(failure)}.`);
        if (error.ofPool !== 'ItemError')
          throw finding(
            'failed',
            'map() must reject with an instance of the ItemError that pool.ts exports, but it rejected with one of ' +
              'another class of the same name. Import the class instead of writing it again.',
          );
        expectIndex(error, 2, 'Item 2 failed');
        const { cause } = error;
        if (cause?.name !== 'ShopError' || cause.code !== 'SOLD_OUT')
          throw finding(
            'failed',
            'The cause of the ItemError must be what the task threw, a ShopError with a code, got ' +
              `${shown(cause?.name)} with the code ${shown(cause?.code)}.`,
          );
        if (firstGaveUp)
          throw finding(
            'failed',
            'map() must reject as soon as one item has failed, but it waited for an item that was still running.',
          );
        const twice = rejectionOf(await scenarios.failTwice(), 'map() with two items that fail');
        expectIndex(twice, 1, 'Item 1 failed, and item 0 after it');
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
        expectInOrder(afterwards, [1, 2, 3, 4], 'The next call of map()', 'failed');
      },
    );

    test(
      'a failure inside a chunk has the index of its item, and the items behind it do not run',
      { tags: ['4.item-error', '4.stop'] },
      async () => {
        const { failure, ran, afterwards } = await scenarios.failureInChunk({ do: 'throw', what: 'shop error' });
        expectIndex(
          rejectionOf(failure, 'map() with an item that fails'),
          4,
          'Item 4, the second one of the chunk of items 3 to 5, failed',
        );
        if (
          !isDeepStrictEqual(
            ran,
            numbers(4).map((at) => `item ${at}`),
          )
        )
          throw finding(
            'failed',
            `When item 4 fails in the chunk of items 3 to 5, only items 0 to 3 may have run, but these ran: ` +
              `${ran.join(', ')}.`,
          );
        expectUsable(afterwards);
        const unclonable = await scenarios.mapFailing(
          [
            { do: 'echo', value: 0 },
            { do: 'unclonable', tag: 'teapot' },
            { do: 'echo', value: 2 },
          ],
          3,
        );
        const error = rejectionOf(unclonable.failure, 'map() with a result that cannot be sent');
        expectIndex(error, 1, 'The result of item 1 cannot be sent');
        if (!error.message.includes('teapot'))
          throw finding(
            'failed',
            `The message must show the item, { …, tag: 'teapot' }, but it is “${error.message}”.`,
          );
        expectUsable(unclonable.afterwards);
      },
    );

    test('map() rejects with an ItemError when the task throws null', { tags: ['4.item-error'] }, async () => {
      const { failure, afterwards } = await scenarios.mapFailing([
        { do: 'echo', value: 0 },
        { do: 'throw', what: 'null' },
      ]);
      const error = rejectionOf(failure, 'map() with an item that throws null');
      if (error.ofPool !== 'ItemError' || error.cause?.value !== null)
        throw finding('failed', `map() must reject with an ItemError whose cause is null, but it ${outcome(failure)}.`);
      expectIndex(error, 1, 'Item 1 threw null');
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
    const survives = async (order: Order, wanted: RegExp, sign: string, heapLimitMb?: number) => {
      const seen = await (heapLimitMb === undefined
        ? observe(scenarios).lose(order)
        : observe(long).lose(order, { heapLimitMb }));
      const call = `run() with a task that ${howItEnds(order)}`;
      const { lost, queued } = endOf(
        seen,
        `${call} must reject, and the items queued behind it must run in a new ${worker}`,
        `Whenever a ${worker} ends, whatever its exit code is, reject the item it was running and start another one ` +
          'for the queue.',
      );
      expectRejected(lost, wanted, call, sign);
      expectQueuedRan(queued);
    };

    test(
      'run() rejects with the exit code after process.exit() in a task, and queued items still run',
      { tags: ['5.exit', '5.replaced'] },
      async () => {
        await survives({ do: 'exit', code: 7 }, /\b7\b/, 'the exit code 7');
        await survives({ do: 'exit', code: 0 }, /\b0\b/, 'the exit code 0');
      },
    );

    test('run() rejects when an error that nobody caught ends the Worker', { tags: ['5.uncaught'] }, async () => {
      await (worker === 'Worker'
        ? survives({ do: 'crash' }, /nobody catches this/, 'the message of that error')
        : survives({ do: 'crash' }, /\b1\b/, 'the exit code 1'));
    });

    test('run() rejects when the task needs more memory than heapLimitMb', { tags: ['5.memory'] }, async () => {
      // In the arena, a flag of the process overrides the limit of each Worker, so 06 also checks the number.
      await survives({ do: 'memory', mib: worker === 'Worker' ? 1024 : 256 }, /./, 'a text', 32);
      const { lost } = await long.lose({ do: 'memory', mib: 32 }, { heapLimitMb: 256 });
      expectResult(lost, '32 MiB', 'for an item that needs 32 MiB, with heapLimitMb 256');
    });

    test('map() rejects with the index of the item whose Worker ended', { tags: ['5.index', '4.stop'] }, async () => {
      const { failure, afterwards } = await scenarios.mapFailing([
        { do: 'echo', value: 0 },
        { do: 'exit', code: 7 },
        { do: 'echo', value: 2 },
      ]);
      const error = rejectionOf(failure, 'map() with an item that ends its Worker');
      if (error.ofPool !== 'ItemError' || !/\b7\b/.test(error.cause?.message ?? ''))
        throw finding(
          'failed',
          `map() must reject with an ItemError whose cause names the exit code 7, but it ${outcome(failure)}.`,
        );
      expectIndex(error, 1, `Item 1 ended its ${worker}`);
      expectUsable(afterwards);
      // The last chunk has one item only.
      const last = await scenarios.mapFailing(
        [...numbers(4).map((at): Order => ({ do: 'echo', value: at })), { do: 'exit', code: 7 }],
        2,
      );
      expectIndex(
        rejectionOf(last.failure, 'map() with an item that ends its Worker'),
        4,
        `Item 4, the only one of the last chunk, ended its ${worker}`,
      );
      const { ran } = await scenarios.failureInChunk({ do: 'exit', code: 7 });
      const later = ran.filter((name) => name > 'item 4');
      if (later.length > 0)
        throw finding(
          'leak',
          `Item 4 ended its ${worker}, so no other item of that call may start, but ${later.length} did ` +
            `(${later.join(', ')}). Take the call off the queue when an item is lost, too.`,
        );
    });

    test(
      'every lost item rejects, however many there are, and the pool goes on',
      { tags: ['5.exit', '5.replaced'] },
      async () => {
        const { lost, queued, afterwards } = await scenarios.loseMany(6);
        for (const [code, ending] of lost.entries()) {
          const call = `run() with a task that calls process.exit(${code})`;
          expectRejected(ending, new RegExp(`\\b${code}\\b`), call, `the exit code ${code}`);
        }
        expectUsable(queued);
        expectUsable(afterwards);
      },
    );

    test('the pool replaces a Worker that ends while it is idle', { tags: ['5.idle'] }, async () => {
      const wanted = `After an idle ${worker} has ended, the pool must run the next item in a new one`;
      const hint = `Forget a ${worker} that has ended, whether it was idle or not.`;
      const observation = await observe(scenarios).loseIdleWorker();
      if (observation.reason === 'uncaught-error')
        throw finding(
          'crash',
          `${wanted}, but an error that ended the idle ${worker} ended the program, too. Listen for 'error' as long ` +
            `as the ${worker} lives, not only while it runs an item.`,
        );
      const { rounds, met } = endOf(observation, wanted, hint);
      for (const { result, regained } of rounds) {
        if (result !== 'gone') throw finding('failed', `run() must resolve to 'gone', got ${shown(result)}.`);
        if (!regained) throw finding('failed', `${wanted}, but 20 items in a row were lost. ${hint}`);
      }
      if (!isDeepStrictEqual(met, [true, true]))
        throw finding(
          'failed',
          `A pool of size 2 lost an idle ${worker}. After that, two items must run at the same time again, but one ` +
            `waited in vain for the other. Don't count a ${worker} that has ended, so that a new one can start.`,
        );
    });

    test(
      'every item rejects if the task module cannot be imported or exports no task',
      { tags: ['5.module'] },
      async () => {
        for (const file of ['./no-such-file.ts', './pool-board.ts']) {
          const { endings, started } = await scenarios.badTaskModule(file);
          const whose =
            file === './no-such-file.ts'
              ? 'whose task module does not exist'
              : 'whose task module has no function as its default export';
          for (const ending of endings) rejectionOf(ending, `run() of a pool ${whose}`);
          if (started > endings.length)
            throw finding(
              'leak',
              `A pool of size 1 ${whose} got two items, so it may start a ${worker} at most twice, but it started ` +
                `${started} of them. Each one ends at once: start the next one only when there is an item for it.`,
            );
        }
      },
    );

    test(
      'whatever becomes of two calls at the same time, each settles in its own way, and the pool goes on',
      { tags: ['4.usable', '5.replaced', '1.limit'] },
      () => expectPairs(pairsOf(unaborted, draw)),
    );

    own[5]?.();
  });

  describe.concurrent('Task 6: Abort', () => {
    const expectAborted = (ending: Ending, reason?: unknown, when = 'whose signal is aborted') => {
      const call = `A call ${when}${reason === undefined ? '' : ` (with the reason ${shown(reason)})`}`;
      if (!ending.thrown)
        throw finding(
          'failed',
          `${call} must reject with signal.reason, but it ${outcome(ending)}. ` +
            (reason === undefined || reason
              ? "A listener for 'abort' isn't called for an abort that came before it: look at signal.aborted."
              : 'signal.aborted shows an abort; the reason may be any value, a falsy one, too.'),
        );
      if (!ending.isReason)
        throw finding(
          'failed',
          `${call} must reject with signal.reason itself, but it ${outcome(ending)}. Pass the reason on as it is.`,
        );
    };

    test(
      'run() and map() start nothing if the signal is already aborted',
      { tags: ['6.before', '6.reason'] },
      async () => {
        const { endings, ran } = await scenarios.abortedBefore();
        const reasons = ['an Error', 'an object', 0, '', false, null];
        for (const [at, ending] of endings.entries())
          expectAborted(ending, reasons[Math.floor(at / 2)], 'whose signal is already aborted');
        expectNoneRan(ran, 'if the signal is already aborted');
      },
    );

    test('an abort in the same step as the call rejects it', { tags: ['6.reason', '6.running'] }, async () => {
      const { endings, afterwards } = endOf(
        await observe(scenarios).abortInTheSameStep(),
        'When a call is aborted, it must reject at once, and the pool must run other calls again',
        `A task that computes reads no messages, so end its ${worker} and start another, and take the items of the ` +
          'call off the queue.',
      );
      for (const ending of endings) expectAborted(ending);
      expectUsable(afterwards, [1, 2, 3]);
    });

    test(
      'an abort rejects queued items at once, and they never start',
      { tags: ['6.queued', '6.reason', '6.others'] },
      async () => {
        const { aborted, other, behind, ran } = await scenarios.abortQueued();
        for (const ending of aborted) expectAborted(ending);
        expectResult(
          behind,
          'behind them',
          'when a call that was queued before it is aborted',
          'Take only the items of the aborted call off the queue.',
        );
        expectNoneRan(ran, 'if its call was aborted while it was queued', 'Take the items of the call off the queue.');
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
      { tags: ['6.running', '6.reason', '1.limit'] },
      async () => {
        const { aborted, isPrompt, ran, most, afterwards, met } = await long.abortRunning();
        expectAborted(aborted);
        if (!isPrompt)
          throw finding(
            'failed',
            `An aborted call must reject at once, but two turns of the event loop later it still had not. To end the ` +
              `${plural} can take long: reject first, then end them.`,
          );
        expectNoneRan(
          ran.filter((each) => !['spin 1', 'spin 2'].includes(each)),
          'after the abort of its call',
        );
        if (most > 2)
          throw finding(
            'over the limit',
            `A pool of size 2 must never run more than two items at the same time, but when an abort had ended both ` +
              `${plural}, ${most} items of the next call ran at once. Replace each ${worker} only once: at the abort ` +
              'or when it has ended.',
          );
        expectInOrder(afterwards, [1, 2, 3], 'The next call of map()', 'failed');
        if (!isDeepStrictEqual(met, [true, true]))
          throw finding(
            'failed',
            `After an abort that ended two ${plural}, two items must run at the same time again, but one waited in ` +
              'vain for the other.',
          );
      },
    );

    test('an abort does not disturb the items of other calls', { tags: ['6.others'] }, async () => {
      const { aborted, other } = await scenarios.abortOneOfTwo();
      expectAborted(aborted);
      if (other.value !== true)
        throw finding(
          'failed',
          `An abort must not disturb another call, but that call ${outcome(other)}. End only a ${worker} that runs ` +
            `an item of the aborted call now, not one that ran an item of it before.`,
        );
    });

    test('an abort after the call has settled does nothing', { tags: ['6.after'] }, async () => {
      const { before, after } = await scenarios.abortTooLate();
      if (after.instance !== before.instance)
        throw finding(
          'failed',
          `An abort after the call has settled must do nothing, but the ${worker} that had run its item was ` +
            'replaced. Remove the listener of the signal when the call settles.',
        );
      const { aborted, otherwise } = await scenarios.abortAfterFailure();
      if (aborted > otherwise)
        throw finding(
          'failed',
          `map() had rejected because of one item, and another item was still running. An abort after that must do ` +
            `nothing, but it ended ${aborted === 1 ? `a ${worker}` : `${aborted} ${plural}`}. Remove the listener of ` +
            'the signal when the call settles, even if it rejects.',
        );
    });

    test(
      'an abort affects only its own call, whatever becomes of another call at the same time',
      { tags: ['6.reason', '6.running', '6.others', '6.after'] },
      () => expectPairs(pairsOf(['succeeds', 'fails', 'loses', ...aborted], draw, (each) => aborted.includes(each))),
    );

    own[6]?.();
  });

  describe.concurrent('Task 7: Close, destroy, idle', () => {
    test(
      'close() refuses new calls, finishes the others and resolves when every Worker has ended',
      { tags: ['7.refused', '7.close'] },
      async () => {
        const observation = await observe(scenarios).closeAfterWork();
        if (observation.reason === 'unhandled-rejection')
          throw Object.assign(
            finding(
              'crash',
              'Every call of close() must resolve, also a second one while items run and one after the end, but ' +
                `one of them rejected with ${observation.error?.name}: ${observation.error?.message}.`,
            ),
            { stack: observation.error?.stack },
          );
        const { results, refused, closedTooEarly } = endOf(
          observation,
          `Each of two calls of close() must resolve when the items are done and every ${worker} has ended`,
          `Resolve all calls of close(), not only the last one, and ref() a ${worker} while it runs an item or ends: ` +
            'otherwise nothing keeps the process alive.',
        );
        if (closedTooEarly)
          throw finding(
            'failed',
            'close() was called twice while an item was running, and at least one of the calls resolved before the ' +
              'item was done. Every call of close() waits for the same end.',
          );
        for (const [at, wanted] of [true, [1, 2, 3, 4]].entries())
          if (results[at]!.thrown || !isDeepStrictEqual(results[at]!.value, wanted))
            throw finding(
              'failed',
              `close() must let the calls that were made before it finish, but one of them ${outcome(results[at]!)}.`,
            );
        for (const each of refused) expectPoolClosed(each, 'A call after close()');
        expectNothingLeft(observation, 'close()');
      },
    );

    test(
      'close() also ends a Worker that is still busy with a call that has failed',
      { tags: ['7.close', '1.limit'] },
      async () => {
        const observation = await observe(scenarios).closeAfterFailure();
        const { overlaps, alive, cutOff } = endOf(
          observation,
          `close() must resolve although a ${worker} is still busy with a call that has failed`,
          `ref() a ${worker} until it has ended, and resolve close() at its last event: otherwise nothing keeps the ` +
            'process alive.',
        );
        if (overlaps.some((each) => each !== 1))
          throw finding(
            'over the limit',
            `A ${worker} that still runs an item of a call that has failed is busy, but it got an item of another ` +
              'call meanwhile. It is free when it has answered.',
          );
        if (alive > 0)
          throw finding(
            'leak',
            `close() must resolve when the last ${worker} has ended, but it resolved while one still ran an item of ` +
              `a call that had failed. Wait for the end of each ${worker}, not for the calls.`,
          );
        if (cutOff)
          throw finding(
            'failed',
            `close() must let running items finish, even those of a call that has failed, but it ended a ${worker} ` +
              `in the middle of such an item. A ${worker} is busy until it has answered.`,
          );
        expectNothingLeft(observation, 'close()');
      },
    );

    test(
      'close() works on a pool that was never used, and when it is called again',
      { tags: ['7.again'] },
      async () => {
        const observation = await observe(scenarios).closeUnused();
        expectPoolClosed(valueOf(observation), 'run() after close()');
        expectNothingLeft(observation, 'close()');
      },
    );

    test('`await using` closes the pool', { tags: ['7.using'] }, async () => {
      const observation = await observe(scenarios).disposeAfterWork();
      const { done, late, left } = valueOf(observation);
      if (done.thrown || !isDeepStrictEqual(done.value, [1, 2, 3]))
        throw finding(
          'failed',
          `A call made inside the block of \`await using\` must finish, but it ${outcome(done)}.`,
        );
      expectPoolClosed(late, 'A call after the block of `await using`');
      if (left > 0)
        throw finding(
          'leak',
          `After the block of \`await using\`, no ${worker} may run, but ${left} did. Symbol.asyncDispose must wait ` +
            'until close() has resolved.',
        );
      expectNothingLeft(observation, 'asyncDispose');
    });

    test(
      'destroy() rejects all calls with PoolClosedError and resolves when every Worker has ended',
      { tags: ['7.destroy'] },
      async () => {
        const observation = await observe(scenarios).destroyAtWork();
        const { rejected, refused, ran, left } = valueOf(observation);
        for (const each of [...rejected, refused]) expectPoolClosed(each, 'A call of a destroyed pool');
        expectNoneRan(ran, 'after destroy()');
        const early = left.findIndex((alive) => alive > 0);
        if (early >= 0)
          throw finding(
            'leak',
            `destroy() was called twice. Each call must resolve when the last ${worker} has ended, but the ` +
              `${early === 0 ? 'first' : 'second'} one resolved while ${left[early]} still ran. Wait for the end of ` +
              `every ${worker}; both calls may return the same promise.`,
          );
        expectNothingLeft(observation, 'destroy()');
      },
    );

    test('destroy() rejects calls whose Workers are still starting', { tags: ['7.destroy'] }, async () => {
      const observation = await observe(scenarios).destroyAtStart();
      for (const each of valueOf(observation)) expectPoolClosed(each, 'A call of a destroyed pool');
      expectNothingLeft(observation, 'destroy()');
    });

    test('destroy() while close() waits makes both resolve', { tags: ['7.destroy-closing'] }, async () => {
      const observation = await observe(scenarios).destroyWhileClosing();
      expectPoolClosed(valueOf(observation), 'A call of a destroyed pool');
      expectNothingLeft(observation, 'destroy()');
    });

    test(
      'close() and destroy() resolve, whatever becomes of a call made in the same step',
      { tags: ['7.close', '7.destroy', '7.refused'] },
      async () => {
        const behind = (['fails', 'unsendable', 'loses', 'refused', 'aborted'] as const).map((name) => ({ name }));
        await expectEnds('close', [...behind, { name: 'loses', isLast: true }]);
        await expectEnds('destroy', [{ name: 'fails' }, { name: 'loses' }]);
      },
    );

    test('an idle pool lets the process end, whether it was used or not', { tags: ['7.idle'] }, async () => {
      for (const scenario of ['idleForEver', 'unusedForEver'] as const) {
        const observation = await observe(idle)[scenario]();
        if (observation.outcome === 'never settles') continue;
        if (observation.outcome !== 'timeout') throw findingOf(observation);
        throw finding(
          'leak',
          `An idle ${name} must let the process end, but its ${worker} kept it alive. Call unref() on each ` +
            `${worker} that is idle, also after a task that threw, an item that could not be sent, or an abort.`,
        );
      }
    });

    test('a pool that is running an item keeps the process alive', { tags: ['7.busy'] }, async () => {
      const results = endOf(
        await observe(scenarios).keptAliveByWork(),
        'A pool that is running an item must keep the process alive until the item is done',
        `Call ref() on a ${worker} when it gets an item.`,
      );
      expectInOrder(results, [1, 2, 3], 'map() on a pool that was idle once', 'failed');
    });

    own[7]?.();
  });
}

/** @throws {Finding} unless the error's fields are those of what the task threw */
function expectSame(error: Thrown, wanted: { name: string; message: string; code: unknown }, of: string): void {
  for (const field of ['name', 'message', 'code'] as const)
    if (error[field] !== wanted[field])
      throw finding(
        'failed',
        `The task threw an error, and run() must reject with the same: the ${field} ${of} is ` +
          `${shown(wanted[field])}, but it came as ${shown(error[field])}. A structured clone of an Error loses its ` +
          'code and the name of its class.',
      );
}

/** @throws {Finding} unless run() rejected with the value that the task threw */
function expectThrown(ending: Settled | undefined, value: unknown): void {
  if (ending?.thrown && Object.is(ending.thrown.value, value)) return;
  throw finding(
    'failed',
    `The task threw ${shown(value)}, and run() must reject with that, but it ` +
      `${ending === undefined ? 'was not called' : outcome(ending)}.`,
  );
}

/** @throws {Finding} unless the error has the index */
function expectIndex({ index }: Thrown, wanted: number, what: string): void {
  if (index !== wanted)
    throw finding('failed', `${what}, so the index of the ItemError must be ${wanted}, but it is ${shown(index)}.`);
}

/** @throws {Finding} if an item ran that must not run */
function expectNoneRan(ran: readonly string[], when: string, hint = ''): void {
  if (ran.length > 0)
    throw finding(
      'failed',
      `No item may start ${when}, but ${ran.length} ${ran.length === 1 ? 'item' : 'items'} did. ${hint}`.trimEnd(),
    );
}
