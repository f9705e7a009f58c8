// What the explorer runs, beside the student's code: tasks that ask for the lock, and what must hold in every order.
import { getEventListeners } from 'node:events';
import type { Scene, World } from '#src/interleave/index.ts';
import { Mutex } from '#kata/11-async-mutex/mutex.ts';
import { inBlock } from './block.ts';
import { Room } from './room.ts';

/** By acquire and release, by runExclusive, or one task so and the next so. */
export type How = 'acquire' | 'runExclusive' | 'mixed';

/** Tasks that are each inside once or more, with work in there that takes a step. */
export function exclusion(world: World, tasks: number, rounds: number, how: How): Scene {
  const { mutex, room } = set(world);
  const ways = ['A', 'B', 'C', 'D']
    .slice(0, tasks)
    .map((name, at) => [name, how === 'mixed' ? (at % 2 === 0 ? 'acquire' : 'runExclusive') : how] as const);
  return {
    tasks: Object.fromEntries(ways.map(([name, way]) => [name, room.visit(name, rounds, way)])),
    state: () => room.state(),
    always: () => room.atMostOne(),
    atEnd: () => !mutex.isLocked() || 'all have released, and isLocked() still says true',
  };
}

/** The same, judged by who got in when. */
export function order(world: World, tasks: number, rounds: number, how: How): Scene {
  const { room } = set(world);
  const way = how === 'mixed' ? 'acquire' : how;
  return {
    tasks: Object.fromEntries(
      ['A', 'B', 'C', 'D'].slice(0, tasks).map((name) => [name, room.visit(name, rounds, way)]),
    ),
    state: () => room.state(),
    always: () => room.firstCome(),
  };
}

/** A releases and asks again in one go, while B and C may be waiting. */
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
    always: () => room.firstCome(),
  };
}

/** What isLocked() says in the life of a lock. */
export function isLocked(world: World): Scene {
  const { mutex } = set(world);
  const said: string[] = [];
  const look = (when: string, wanted: boolean) => {
    if (mutex.isLocked() !== wanted)
      said.push(`${when}, isLocked() must say ${wanted}, but it says ${String(mutex.isLocked())}`);
  };
  return {
    tasks: {
      async A() {
        look('at first', false);
        const release = await mutex.acquire();
        look('while it is held', true);
        const second = mutex.acquire();
        await world.operation('works');
        release();
        const releaseSecond = await second;
        look('while the next holds it', true);
        releaseSecond();
        look('after all have released', false);
      },
    },
    atEnd: () => said[0] ?? true,
  };
}

/** Two locks have nothing to do with each other. */
export function twoMutexes(world: World): Scene {
  const [left, right] = [new Mutex(), new Mutex()];
  return {
    tasks: {
      async A() {
        const releaseLeft = await left.acquire();
        await world.operation('holds one');
        const releaseRight = await right.acquire();
        releaseLeft();
        const held = [left.isLocked(), right.isLocked()];
        releaseRight();
        return held.join();
      },
    },
    atEnd: ({ A }) =>
      A === 'false,true' ||
      `with only the second lock held, isLocked() of the two says ${String(A)}, wanted false,true`,
  };
}

/** A releases once more while others have and want the lock. */
export function releasedTwice(world: World): Scene {
  const { mutex, room } = set(world);
  return {
    tasks: {
      async A() {
        const release = await mutex.acquire();
        release();
        await world.operation('comes back');
        world.mark('releases again');
        release();
      },
      B: room.visit('B', 1, 'acquire'),
      C: room.visit('C', 1, 'acquire'),
    },
    state: () => room.state(),
    always: () => room.atMostOne(),
  };
}

/** What the tasks give comes out again, whether they wait for something or not. */
export function results(world: World): Scene {
  const { mutex } = set(world);
  return {
    tasks: {
      A: () => mutex.runExclusive(async () => (await world.operation('works'), 'a')),
      B: () => mutex.runExclusive(() => 'b'),
      C: () => mutex.runExclusive(() => undefined),
    },
    atEnd({ A, B, C }) {
      if (A !== 'a') return `runExclusive must give what its async task gives, 'a', but it gave ${String(A)}`;
      if (B !== 'b') return `runExclusive must give what its task returns, 'b', but it gave ${String(B)}`;
      return (
        C === undefined ||
        `runExclusive must give undefined when its task returns nothing, but it gave ${JSON.stringify(C)}`
      );
    },
  };
}

/** Two tasks fail, one at once and one later; the third has nothing to do with that. */
export function failing(world: World): Scene {
  const { mutex } = set(world);
  const [early, late] = [new Error('failed at once'), new Error('failed later')];
  const caught = (run: () => Promise<unknown>) => async () => {
    let running;
    try {
      running = run();
    } catch {
      return 'thrown where a rejection was wanted';
    }
    return running.then(
      () => 'fulfilled',
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
          throw late;
        }),
      ),
      C: () => mutex.runExclusive(() => 'done'),
    },
    atEnd({ A, B, C }) {
      if (A !== early) return `runExclusive must reject with the error that its task throws, but it was: ${String(A)}`;
      if (B !== late) return `runExclusive must reject with the error of its async task, but it was: ${String(B)}`;
      if (C !== 'done') return `a task after failed ones must run as usual, but it gave ${String(C)}`;
      return !mutex.isLocked() || 'all tasks have ended, and isLocked() still says true';
    },
  };
}

/** A signal that is aborted already keeps everybody out, of a free lock too. */
export function abortedBefore(world: World): Scene {
  const { mutex } = set(world);
  const reason = new Error('closing time');
  const signal = AbortSignal.abort(reason);
  let ran = false;
  const wrong: string[] = [];
  const tryBoth = async (when: string) => {
    const ways = {
      acquire: () => mutex.acquire({ signal }),
      runExclusive: () => mutex.runExclusive(() => void (ran = true), { signal }),
    };
    for (const [name, way] of Object.entries(ways)) {
      let came: string | undefined = 'it waits';
      way().then(
        () => (came = 'it did not reject'),
        (error: unknown) => (came = error === reason ? undefined : `it rejected with ${String(error)}`),
      );
      await world.operation('looks');
      if (came !== undefined)
        wrong.push(
          `${name} with an aborted signal and a ${when} lock must reject with the signal's reason at once, but ${came}`,
        );
    }
  };
  return {
    tasks: {
      async A() {
        await tryBoth('free');
        if (mutex.isLocked())
          wrong.push('a call with an aborted signal must leave the lock free, but isLocked() says true');
        const release = await mutex.acquire();
        await tryBoth('held');
        release();
      },
    },
    always: () => wrong[0] ?? true,
    atEnd: () => wrong[0] ?? (!ran || 'runExclusive with an aborted signal must not run its task, but it did'),
  };
}

/** B and C wait behind A; B's signal is aborted at any time. */
export function abortedWhileWaiting(world: World, how: How): Scene {
  const { mutex, room } = set(world);
  const controller = new AbortController();
  const reason = new Error('closing time');
  const way = how === 'mixed' ? 'acquire' : how;
  let b: 'away' | 'waiting' | 'inside' | 'called off' | 'rejected for another reason' = 'away';
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
          b = error === reason ? 'called off' : 'rejected for another reason';
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
        return "B must reject with its signal's reason, but it rejected with something else";
      if (b === 'waiting' && controller.signal.aborted)
        return 'B was aborted while it waited, and must reject at once; it waits on';
      return room.atMostOne();
    },
    atEnd: () => !mutex.isLocked() || 'all have ended, and isLocked() still says true',
  };
}

/** B's signal is aborted when it has the lock: too late. */
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
            await world.operation('works');
            room.inside--;
          },
          controller.signal,
        );
        return 'done';
      },
      C: room.visit('C', 1, 'acquire'),
    },
    state: () => room.state(),
    always: () => room.atMostOne(),
    atEnd: ({ B }) => B === 'done' || 'B had the lock before the abort, and must not notice it',
  };
}

/** A releases and aborts B's waiting in one go: B has the lock or has been called off, not both and not neither. */
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
            () => 'was inside',
            () => 'was called off',
          ),
      C: room.visit('C', 1, 'acquire'),
    },
    state: () => room.state(),
    always: () => room.atMostOne(),
    atEnd: ({ B }) =>
      first === 'release' ||
      B === 'was called off' ||
      `B was aborted before the release, and must be called off; it ${String(B)}`,
  };
}

/** One signal for many waits, as a server has one for its shutdown. */
export function listeners(world: World): Scene {
  const { mutex } = set(world);
  const { signal } = new AbortController();
  return {
    tasks: {
      async A() {
        const release = await mutex.acquire({ signal });
        const waiting = [mutex.acquire({ signal }), mutex.runExclusive(() => undefined, { signal })];
        await world.operation('works');
        release();
        (await (waiting[0] as ReturnType<Mutex['acquire']>))();
        await waiting[1];
        await mutex.runExclusive(() => undefined, { signal });
      },
    },
    state: () => ({ listeners: getEventListeners(signal, 'abort').length }),
    atEnd() {
      const left = getEventListeners(signal, 'abort').length;
      return (
        left === 0 ||
        `nobody waits any more, and the signal still has ${left} abort ${left === 1 ? 'listener' : 'listeners'}`
      );
    },
  };
}

/** A and B each hold the lock for the length of a block; A's block ends with an error. */
export function block(world: World, kind: 'using' | 'await using'): Scene {
  const { mutex, room } = set(world);
  const error = new Error('thrown in the block');
  return {
    tasks: {
      A: () =>
        inBlock(kind, mutex, async () => {
          await room.work('A');
          throw error;
        }).catch((caught: unknown) => {
          if (caught !== error) throw caught;
        }),
      B: () => inBlock(kind, mutex, () => room.work('B')),
    },
    state: () => room.state(),
    always: () => room.atMostOne(),
    atEnd: () => !mutex.isLocked() || 'both blocks have ended, and isLocked() still says true',
  };
}

/** Released by hand in the block, and once more at its end: by then somebody else may hold the lock. */
export function disposedAndReleased(world: World): Scene {
  const { mutex, room } = set(world);
  return {
    tasks: {
      async A() {
        const release = await mutex.acquire();
        release();
        await world.operation('goes on in the block');
        release[Symbol.dispose]();
        await world.operation('goes on in the outer block');
        await release[Symbol.asyncDispose]();
      },
      B: room.visit('B', 1, 'acquire'),
      C: room.visit('C', 1, 'acquire'),
    },
    state: () => room.state(),
    always: () => room.atMostOne(),
  };
}

function set(world: World) {
  const mutex = new Mutex();
  return { mutex, room: new Room(world, mutex) };
}
