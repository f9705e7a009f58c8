// What the suites of both pools do with a student's pool. It runs on the student's side, inside the arena. Few
// scenarios close their pool: close and destroy are a separate task, and the arena ends whatever is left.
import { setImmediate as turn } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { rethrowNotImplemented } from '#src/verdict/index.ts';
import { hurryTimers, sleep } from './hurried-timers.ts';
import { done, gaveUp, isMarked, mark, marked, marks, newBoard, removeBoard, type Board } from './pool-board.ts';
import { writtenLater } from './pool-calls.ts';
import { beginBoth, echo, type EndingCall, incidents, mayEnd, type Pair } from './pool-incidents.ts';
import type { Order, Place } from './pool-task.ts';
import { isRunning, watchStarted } from './started.ts';
import { endingOfAborted, settled, type AnyPool, type Ending, type PoolClass, type Settled } from './pool-types.ts';

const taskModule = new URL('./pool-task.ts', import.meta.url);

/**
 * The items of a call that fails while its first item runs on. On two Workers, that one has begun before.
 * @param running the first item, which marks `own`
 */
const failingBeside = (running: Extract<Order, { board: Board; own: string }>): Order[] => [
  running,
  { do: 'meet', board: running.board, own: `beside ${running.own}`, others: [running.own] },
  { do: 'throw', what: 'null' },
];

/** Two items that can be done only at the same time. */
const meeting = (board: Board): Order[] => [
  { do: 'meet', board, own: 'a', others: ['b'] },
  { do: 'meet', board, own: 'b', others: ['a'] },
];

/** A call of `map`. */
export interface Call {
  readonly items: readonly Order[];
  readonly chunkSize: number;
}

type Make = (size: number, options?: { heapLimitMb?: number }) => AnyPool;

/** @returns five items, each of which runs until {@link heldAtOnce} has counted them */
const holding = (board: Board): Order[] =>
  [1, 2, 3, 4, 5].map((at) => ({ do: 'hold', board, own: `held ${at}`, until: 'go' }));

/** @returns how many items of {@link holding} run at once; then lets them end */
async function heldAtOnce(make: Make, board: Board): Promise<number> {
  // By the time that another pool has run an item, a Worker too many would have begun one.
  await make(1).run(echo('started'));
  const count = marks(board).filter((name) => name.startsWith('held')).length;
  mark(board, 'go');
  return count;
}

/** What happened when a pool was ended in the same step as a call. */
interface EndedBeside {
  readonly ending: Ending;
  /** The call behind it, if there was one. */
  readonly behind: Settled | undefined;
  /** A call that came after the end. */
  readonly late: Settled;
  /** Workers that had not ended. */
  readonly left: number;
}

/** @param load imports the student's class; a module that cannot be imported fails only the scenarios that need it */
export function poolScenarios(load: () => Promise<PoolClass>) {
  /** Runs a scenario on a new pool, with a board that goes with it. */
  async function on<T>(
    size: number,
    scenario: (pool: AnyPool, board: Board) => Promise<T>,
    options?: { heapLimitMb?: number },
  ): Promise<T> {
    return withPools((make, board) => scenario(make(size, options), board));
  }
  async function withPools<T>(scenario: (make: Make, board: Board) => Promise<T>): Promise<T> {
    const Pool = await load();
    const board = newBoard();
    try {
      return await scenario(
        (size, options) => (options ? new Pool(taskModule, size, options) : new Pool(taskModule, size)),
        board,
      );
    } finally {
      await removeBoard(board);
    }
  }

  return {
    // Task 1
    runOnce: (order: Order): Promise<Settled> => on(1, (pool) => settled(pool.run(order))),

    places: (items: number, size: number): Promise<{ own: Pick<Place, 'pid' | 'threadId'>; places: Place[] }> =>
      on(size, async (pool) => {
        const places: Place[] = [];
        const next = async () => places.push((await pool.run({ do: 'where' })) as Place);
        await next();
        // A pool that ends a Worker when it has been idle for some time does so here.
        const restore = hurryTimers(Infinity);
        await next();
        await sleep(20);
        restore();
        while (places.length < items) await next();
        return { own: { pid: process.pid, threadId }, places };
      }),

    runAtOnce: (orders: readonly Order[], size: number): Promise<unknown[]> =>
      on(size, (pool) => Promise.all(orders.map((order) => pool.run(order)))),

    meet: (size: number): Promise<unknown[]> =>
      on(size, (pool, board) => {
        // Each waits for all others, so none can go on before all of them run.
        const orders = Array.from({ length: size }, (_, at): Order => ({
          do: 'meet',
          board,
          own: `here ${at}`,
          others: Array.from({ length: size }, (__, other) => `here ${other}`),
        }));
        return Promise.all(orders.map((order) => pool.run(order)));
      }),

    construct: async (sizes: readonly number[]): Promise<string[]> => {
      const Pool = await load();
      return sizes.map((size) => {
        try {
          new Pool(taskModule, size);
          return 'a pool';
        } catch (error) {
          rethrowNotImplemented(error);
          return error instanceof RangeError ? 'RangeError' : String(error);
        }
      });
    },

    // Task 2
    /** The first item is done only when all others have run: with two Workers, the other one has to do them. */
    mapAroundSlowItem: (count: number): Promise<unknown[]> =>
      on(2, (pool, board) => {
        const names = Array.from({ length: count - 1 }, (_, at) => `item ${at + 1}`);
        return pool.map([
          { do: 'meet', board, own: 'slow', others: names },
          ...names.map((own): Order => ({ do: 'mark', board, own })),
        ] satisfies Order[]);
      }),

    mapNumbers: (count: number, size: number, chunkSize?: number): Promise<Settled> =>
      on(size, (pool) => {
        const items = Array.from({ length: count }, (_, at) => echo(at));
        const call = settled(chunkSize === undefined ? pool.map(items) : pool.map(items, { chunkSize }));
        items.fill(echo(writtenLater));
        return call;
      }),

    /**
     * First a call that is one chunk, then one of `count` items beside a `run`, then one of two chunks and a rest of
     * one item, for which the second chunk waits.
     */
    mapPlaces: (
      count: number,
      chunkSize: number,
    ): Promise<{ single: Place[]; places: Place[]; restRunsApart: unknown }> =>
      on(2, async (pool, board) => {
        const where = (items: number) => new Array<Order>(items).fill({ do: 'where' });
        const map = async (items: readonly Order[]) => (await pool.map(items, { chunkSize })) as Place[];
        const single = await map(where(chunkSize));
        // Both Workers run, and the other call has a chunk size of its own.
        await pool.map(meeting(board));
        const [places] = await Promise.all([map(where(count)), pool.run(echo('beside'))]);
        const waiting: Order = { do: 'meet', board, own: 'end of the second chunk', others: ['rest'] };
        const rest: Order = { do: 'mark', board, own: 'rest' };
        const all = await map([...where(2 * chunkSize - 1), waiting, rest]);
        return { single, places, restRunsApart: all.at(-2) };
      }),

    /** Calls made all at once; each is the items of a `map` and its chunk size. */
    program: (calls: readonly Call[], size: number): Promise<Settled[]> =>
      on(size, (pool) => Promise.all(calls.map(({ items, chunkSize }) => settled(pool.map(items, { chunkSize }))))),

    /**
     * The second call is made and done while the last item of the first one runs: whatever the two share has been
     * overwritten when the first one resolves.
     */
    twoMaps: (): Promise<unknown[][]> =>
      on(2, async (pool, board) => {
        const first = pool.map([echo('a0'), { do: 'meet', board, own: 'first', others: ['go'] }] satisfies Order[]);
        const second = await pool.map(['b0', 'b1'].map(echo));
        mark(board, 'go');
        return [(await first).map((each) => (each === true ? 'a1' : each)), second];
      }),

    // Task 4
    /** The second item fails while the first one runs on. */
    firstFailureInTime: (): Promise<{ failure: Settled; firstGaveUp: boolean; ran: string[]; afterwards: unknown[] }> =>
      on(2, async (pool, board) => {
        const items: Order[] = [
          { do: 'meet', board, own: 'first', others: ['go'] },
          { do: 'meet', board, own: 'second', others: ['first'] },
          { do: 'throw', what: 'shop error' },
        ];
        for (let at = 3; at < 30; at++) items.push({ do: 'mark', board, own: `item ${at}` });
        const failure = await settled(pool.map(items));
        const firstGaveUp = isMarked(board, gaveUp('first'));
        mark(board, 'go');
        // These come behind whatever the pool still has of the call that failed.
        const afterwards = await pool.map([1, 2, 3, 4].map(echo));
        return { failure, firstGaveUp, ran: marks(board).filter((name) => name.startsWith('item')), afterwards };
      }),

    /**
     * Two items fail, the second one first. The other one fails as soon as the pool knows of that: a Worker has become
     * free for another call.
     */
    failTwice: (): Promise<Settled> =>
      on(2, async (pool, board) => {
        const items: Order[] = [
          { do: 'throw after', board, other: 'free' },
          { do: 'throw value', value: 'at first' },
        ];
        const failing = settled(pool.map(items));
        await pool.run({ do: 'mark', board, own: 'free' } satisfies Order);
        return failing;
      }),

    /** @param failing item 4 of 9 */
    failureInChunk: (failing: Order): Promise<{ failure: Settled; ran: string[]; afterwards: Settled }> =>
      on(1, async (pool, board) => {
        const items = Array.from({ length: 9 }, (_, at): Order =>
          at === 4 ? failing : { do: 'mark', board, own: `item ${at}` },
        );
        const failure = await settled(pool.map(items, { chunkSize: 3 }));
        return { failure, afterwards: await settled(pool.run(echo('usable'))), ran: marks(board) };
      }),

    /** One item after another on one Worker; each settles, and the pool goes on. */
    runEach: (orders: readonly Order[]): Promise<Settled[]> =>
      on(1, async (pool) => {
        const endings: Settled[] = [];
        for (const order of orders) endings.push(await settled(pool.run(order)));
        return endings;
      }),

    unsendable: (): Promise<{
      run: Settled;
      map: Settled;
      chunk: Settled;
      queued: Settled;
      afterwards: Settled;
      ran: string[];
    }> =>
      on(1, async (pool, board) => {
        const unsendable = { do: 'echo', value: () => 1, tag: 'teapot' };
        const behind = (own: string): Order => ({ do: 'mark', board, own });
        const mapThenChange = (items: unknown[]) => {
          const call = settled(pool.map(items));
          items.fill(echo(writtenLater));
          return call;
        };
        return {
          run: await settled(pool.run(unsendable)),
          map: await mapThenChange([echo(0), unsendable, behind('item 2'), behind('item 3')]),
          chunk: await settled(pool.map([echo(0), echo(1), echo(2), unsendable, behind('item 4')], { chunkSize: 2 })),
          queued: (
            await Promise.all([echo('slow'), unsendable, echo('queued')].map((item) => settled(pool.run(item))))
          )[2]!,
          afterwards: await settled(pool.run(echo('usable'))),
          ran: marks(board),
        };
      }),

    mapFailing: (orders: readonly Order[], chunkSize?: number): Promise<{ failure: Settled; afterwards: Settled }> =>
      on(1, async (pool) => ({
        failure: await settled(chunkSize === undefined ? pool.map(orders) : pool.map(orders, { chunkSize })),
        afterwards: await settled(pool.run(echo('usable'))),
      })),

    // Task 5
    /** An item that ends its Worker, with others already waiting behind it. */
    lose: (order: Order, options?: { heapLimitMb?: number }): Promise<{ lost: Settled; queued: Settled[] }> =>
      on(
        1,
        async (pool, board) => {
          const lost = settled(pool.run(order.do === 'exit' ? { ...order, board } : order));
          const queued = [1, 2, 3].map((value) => settled(pool.run(echo(value))));
          return { lost: await lost, queued: await Promise.all(queued) };
        },
        options,
      ),

    /** Many items that end their Workers, and behind them one that doesn't. */
    loseMany: (count: number): Promise<{ lost: Settled[]; queued: Settled; afterwards: Settled }> =>
      on(2, async (pool) => {
        const calls = Array.from({ length: count }, (_, at) =>
          settled(pool.run({ do: 'exit', code: at } satisfies Order)),
        );
        const queued = settled(pool.run(echo('usable')));
        return {
          lost: await Promise.all(calls),
          queued: await queued,
          afterwards: await settled(pool.run(echo('usable'))),
        };
      }),

    /** @returns how two losses of an idle Worker went, and whether two items met on a pool that had lost one of two */
    loseIdleWorker: (): Promise<{ rounds: { result: unknown; regained: boolean }[]; met: unknown[] }> =>
      withPools(async (make, board) => {
        // A pool may start its Workers at once.
        const started = watchStarted();
        const ended = () => started.filter((each) => !isRunning(each)).length;
        const lose = async (pool: AnyPool, how: 'exit afterwards' | 'crash afterwards') => {
          const before = ended();
          const until = `after ${before} losses`;
          const result = await pool.run({ do: how, value: 'gone', board, until } satisfies Order);
          // Only now: an error may overtake the answer, and then it doesn't come from an idle Worker.
          mark(board, until);
          while (ended() === before) await sleep(1);
          // Other events may tell the pool of it, such as 'close'. Until it knows, an item may be lost, but each
          // settles.
          for (let turns = 0; turns < 50; turns++) await turn();
          let regained = false;
          for (let tries = 0; tries < 20 && !regained; tries++) {
            regained = (await settled(pool.run(echo('back')))).value === 'back';
            await turn();
          }
          return { result, regained };
        };
        const [single, double] = [make(1), make(2)];
        const rounds: { result: unknown; regained: boolean }[] = [];
        for (const how of ['exit afterwards', 'crash afterwards'] as const) {
          const round = await lose(single, how);
          rounds.push(round);
          if (!round.regained) return { rounds, met: [] };
        }
        await lose(double, 'exit afterwards');
        return { rounds, met: await double.map(meeting(board)) };
      }),

    /** @returns how two calls settled, one after the other, and how many Workers were started for them */
    badTaskModule: async (file: string): Promise<{ endings: Settled[]; started: number }> => {
      const Pool = await load();
      const started = watchStarted();
      const pool = new Pool(new URL(file, import.meta.url), 1);
      const endings = [await settled(pool.run(echo(1))), await settled(pool.run(echo(2)))];
      for (let turns = 0; turns < 50; turns++) await turn();
      return { endings, started: started.length };
    },

    // Task 6
    abortedBefore: (): Promise<{ endings: Ending[]; ran: string[] }> =>
      on(1, async (pool, board) => {
        const endings: Ending[] = [];
        for (const reason of [new Error('enough of it'), Object.freeze({ enough: true }), 0, '', false, null]) {
          const signal = AbortSignal.abort(reason);
          endings.push(
            await endingOfAborted(pool.run({ do: 'mark', board, own: 'run' } satisfies Order, { signal }), signal),
            await endingOfAborted(pool.map([{ do: 'mark', board, own: 'map' } satisfies Order], { signal }), signal),
          );
        }
        await pool.run(echo('behind them'));
        return { endings, ran: marks(board) };
      }),

    /** The abort comes in the same step as the call, before a Worker can have started. */
    abortInTheSameStep: (): Promise<{ endings: Ending[]; afterwards: Settled }> =>
      on(2, async (pool, board) => {
        const endings: Ending[] = [];
        for (const reason of [undefined, 0, null]) {
          const controller = new AbortController();
          const { signal } = controller;
          const order: Order = { do: 'spin', board, own: 'spin' };
          const calls = [
            endingOfAborted(pool.run(order, { signal }), signal),
            endingOfAborted(pool.map([order, order, order], { signal }), signal),
          ];
          controller.abort(reason);
          endings.push(...(await Promise.all(calls)));
        }
        return { endings, afterwards: await settled(pool.map([1, 2, 3].map(echo))) };
      }),

    /** The pool's one Worker is held by another call while queued items are aborted. */
    abortQueued: (): Promise<{ aborted: Ending[]; other: Settled; behind: Settled; ran: string[] }> =>
      on(1, async (pool, board) => {
        const controller = new AbortController();
        const { signal } = controller;
        const other = settled(pool.run({ do: 'meet', board, own: 'other', others: ['go'] } satisfies Order));
        const calls = [
          endingOfAborted(pool.run({ do: 'mark', board, own: 'queued run' } satisfies Order, { signal }), signal),
          endingOfAborted(
            pool.map(
              [1, 2].map((at): Order => ({ do: 'mark', board, own: `queued map ${at}` })),
              { signal },
            ),
            signal,
          ),
        ];
        const behind = settled(pool.run(echo('behind them')));
        await marked(board, 'other');
        controller.abort('');
        const aborted = await Promise.all(calls);
        mark(board, 'go');
        await settled(pool.run(echo('behind all')));
        const ran = marks(board).filter((name) => name.startsWith('queued'));
        return { aborted, other: await other, behind: await behind, ran };
      }),

    /**
     * Two items compute forever on a pool of two. At the abort, five items of another call are queued; each runs until
     * they have been counted.
     */
    abortRunning: (): Promise<{
      aborted: Ending;
      isPrompt: boolean;
      ran: string[];
      most: number;
      afterwards: unknown[];
      met: unknown[];
    }> =>
      withPools(async (make, board) => {
        const pool = make(2);
        const started = watchStarted();
        const controller = new AbortController();
        const items = [1, 2, 3, 4].map((at): Order => ({ do: 'deaf spin', board, own: `spin ${at}` }));
        const call = endingOfAborted(pool.map(items, { signal: controller.signal }), controller.signal);
        await marked(board, 'spin 1', 'spin 2');
        const spinning = [...started];
        const queued = settled(pool.map(holding(board)));
        controller.abort(Object.freeze({ enough: true }));
        // The end of a Worker takes longer.
        const twoTurns = turn().then(() => turn());
        const isPrompt = await Promise.race([call.then(() => true), twoTurns.then(() => false)]);
        const aborted = await call;
        await marked(board, 'held 1', 'held 2');
        for (let tries = 0; tries < 400 && spinning.some(isRunning); tries++) await sleep(5);
        const most = await heldAtOnce(make, board);
        await queued;
        const afterwards = await pool.map([1, 2, 3].map(echo));
        const met = await pool.map(meeting(board));
        const ran = marks(board).filter((name) => name.startsWith('spin'));
        return { aborted, isPrompt, most, afterwards, met, ran };
      }),

    /** The other call's item runs where an item of the aborted call has run before. */
    abortOneOfTwo: (): Promise<{ aborted: Ending; other: Settled }> =>
      on(2, async (pool, board) => {
        const controller = new AbortController();
        const spinning = endingOfAborted(
          pool.map(
            [
              { do: 'meet', board, own: 'first', others: ['spin'] },
              { do: 'spin', board, own: 'spin' },
            ] satisfies Order[],
            { signal: controller.signal },
          ),
          controller.signal,
        );
        const other = settled(pool.run({ do: 'meet', board, own: 'other', others: ['go'] } satisfies Order));
        await marked(board, 'other', 'spin');
        controller.abort(new Error('enough of it'));
        const aborted = await spinning;
        mark(board, 'go');
        return { aborted, other: await other };
      }),

    abortTooLate: (): Promise<{ before: Place; after: Place }> =>
      on(1, async (pool) => {
        const controller = new AbortController();
        const before = (await pool.run({ do: 'where' }, { signal: controller.signal })) as Place;
        const mapped = (await pool.map([{ do: 'where' }], { signal: controller.signal })) as Place[];
        controller.abort();
        await turn();
        return { before: mapped[0] ?? before, after: (await pool.run({ do: 'where' })) as Place };
      }),

    /**
     * An item runs on after another one has made the call fail. A pool may end it, but not because of the abort.
     * @returns how many Workers ended in the time that another pool needs, with an abort and without
     */
    abortAfterFailure: (): Promise<{ aborted: number; otherwise: number }> =>
      withPools(async (make, board) => {
        const endedAfterFailure = async (round: 'aborted' | 'otherwise') => {
          const started = watchStarted();
          const controller = new AbortController();
          const items = failingBeside({ do: 'hold', board, own: round, until: 'go' });
          await settled(make(2).map(items, { signal: controller.signal }));
          const running = started.filter(isRunning);
          if (round === 'aborted') controller.abort();
          // To start a Worker takes longer than to end one.
          const clock = make(1);
          await clock.run(echo('started'));
          await clock.run(echo('and again'));
          return running.filter((each) => !isRunning(each)).length;
        };
        const aborted = await endedAfterFailure('aborted');
        const otherwise = aborted > 0 ? await endedAfterFailure('otherwise') : 0;
        mark(board, 'go');
        return { aborted, otherwise };
      }),

    // Tasks 5 and 6
    /**
     * One pool of size 3 for all pairs of calls.
     * @param begun gets a mark for each pair
     * @returns how the calls of each pair settled, and whether three items met after them; at the end, how many of five
     *   items had begun when only three may
     */
    pairs: (
      pairs: readonly Pair[],
      begun: Board,
    ): Promise<{ rounds: { endings: Ending[]; met: Settled }[]; atOnce: number }> =>
      withPools(async (make, board) => {
        const pool = make(3);
        const rounds: { endings: Ending[]; met: Settled }[] = [];
        for (const [round, pair] of pairs.entries()) {
          mark(begun, String(round));
          const endings = await beginBoth(pool, board, pair, `round ${round}`);
          const names = [1, 2, 3].map((at) => `round ${round} ends ${at}`);
          const met = await settled(pool.map(names.map((own): Order => ({ do: 'meet', board, own, others: names }))));
          rounds.push({ endings, met });
          if (String(met.value) !== 'true,true,true') return { rounds, atOnce: 0 };
        }
        const held = settled(pool.map(holding(board)));
        await marked(board, 'held 1', 'held 2', 'held 3');
        const atOnce = await heldAtOnce(make, board);
        await held;
        return { rounds, atOnce };
      }),

    // Task 7
    /**
     * Ends a pool in the same step in which a call is made, once for each call. The pool has one Worker, or two if the
     * call needs them.
     * @param begun gets a mark for each call
     */
    endsBeside: (how: 'close' | 'destroy', calls: readonly EndingCall[], begun: Board): Promise<EndedBeside[]> =>
      withPools(async (make, board) => {
        const rounds: EndedBeside[] = [];
        const started = watchStarted();
        for (const [round, { name, isLast }] of calls.entries()) {
          mark(begun, String(round));
          const pool = make(name === 'fails' ? 2 : 1);
          const own = `round ${round}`;
          const call = incidents[name].begin(pool, board, own);
          const behind = isLast ? undefined : settled(pool.run(echo('behind')));
          const end = pool[how]();
          const ending = await call;
          mark(board, mayEnd(own));
          await end;
          const left = started.filter(isRunning).length;
          rounds.push({ ending, behind: await behind, left, late: await settled(pool.run(echo('late'))) });
        }
        return rounds;
      }),

    closeAfterWork: (): Promise<{ results: Settled[]; refused: Settled[]; closedTooEarly: boolean }> =>
      on(2, async (pool, board) => {
        // The pool has lost a Worker before.
        await settled(pool.run({ do: 'exit', code: 3 } satisfies Order));
        const calls = [
          settled(pool.run({ do: 'meet', board, own: 'running', others: ['go'] } satisfies Order)),
          settled(pool.map([1, 2, 3, 4].map((value): Order => ({ do: 'echo later', value })))),
        ];
        await marked(board, 'running');
        let isClosed = false;
        const onClosed = () => {
          isClosed = true;
        };
        // The second call must wait, too.
        const closed = [pool.close().then(onClosed), pool.close().then(onClosed)];
        const refused = [
          await settled(pool.run(echo('late'))),
          await settled(pool.map([echo('late')])),
          await settled(pool.map([])),
        ];
        const closedTooEarly = isClosed;
        mark(board, 'go');
        const results = await Promise.all(calls);
        await Promise.all(closed);
        await pool.close();
        return { results, refused, closedTooEarly };
      }),

    /**
     * An item of a call that failed is still running while other items run, and while the pool closes.
     * @returns what the others saw of it, how many Workers ran when close() had resolved, and whether the item was
     *   ended
     */
    closeAfterFailure: (): Promise<{ overlaps: unknown[]; alive: number; cutOff: boolean }> =>
      withPools(async (make, board) => {
        const started = watchStarted();
        const pool = make(2);
        await settled(pool.map(failingBeside({ do: 'hold', board, own: 'sibling', until: 'go' })));
        const overlaps = await pool.map(new Array<Order>(4).fill({ do: 'overlap' }));
        const own = [...started];
        // A pool may also end it when its call fails.
        const runsOn = own.every(isRunning);
        const closed = pool.close().then(() => own.filter(isRunning).length);
        // A close() that forgets the busy Worker only has to end an idle one. To start another takes longer.
        const clock = make(1);
        await clock.run(echo('started'));
        await clock.close();
        mark(board, 'go');
        const alive = await closed;
        return { overlaps, alive, cutOff: runsOn && !isMarked(board, done('sibling')) };
      }),

    closeUnused: (): Promise<Settled> =>
      on(2, async (pool) => {
        await pool.close();
        await pool.close();
        return settled(pool.run(echo(1)));
      }),

    /** @returns how a call within the block and one after it settled, and how many Workers the block left */
    disposeAfterWork: (): Promise<{ done: Settled; late: Settled; left: number }> =>
      on(2, async (pool) => {
        const started = watchStarted();
        const call = settled(pool.map([1, 2, 3].map((value): Order => ({ do: 'echo later', value }))));
        await pool[Symbol.asyncDispose]();
        const left = started.filter(isRunning).length;
        return { done: await call, late: await settled(pool.run(echo('late'))), left };
      }),

    destroyAtWork: (): Promise<{ rejected: Settled[]; refused: Settled; ran: string[]; left: number[] }> =>
      withPools(async (make, board) => {
        const started = watchStarted();
        const [pool, other] = [make(2), make(2)];
        // A call of the other pool fails, and one of its items runs on.
        const failing = settled(other.map(failingBeside({ do: 'wait forever', board, own: 'sibling' })));
        const calls = [
          settled(pool.run({ do: 'spin', board, own: 'spin 1' } satisfies Order)),
          settled(
            pool.map([
              { do: 'spin', board, own: 'spin 2' },
              { do: 'mark', board, own: 'queued map' },
            ] satisfies Order[]),
          ),
          settled(pool.run({ do: 'mark', board, own: 'queued run' } satisfies Order)),
        ];
        await Promise.all([failing, marked(board, 'spin 1', 'spin 2')]);
        await other.destroy();
        const left = await Promise.all(
          [pool.destroy(), pool.destroy()].map((end) => end.then(() => started.filter(isRunning).length)),
        );
        const rejected = await Promise.all(calls);
        await pool.destroy();
        await pool.close();
        return {
          rejected,
          refused: await settled(pool.run(echo('late'))),
          ran: marks(board).filter((name) => name.startsWith('queued')),
          left,
        };
      }),

    /** destroy() in the same step as the calls, when no Worker can have started, or while the task module loads. */
    destroyAtStart: (): Promise<Settled[]> =>
      on(2, async (pool) => {
        const Pool = await load();
        const loading = new Pool(new URL('./never-ready.task.ts', import.meta.url), 1);
        const calls = [settled(pool.run(echo(1))), settled(pool.map([1, 2, 3].map(echo))), settled(loading.run(1))];
        await pool.destroy();
        await loading.destroy();
        return Promise.all(calls);
      }),

    destroyWhileClosing: (): Promise<Settled> =>
      on(1, async (pool, board) => {
        const call = settled(pool.run({ do: 'spin', board, own: 'spin' } satisfies Order));
        await marked(board, 'spin');
        const closed = pool.close();
        await pool.destroy();
        await closed;
        return call;
      }),

    /** Ends as "never settles" once nothing keeps the process alive; that is what is wanted of an idle pool. */
    idleForEver: async (): Promise<never> => {
      // No board: nothing here would live to remove it.
      const Pool = await load();
      const pool = new Pool(taskModule, 2);
      await pool.map([1, 2].map(echo));
      // More rounds: what is busy again must let go again, after an error, too.
      await pool.map([1, 2].map(echo));
      await settled(pool.map([echo(1), { do: 'throw', what: 'null' }] satisfies Order[]));
      await settled(pool.run({ do: 'throw', what: 'shop error' } satisfies Order));
      // Pools whose only Worker never gets another item after something went wrong.
      const run = (order: Order, signal?: AbortSignal) =>
        new Pool(taskModule, 1).run(order, signal === undefined ? {} : { signal });
      const controller = new AbortController();
      const calls = [
        run(echo(() => 1)),
        run({ do: 'unclonable' }),
        run({ do: 'exit', code: 3 }),
        run(echo(1), controller.signal),
      ];
      controller.abort();
      await Promise.all(calls.map(settled));
      return new Promise<never>(() => {});
    },

    unusedForEver: async (): Promise<never> => {
      const Pool = await load();
      new Pool(taskModule, 2);
      return new Promise<never>(() => {});
    },

    /** Nothing but the pool's work keeps the process alive here. */
    keptAliveByWork: (): Promise<unknown[]> =>
      on(2, async (pool) => {
        await pool.run(echo('idle once before'));
        return pool.map([1, 2, 3].map((value): Order => ({ do: 'echo later', value })));
      }),
  };
}
