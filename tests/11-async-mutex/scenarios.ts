// Scenarios for the explorer: tasks that ask for the lock, and what must hold under every schedule.
import { getEventListeners } from 'node:events';
import type { Scene, World } from '#src/interleave/index.ts';
import { Mutex } from '#kata/11-async-mutex/mutex.ts';
import { inBlock, lacking } from './block.ts';
import { onForeignEvent } from './foreign-events.ts';
import { Room } from './room.ts';

/** By acquire and release, by runExclusive, or by both in turn. */
export type How = 'acquire' | 'runExclusive' | 'mixed';

const names = [...'ABCDEFGHIJKL'];

/** Tasks that enter once or more, and do one awaited step of work inside. */
export function exclusion(world: World, tasks: number, rounds: number, how: How): Scene {
  const { mutex, room } = set(world);
  const ways = names
    .slice(0, tasks)
    .map((name, at) => [name, how === 'mixed' ? (at % 2 === 0 ? 'acquire' : 'runExclusive') : how] as const);
  return {
    tasks: Object.fromEntries(ways.map(([name, way]) => [name, room.visit(name, rounds, way)])),
    state: () => room.state(),
    always: () => room.atMostOne(),
    atEnd: () =>
      !mutex.isLocked() || 'every task has released the lock and none waits, but isLocked() is still true: free it',
  };
}

/** The same tasks, with a rule about the order in which they get the lock. */
export function order(world: World, tasks: number, rounds: number, how: How): Scene {
  const { room } = set(world);
  const way = how === 'mixed' ? 'acquire' : how;
  return {
    tasks: Object.fromEntries(names.slice(0, tasks).map((name) => [name, room.visit(name, rounds, way)])),
    state: () => room.state(),
    always: () => room.firstCome(),
  };
}

/** A releases and asks again without an await in between, while B and C may be waiting. */
export function comesAgain(world: World): Scene {
  const { mutex, room } = set(world);
  return {
    tasks: {
      async A() {
        room.asked += 'A';
        const release = await mutex.acquire();
        await room.work('A');
        room.asked += 'A';
        world.mark('releases, asks again');
        release();
        const releaseAgain = await mutex.acquire();
        await room.work('A');
        releaseAgain();
      },
      B: room.visit('B', 1, 'acquire'),
      C: room.visit('C', 1, 'acquire'),
    },
    state: () => room.state(),
    always() {
      const order = room.firstCome();
      const waiting = room.asked[room.entered.length - 1];
      // Only A asks twice, and it asks the second time when it has just released.
      return order === true || room.entered !== 'AA'
        ? order
        : `A released the lock and asked again at once, and acquire() let it in before ${waiting}, which was ` +
            'waiting. While a task waits, release() must leave the mutex locked and hand it over';
    },
  };
}

/** What isLocked() returns before, while and after the lock is held. */
export function isLocked(world: World): Scene {
  const { mutex } = set(world);
  const wrong: string[] = [];
  const look = (when: string, wanted: boolean) => {
    if (mutex.isLocked() !== wanted)
      wrong.push(`isLocked() must return ${wanted} ${when}, but it returned ${String(mutex.isLocked())}`);
  };
  return {
    tasks: {
      async A() {
        look('before anyone asks', false);
        const release = await mutex.acquire();
        look('while a task holds the lock', true);
        const second = mutex.acquire();
        await world.operation('works');
        release();
        const releaseSecond = await second;
        look('while the next task holds the lock', true);
        releaseSecond();
        look('after every task has released', false);
      },
    },
    atEnd: () => wrong[0] ?? true,
  };
}

/** A holds two locks, B waits for the left one and C for the right one. A releases the right one first. */
export function twoMutexes(world: World): Scene {
  const [left, right] = [new Mutex(), new Mutex()];
  let entered = '';
  const visit = (name: string, mutex: Mutex) => {
    let done: (value: string) => void = () => undefined;
    const ended = new Promise<string>((resolve) => (done = resolve));
    const task = async () => {
      const release = await mutex.acquire();
      entered += name;
      world.mark('is inside');
      await world.operation('works');
      release();
      done(name);
    };
    return { task, ended };
  };
  const [b, c] = [visit('B', left), visit('C', right)];
  return {
    tasks: {
      async A() {
        const releaseLeft = await left.acquire();
        const releaseRight = await right.acquire();
        await world.operation('holds both');
        world.mark('releases the one for C');
        releaseRight();
        await c.ended;
        const held = [left.isLocked(), right.isLocked()];
        world.mark('releases the one for B');
        releaseLeft();
        await b.ended;
        return held.join();
      },
      B: b.task,
      C: c.task,
    },
    state: () => ({ entered }),
    always: () =>
      'CB'.startsWith(entered) ||
      'A holds two mutexes. B waits for one of them and C for the other one. A has released the one for C, but B got ' +
        'its lock: each mutex needs its own queue',
    atEnd: ({ A }) =>
      A === 'true,false' ||
      `one mutex is held and another one was released, so their isLocked() must return true and false, got ` +
        `${String(A).replace(',', ' and ')}: each mutex needs its own state`,
  };
}

/** A calls its release again, when others may hold the lock or wait for it. */
export function releasedTwice(world: World, when: 'at once' | 'later'): Scene {
  const { mutex, room } = set(world);
  let again: string | undefined;
  return {
    tasks: {
      async A() {
        const release = await mutex.acquire();
        world.mark('releases');
        release();
        if (when === 'later') await world.operation('comes back');
        world.mark('releases again');
        again = room.state().inside > 0 ? 'freed a lock that A no longer held' : 'let in one more task';
        release();
      },
      B: room.visit('B', 1, 'acquire'),
      C: room.visit('C', 1, 'acquire'),
    },
    state: () => room.state(),
    always: () =>
      room.atMostOne((second, first) =>
        again === undefined
          ? undefined
          : `A had released the lock before, and its second call of release() ${again}: now ${first} and ${second} ` +
            'are inside at once. A release must remember that it has been called, and do nothing then',
      ),
  };
}

/** runExclusive resolves to what the task returns, async or not. */
export function results(world: World): Scene {
  const { mutex } = set(world);
  return {
    tasks: {
      A: () => mutex.runExclusive(async () => (await world.operation('works'), 'a')),
      B: () => mutex.runExclusive(() => 0),
      C: () => mutex.runExclusive(() => undefined),
      D: () => mutex.runExclusive(() => null),
    },
    atEnd({ A, B, C, D }) {
      if (D !== null)
        return `runExclusive() must resolve to what its task returns, null, but it resolved to ${JSON.stringify(D)}`;
      if (A !== 'a')
        return `runExclusive() must resolve to what its async task returns, 'a', but it resolved to ${String(A)}`;
      if (B !== 0) return `runExclusive() must resolve to what its task returns, 0, but it resolved to ${String(B)}`;
      return (
        C === undefined ||
        `runExclusive() must resolve to undefined if its task returns nothing, but it resolved to ${JSON.stringify(C)}`
      );
    },
  };
}

/** Two tasks fail, one at once and one later. The third must run as usual. */
export function failing(world: World): Scene {
  const { mutex } = set(world);
  // What is thrown need not be an Error, and need not be truthy.
  const [early, late] = [new Error('failed at once'), ''] as const;
  const caught = (run: () => Promise<unknown>) => async () => {
    let running;
    try {
      running = run();
    } catch {
      return 'runExclusive threw instead of rejecting';
    }
    return running.then(
      (value) => (value === 'done' ? value : 'fulfilled'),
      (error: unknown) => error,
    );
  };
  return {
    tasks: {
      A: caught(() =>
        mutex.runExclusive(() => {
          throw early;
        }),
      ),
      B: caught(() =>
        mutex.runExclusive(async () => {
          await world.operation('works');
          throw late as unknown as Error;
        }),
      ),
      C: caught(() => mutex.runExclusive(() => 'done')),
      D: () =>
        mutex
          .runExclusive(() => {
            throw undefined as unknown as Error;
          })
          .then(
            () => 'resolved',
            () => 'rejected',
          ),
    },
    atEnd({ A, B, C, D }) {
      if (A === 'fulfilled')
        return "A's task threw an error, but runExclusive() resolved: release the lock and pass the error on";
      if (D !== 'rejected')
        return "D's task threw undefined, but runExclusive() resolved: what is thrown need not be an Error";
      if (A !== early) return `runExclusive() must reject with the error that its task threw, got: ${String(A)}`;
      if (B !== late)
        return (
          "B's async task rejected with an empty string, so its runExclusive() must reject with that, but it gave " +
          `${B instanceof Error ? String(B) : (JSON.stringify(B) ?? String(B))}: one call's error must not reach ` +
          'another call, and what is rejected need not be an Error'
        );
      if (C !== 'done')
        return (
          "A's and B's tasks failed, and C's task must run as usual, but its runExclusive() gave " +
          `${String(C)}: one call's error must not reach another call`
        );
      return (
        !mutex.isLocked() ||
        'a task has failed and all have ended, but isLocked() is still true: runExclusive() ' +
          'must release the lock on every way out'
      );
    },
  };
}

/** A signal that is already aborted: both methods must reject at once, whether the lock is free or held. */
export function abortedBefore(world: World): Scene {
  const { mutex } = set(world);
  let ran = false;
  const wrong: string[] = [];
  const tryBoth = async (when: string, reason: unknown) => {
    const signal = AbortSignal.abort(reason);
    const ways = {
      acquire: () => mutex.acquire({ signal }),
      runExclusive: () => mutex.runExclusive(() => void (ran = true), { signal }),
    };
    for (const [name, way] of Object.entries(ways)) {
      let outcome: string | undefined = 'it waits for the lock';
      way().then(
        () => (outcome = 'it resolved'),
        (error: unknown) => (outcome = error === reason ? undefined : `it rejected with ${String(error)}`),
      );
      await world.operation('looks');
      if (outcome !== undefined)
        wrong.push(
          `the signal was aborted before the call and the lock is ${when}, so ${name}() must reject at once with ` +
            `signal.reason (${String(reason)}), but ${outcome}`,
        );
    }
  };
  return {
    tasks: {
      async A() {
        for (const reason of [new Error('closing time'), 0, null]) await tryBoth('free', reason);
        if (mutex.isLocked())
          wrong.push('acquire() with an aborted signal must leave the lock free, but isLocked() is true');
        const release = await mutex.acquire();
        for (const reason of [new Error('closing time'), 0, null]) await tryBoth('held', reason);
        release();
      },
    },
    always: () => wrong[0] ?? true,
    atEnd: () => wrong[0] ?? (!ran || 'runExclusive() ran its task although the signal was aborted before the call'),
  };
}

/** A, B and C ask for the lock, and D aborts B's signal, each at any time. */
export function abortedWhileWaiting(world: World, how: How): Scene {
  const { mutex, room } = set(world);
  const controller = new AbortController();
  // A reason need not be an Error, and need not be truthy.
  const reason = how === 'acquire' ? new Error('closing time') : 0;
  const way = how === 'mixed' ? 'acquire' : how;
  let b: 'away' | 'waiting' | 'inside' | 'cancelled' | 'rejected for another reason' = 'away';
  let got: unknown;
  return {
    tasks: {
      A: room.visit('A', 1, way),
      async B() {
        b = 'waiting';
        const work = async () => {
          b = 'inside';
          await room.work('B');
        };
        await room.goIn('B', way, work, controller.signal).catch((error: unknown) => {
          b = error === reason ? 'cancelled' : 'rejected for another reason';
          got = error;
        });
      },
      C: room.visit('C', 1, way),
      async D() {
        world.mark('aborts B');
        controller.abort(reason);
        return Promise.resolve();
      },
    },
    state: () => ({ ...room.state(), b }),
    always() {
      if (b === 'rejected for another reason')
        return (
          `B was cancelled, and ${way}() must reject with signal.reason itself (${String(reason)}), ` +
          `got ${String(got)}`
        );
      if (b === 'waiting' && controller.signal.aborted)
        return (
          "B's signal was aborted while B waited, but B still waits: " +
          `${way}() must listen to the signal and reject at once`
        );
      return room.atMostOne((second, first) =>
        controller.signal.aborted && first === 'B'
          ? `the abort released the lock that B holds: ${second} got it while B is inside. An abort ends a wait for ` +
            'acquire(), not a hold'
          : undefined,
      );
    },
    atEnd: () => !mutex.isLocked() || 'all tasks have ended, but isLocked() is still true: one release is missing',
  };
}

/** B's signal is aborted while B holds the lock, which must have no effect. */
export function abortedWhileHolding(world: World): Scene {
  const { room } = set(world);
  const controller = new AbortController();
  return {
    tasks: {
      B: async () => {
        await room.goIn(
          'B',
          'acquire',
          async () => {
            room.enter('B');
            controller.abort(new Error('too late'));
            world.mark('is aborted');
            await world.operation('works');
            room.leave('B');
          },
          controller.signal,
        );
        return 'done';
      },
      C: room.visit('C', 1, 'acquire'),
    },
    state: () => room.state(),
    always: () =>
      room.atMostOne((second, first) =>
        first === 'B'
          ? `the abort released the lock that B holds: ${second} got it while B is inside. An abort ends a wait for ` +
            'acquire(), not a hold'
          : undefined,
      ),
    atEnd: ({ B }) =>
      B === 'done' || 'B held the lock before its signal was aborted, so acquire() has nothing left to cancel',
  };
}

/**
 * A releases and aborts B's signal without an await in between.
 * B either gets the lock or is cancelled, and C must get the lock in both cases.
 */
export function abortedAtHandOver(world: World, first: 'abort' | 'release'): Scene {
  const { mutex, room } = set(world);
  const controller = new AbortController();
  return {
    tasks: {
      async A() {
        const release = await mutex.acquire();
        await world.operation('works');
        world.mark(first === 'abort' ? 'aborts B, releases' : 'releases, aborts B');
        if (first === 'abort') controller.abort();
        release();
        controller.abort();
      },
      B: () =>
        room
          .goIn('B', 'acquire', () => room.work('B'), controller.signal)
          .then(
            () => 'got the lock',
            () => 'was cancelled',
          ),
      C: room.visit('C', 1, 'acquire'),
    },
    state: () => room.state(),
    always: () => room.atMostOne(),
    atEnd: ({ B }) =>
      first === 'release' ||
      B === 'was cancelled' ||
      `B's signal was aborted while B waited, before A released, so B's acquire() must reject, but B ${String(B)}`,
  };
}

/** One signal for many waits, like the shutdown signal of a server, which others listen to as well. */
export function listeners(world: World): Scene {
  const { mutex } = set(world);
  const { signal } = new AbortController();
  let heard = false;
  let foreign: string | undefined;
  let whileHeld = 0;
  signal.addEventListener('abort', () => (heard = true));
  onForeignEvent(signal, (type) => (foreign ??= type));
  const left = () => getEventListeners(signal, 'abort').length - 1;
  return {
    tasks: {
      async A() {
        const release = await mutex.acquire({ signal });
        const holds = async () => {
          await world.operation('holds');
          whileHeld = left();
        };
        const waiting = [mutex.acquire({ signal }), mutex.runExclusive(holds, { signal })];
        await world.operation('works');
        release();
        (await (waiting[0] as ReturnType<Mutex['acquire']>))();
        await waiting[1];
        await mutex.runExclusive(() => undefined, { signal });
      },
    },
    state: () => ({ listeners: left() }),
    always() {
      if (heard)
        return (
          "the signal's other listeners got an abort event, but nobody has aborted it: the signal belongs to the " +
          'caller, so the mutex only listens to it'
        );
      return (
        foreign === undefined ||
        `the mutex dispatched the event '${foreign}' on the signal: the signal belongs to the caller, so the mutex ` +
          'only listens to it'
      );
    },
    atEnd: () =>
      (left() === 0 && whileHeld === 0) ||
      `no task waits any more${left() === 0 ? ', and one holds the lock' : ''}, but the signal still has ` +
        `${left() || whileHeld} abort ${(left() || whileHeld) === 1 ? 'listener' : 'listeners'}: acquire() must ` +
        'remove its listener when the wait is over, also when it got the lock',
  };
}

/** A and B each hold the lock in a block. A's block ends with an error. */
export function block(world: World, kind: 'using' | 'await using'): Scene {
  const { mutex, room } = set(world);
  const error = new Error('thrown in the block');
  let lacks: string | undefined;
  const resources = {
    async acquire() {
      const release = await mutex.acquire();
      // `await using` is content with the synchronous method, too.
      const one = lacking(release, 'dispose');
      const other = lacking(release, 'asyncDispose');
      lacks ??= kind === 'using' ? one : one && other;
      return release;
    },
  };
  return {
    tasks: {
      A: () =>
        inBlock(kind, resources, async () => {
          await room.work('A');
          throw error;
        }).catch((caught: unknown) => {
          if (caught !== error && lacks === undefined) throw caught;
        }),
      B: () =>
        inBlock(kind, resources, () => room.work('B')).catch((caught: unknown) => {
          if (lacks === undefined) throw caught;
        }),
    },
    state: () => room.state(),
    always: () => lacks ?? room.atMostOne(),
    atEnd: () =>
      !mutex.isLocked() ||
      'both blocks have ended, but isLocked() is still true: the end of a block must do what release() does',
  };
}

/** A calls release in the block. At the end of the block, another task may hold the lock. */
export function disposedAndReleased(world: World): Scene {
  const { mutex, room } = set(world);
  let lacks: string | undefined;
  return {
    tasks: {
      async A() {
        const release = await mutex.acquire();
        lacks = lacking(release, 'dispose', 'asyncDispose');
        if (lacks !== undefined) return;
        world.mark('releases');
        release();
        await world.operation('goes on in the block');
        world.mark('the block ends');
        release[Symbol.dispose]();
        await world.operation('goes on in the outer block');
        world.mark('this block ends, too');
        await release[Symbol.asyncDispose]();
      },
      B: room.visit('B', 1, 'acquire'),
      C: room.visit('C', 1, 'acquire'),
    },
    state: () => room.state(),
    always: () =>
      lacks ??
      room.atMostOne(
        (second, first) =>
          `A had called release() in its block, and the end of the block released the lock again: ${second} got in ` +
          `while ${first} held it. Disposing must do nothing after a release`,
      ),
  };
}

function set(world: World) {
  const mutex = new Mutex();
  return { mutex, room: new Room(world, mutex) };
}
