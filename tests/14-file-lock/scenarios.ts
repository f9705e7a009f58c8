// Scenarios for the explorer: processes that use one lock, and what must hold in every order.
import type { Scene, World } from '#src/interleave/index.ts';
import { tryLock, withFileLock } from '#kata/14-file-lock/file-lock.ts';
import { jumpingClock } from './jumping-clock.ts';
import { counter, Machine } from './machine.ts';
import { Gate, Stage, type Plot } from './stage.ts';

/** Each process calls `withFileLock` `rounds` times, and works once each time. */
export const exclusion = (world: World, plot: Plot, rounds = 1): Scene => visits(world, plot, rounds, () => true);

/** The same with a look at what stays of the lock. */
export const leftovers = (world: World, plot: Plot): Scene =>
  visits(world, plot, 1, (machine) => machine.atMostOneFile());

function visits(world: World, plot: Plot, rounds: number, stays: (machine: Machine) => true | string): Scene {
  const stage = new Stage(world, plot);
  const { machine } = stage;
  const visit = async (name: string) => {
    for (let round = 0; round < rounds; round++)
      await withFileLock(counter, () => machine.work(name), { files: machine.files(name) });
    return 'done';
  };
  return {
    tasks: stage.tasks(visit, (die) => withFileLock(counter, die, { files: machine.files('X') })),
    state: () => machine.state(),
    always: () => machine.atMostOne(),
    atEnd: (returned) => stage.allDone(returned) ?? stays(machine),
  };
}

/** Each process calls `tryLock` `rounds` times, and works if it gets the lock. */
export function attempts(world: World, plot: Plot, rounds = 1): Scene {
  const stage = new Stage(world, plot);
  const { machine } = stage;
  let got = 0;
  const visit = async (name: string) => {
    for (let round = 0; round < rounds; round++) {
      const lock = await tryLock(counter, machine.files(name));
      if (!lock) continue;
      got++;
      await machine.work(name);
      await lock.release();
    }
    return 'done';
  };
  const dies = async (die: () => Promise<void>) => {
    if (await tryLock(counter, machine.files('X'))) await die();
  };
  return {
    tasks: stage.tasks(visit, dies),
    state: () => machine.state(),
    always: () => machine.atMostOne(),
    atEnd(returned) {
      if (got === 0) return 'nobody held the lock, but every tryLock() resolved to undefined';
      return stage.allDone(returned) ?? true;
    },
  };
}

/** Two calls in one process at the same time: both lanes are process A. */
export function oneProcess(world: World): Scene {
  const machine = new Machine(world);
  const { self } = machine.files('A');
  const call = (lane: string) => async () => {
    await withFileLock(counter, () => machine.work(lane), { files: { ...machine.files(lane), self } });
  };
  return {
    tasks: { A: call('A'), B: call('B') },
    state: () => machine.state(),
    always: () => machine.atMostOne(),
  };
}

/** One lock after the other, without any choice: what `tryLock` resolves to, and what stays. */
export function sequence(world: World): Scene {
  const machine = new Machine(world);
  const attempt = (process: string, path = counter) => tryLock(path, machine.files(process));
  const wrong: string[] = [];
  const expect = (what: string, holds: boolean) => {
    if (!holds) wrong.push(`tryLock() must ${what}, but it does not`);
  };
  return {
    tasks: {
      async A() {
        const first = await attempt('A');
        expect('take a lock that nobody has used', first !== undefined);
        expect('resolve to undefined while another process holds the lock', (await attempt('B')) === undefined);
        expect('resolve to undefined while a call in the same process holds it', (await attempt('A')) === undefined);
        const other = await attempt('B', '/data/another');
        expect('take the lock of another path', other !== undefined);
        await first?.release();
        const second = await attempt('B');
        expect('take a lock that was released', second !== undefined);
        await first?.release();
        expect('find the lock held after a second release by its last owner', (await attempt('C')) === undefined);
        await second?.release();
        await first?.release();
        const third = await attempt('C');
        expect('take the lock again after every release', third !== undefined);
        await third?.release();
        await other?.release();
        for (let time = 4; time <= 12; time++) {
          const next = await attempt('B');
          expect(`take a released lock for the ${time}th time`, next !== undefined);
          await next?.release();
        }
      },
    },
    state: () => machine.state(),
    atEnd() {
      if (wrong[0] !== undefined) return wrong[0];
      const left = machine.lockFiles;
      return (
        left.length <= 2 ||
        `two locks were used and released, so at most two files may stay, but there are ${left.length}: ` +
          `${left.slice(0, 4).join(', ')}${left.length > 4 ? ', …' : ''}. Whoever takes a lock deletes what is older`
      );
    },
  };
}

const shown = (value: unknown) => (typeof value === 'string' ? JSON.stringify(value) : String(value));

/** A disk that can't be written, or that fails once the lock exists. */
export function brokenDisk(world: World, how: 'tryLock' | 'withFileLock', code: 'EACCES' | 'EROFS' | 'ENOSPC'): Scene {
  const machine = new Machine(world);
  const broken = Object.assign(new Error(`${code}: the disk can't be written`), { code });
  const fails = () => world.operation(`write → ${code}`, () => undefined).then(() => Promise.reject(broken));
  const own = machine.files('A');
  const mkdir: typeof own.mkdir = (path, options) => (code === 'ENOSPC' ? own.mkdir(path, options) : fails());
  const unlink: typeof own.unlink = (path) => (code === 'ENOSPC' ? own.unlink(path) : fails());
  const files = { ...own, mkdir, unlink, writeFile: fails, link: fails, rename: fails };
  let ran = false;
  return {
    tasks: {
      A: () =>
        (how === 'tryLock' ? tryLock(counter, files) : withFileLock(counter, () => void (ran = true), { files })).then(
          (value) => value,
          (error: unknown) => error,
        ),
    },
    atEnd({ A }) {
      if (ran) return 'withFileLock() ran its work without the lock';
      const { code: own, cause } = (A ?? {}) as NodeJS.ErrnoException;
      if (own === code || (cause as NodeJS.ErrnoException | undefined)?.code === code) return true;
      return `expected ${how}() to reject with the system's error (code ${code}), but it ended with ${String(A)}`;
    },
  };
}

/** There is a lock, and its files can't be read: nobody can tell whether it is free. */
export function unreadableLock(world: World): Scene {
  const machine = new Machine(world);
  const own = machine.files('B');
  const error = Object.assign(new Error("EIO: the disk can't be read"), { code: 'EIO' });
  const readFile = () => world.operation('read → EIO', () => undefined).then(() => Promise.reject(error));
  return {
    tasks: {
      async A() {
        await tryLock(counter, machine.files('A'));
        return tryLock(counter, { ...own, readFile }).then(
          (lock) => (lock === undefined ? 'undefined, as if the lock were held' : 'the lock'),
          (reason: NodeJS.ErrnoException) => reason.code ?? (reason.cause as NodeJS.ErrnoException | undefined)?.code,
        );
      },
    },
    atEnd: ({ A }) =>
      A === 'EIO' || `expected tryLock() to reject with the system's error (code EIO), but it ended with ${String(A)}`,
  };
}

/** What `work` returns, and what it throws. */
export function results(world: World): Scene {
  const machine = new Machine(world);
  const [early, late] = [new Error('failed at once'), new Error('failed later')];
  const outcomes: unknown[] = [];
  const call = async (work: () => unknown) => {
    const { value, error } = await withFileLock(counter, work, { files: machine.files('A') }).then(
      (value) => ({ value, error: undefined }),
      (error: unknown) => ({ value: undefined, error }),
    );
    outcomes.push(error ?? value);
  };
  return {
    tasks: {
      async A() {
        await call(async () => (await machine.work('A'), 'async'));
        await call(() => 0);
        await call(() => undefined);
        await call(() => {
          throw early;
        });
        await call(async () => {
          await machine.work('A');
          throw late;
        });
        await call(() => 'after the errors');
      },
    },
    state: () => machine.state(),
    atEnd() {
      const wanted = ['async', 0, undefined, early, late, 'after the errors'];
      const at = wanted.findIndex((each, index) => outcomes[index] !== each);
      const whose = ['returns a promise of a text', 'returns 0', 'returns undefined', 'throws', 'rejects', 'runs last'];
      return (
        at < 0 ||
        `withFileLock(), whose work ${whose[at]}, must ` +
          `${wanted[at] instanceof Error ? 'reject with its error' : 'resolve to'} ${shown(wanted[at])}, but it ` +
          `ended with ${shown(outcomes[at])}`
      );
    },
  };
}

/** A keeps the lock while the clock jumps, and B waits. */
export function clockJumps(world: World, hours: number): Scene {
  const machine = new Machine(world);
  const clock = jumpingClock();
  const visit = (name: string) => async () => {
    await withFileLock(counter, () => machine.work(name), { files: machine.files(name) });
    return 'done';
  };
  return {
    tasks: {
      A: visit('A'),
      B: visit('B'),
      clock: () => world.operation(`jumps by ${hours} h`, () => clock.jump(hours)),
    },
    state: () => machine.state(),
    always: () => machine.atMostOne(),
  };
}

/** B begins when A holds the lock. A releases it when B has paused twelve times. */
export function patience(world: World): Scene {
  const machine = new Machine(world);
  const [held, enough] = [new Gate(), new Gate()];
  const hold = async () => {
    machine.inside.add('A');
    held.open();
    await enough.opened;
    machine.inside.delete('A');
  };
  return {
    tasks: {
      A: () => withFileLock(counter, hold, { files: machine.files('A') }),
      async B() {
        await held.opened;
        let pauses = 0;
        const files = machine.files('B');
        const pause = async (attempt: number) => {
          await world.operation('pauses');
          if (++pauses === 12) enough.open();
          if (pauses >= 12) await files.pause(attempt);
        };
        await withFileLock(counter, () => machine.work('B'), { files: { ...files, pause } });
      },
    },
    state: () => machine.state(),
    always: () => machine.atMostOne(),
  };
}
