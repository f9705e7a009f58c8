// Scenarios for the explorer: processes that use one lock, and what must hold in every order.
import type { Scene, World } from '#src/interleave/index.ts';
import { tryLock, withFileLock, type FileLock } from '#kata/14-file-lock/file-lock.ts';
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

/** The same with calls of `tryLock`, and with two calls of `release` at the same time. */
export function leftoversOfAttempts(world: World, plot: Plot, rounds = 1): Scene {
  const twice = (lock: FileLock) => Promise.all([lock.release(), lock.release()]);
  return attempts(world, plot, rounds, twice, (machine) => machine.atMostOneFile());
}

/** Each process calls `tryLock` `rounds` times, and works if it gets the lock. */
export function attempts(
  world: World,
  plot: Plot,
  rounds = 1,
  release = (lock: FileLock): Promise<unknown> => lock.release(),
  stays: (machine: Machine) => true | string = () => true,
): Scene {
  const stage = new Stage(world, plot);
  const { machine } = stage;
  let got = 0;
  const visit = async (name: string) => {
    for (let round = 0; round < rounds; round++) {
      const lock = await tryLock(counter, machine.files(name));
      if (!lock) continue;
      got++;
      await machine.work(name);
      await release(lock);
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
      return stage.allDone(returned) ?? stays(machine);
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
  const wrong: string[] = [];
  const expect = (what: string, holds: boolean) => {
    if (!holds) wrong.push(`tryLock() must ${what}, but it does not`);
  };
  const attempt = (process: string, path = counter) => {
    const files = machine.files(process);
    const pause = () => {
      expect('leave files.pause to withFileLock', false);
      return world.operation('pauses');
    };
    return tryLock(path, { ...files, pause });
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
        const similar: (FileLock | undefined)[] = [];
        for (const ending of ['.txt', '.json', '.1', '-1', '_1', ' 1'])
          similar.push(await attempt('B', `${counter}${ending}`));
        expect(
          'take the locks of counter, counter.txt, counter.json, counter.1, counter-1, counter_1 and “counter 1” at ' +
            'the same time',
          !similar.includes(undefined),
        );
        for (const lock of similar) await lock?.release();
        await first?.release();
        const second = await attempt('B');
        expect('take a lock that was released', second !== undefined);
        const before = JSON.stringify(machine.lockTexts);
        await first?.release();
        expect('find the lock held after a second release by its last owner', (await attempt('C')) === undefined);
        if (JSON.stringify(machine.lockTexts) !== before)
          wrong.push('A second call of release() must change no file, but after it the files of the lock differ');
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

const asItIs = "Let the system's error through as it is, and don't wrap it in another one";

const shown = (value: unknown) => (typeof value === 'string' ? JSON.stringify(value) : String(value));

/** A disk without links, or whose folders can't be listed. Nothing else fails. */
export function withoutOne(world: World, operation: 'link' | 'readdir', code: 'EPERM' | 'EIO'): Scene {
  const machine = new Machine(world);
  const error = Object.assign(new Error(`${code}: the disk has failed`), { code });
  let asked = false;
  const fails = () => {
    asked = true;
    return world.operation(`${operation} → ${code}`, () => undefined).then(() => Promise.reject(error));
  };
  return {
    tasks: {
      A: () =>
        tryLock(counter, { ...machine.files('A'), [operation]: fails }).then(
          (lock) => (lock === undefined ? 'undefined, as if somebody else were faster' : 'the lock'),
          (reason: NodeJS.ErrnoException) => reason.code ?? String(reason),
        ),
    },
    atEnd: ({ A }) =>
      !asked ||
      A === code ||
      `expected tryLock() to reject with the system's error when ${operation} fails (code ${code}), but it ended ` +
        `with ${String(A)}. ${asItIs}`,
  };
}

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
      if ((A as NodeJS.ErrnoException | undefined)?.code === code) return true;
      return (
        `expected ${how}() to reject with the system's error (code ${code}), but it ended with ${String(A)}. ` + asItIs
      );
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
          (reason: NodeJS.ErrnoException) => reason.code ?? String(reason),
        );
      },
    },
    atEnd: ({ A }) =>
      A === 'EIO' ||
      `expected tryLock() to reject with the system's error (code EIO), but it ended with ${String(A)}. ${asItIs}`,
  };
}

/** What `work` returns, and what it throws. */
export function results(world: World): Scene {
  const machine = new Machine(world);
  const [early, late, result] = [new Error('failed at once'), new Error('failed later'), new Error('a result')];
  const throws = (value: unknown) => () => {
    throw value;
  };
  const cases: readonly { whose: string; work: () => unknown; value?: unknown; error?: unknown }[] = [
    { whose: 'returns a promise of a text', work: async () => (await machine.work('A'), 'async'), value: 'async' },
    { whose: 'returns 0', work: () => 0, value: 0 },
    { whose: 'returns undefined', work: () => undefined, value: undefined },
    { whose: 'returns an error', work: () => result, value: result },
    { whose: 'throws', work: throws(early), error: early },
    {
      whose: 'rejects',
      async work() {
        await machine.work('A');
        throw late;
      },
      error: late,
    },
    ...[undefined, null, 0, ''].map((error) => ({ whose: `throws ${shown(error)}`, work: throws(error), error })),
    { whose: 'runs last', work: () => 'after the errors', value: 'after the errors' },
  ];
  const wrong: string[] = [];
  return {
    tasks: {
      async A() {
        for (const { whose, work, ...wanted } of cases) {
          const outcome = await withFileLock(counter, work, { files: machine.files('A') }).then(
            (value) => ({ value }),
            (error: unknown) => ({ error }),
          );
          const [how, want] =
            'error' in wanted ? ['reject with its error', wanted.error] : ['resolve to', wanted.value];
          const [did, got] = 'error' in outcome ? ['rejected with', outcome.error] : ['resolved to', outcome.value];
          if ('error' in wanted !== 'error' in outcome || want !== got)
            wrong.push(`withFileLock(), whose work ${whose}, must ${how} ${shown(want)}, but it ${did} ${shown(got)}`);
        }
      },
    },
    state: () => machine.state(),
    atEnd: () => wrong[0] ?? true,
  };
}

/**
 * Whoever comes when a call has ended, well or not, finds the lock free. The call's changes take many turns and all
 * other operations take few, so that a release which still goes on is seen. There is nothing to choose, so it takes no
 * step.
 */
export function freeAtTheEnd(): Scene {
  const machine = new Machine(unexplored);
  const own = machine.files('A');
  const slowly = async <R>(operation: () => Promise<R>): Promise<R> => {
    for (let turn = 0; turn < 2_000; turn++) await Promise.resolve();
    return operation();
  };
  const files: typeof own = {
    ...own,
    writeFile: (path, text, options) => slowly(() => own.writeFile(path, text, options)),
    link: (existing, path) => slowly(() => own.link(existing, path)),
    rename: (from, to) => slowly(() => own.rename(from, to)),
    unlink: (path) => slowly(() => own.unlink(path)),
  };
  const isFreeAfter = async (work: () => unknown) => {
    await withFileLock(counter, work, { files }).catch(() => undefined);
    const lock = await tryLock(counter, machine.files('B'));
    await lock?.release();
    return lock !== undefined;
  };
  return {
    tasks: {
      async A() {
        if (!(await isFreeAfter(() => undefined))) return 'resolved';
        return (await isFreeAfter(() => Promise.reject(new Error('the work failed')))) ? undefined : 'rejected';
      },
    },
    atEnd: ({ A }) =>
      A === undefined ||
      `the lock must be free when withFileLock() has ${A as string}, but it is still held. Await release()`,
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
  // What B does before each pause, and what it tells the pause.
  const looks: string[][] = [[]];
  const told: number[] = [];
  const noted = <R>(name: string, operation: () => Promise<R>): Promise<R> => {
    looks.at(-1)?.push(name);
    return operation();
  };
  return {
    tasks: {
      A: () => withFileLock(counter, hold, { files: machine.files('A') }),
      async B() {
        await held.opened;
        const own = machine.files('B');
        const files: typeof own = {
          ...own,
          isAlive: (owner) => noted('isAlive', () => own.isAlive(owner)),
          readdir: (path) => noted('readdir', () => own.readdir(path)),
          readFile: (path, encoding) => noted('readFile', () => own.readFile(path, encoding)),
          writeFile: (path, text, options) => noted('writeFile', () => own.writeFile(path, text, options)),
          link: (existing, path) => noted('link', () => own.link(existing, path)),
        };
        const pause = async (attempt: number) => {
          await world.operation('pauses');
          looks.push([]);
          if (told.push(attempt) === 12) enough.open();
          if (told.length >= 12) await own.pause(attempt);
        };
        await withFileLock(counter, () => machine.work('B'), { files: { ...files, pause } });
      },
    },
    state: () => machine.state(),
    always: () => machine.atMostOne(),
    atEnd() {
      const waits = looks.slice(0, 12).map((look) => look.join());
      const attempt = waits.reduce((one, other) => (other.length < one.length ? other : one));
      if (attempt !== '' && waits.some((look) => `,${look}`.endsWith(`,${attempt},${attempt}`)))
        return 'B tried twice without a pause in between, but it must call files.pause after each failed attempt';
      const first = told.slice(0, 12);
      return (
        first.every((attempt, before) => attempt === before) ||
        'files.pause must get 0 after the first failed attempt, 1 after the second and so on, but it got ' +
          first.join(', ')
      );
    },
  };
}

/**
 * One process takes the lock and releases it, very often, and another one asks meanwhile. There is nothing to choose,
 * so it takes no step.
 */
export function takenOften(_: World, times: number): Scene {
  const machine = new Machine(unexplored);
  return {
    tasks: {
      async A() {
        for (let time = 1; time <= times; time++) {
          const lock = await tryLock(counter, machine.files('A'));
          if (lock === undefined) return `take a lock that was released, but call number ${time} resolved to undefined`;
          if (await tryLock(counter, machine.files('B')))
            return (
              'resolve to undefined while another process holds the lock, but in round ' +
              `${time} it took the lock, too`
            );
          await lock.release();
        }
      },
    },
    atEnd: ({ A }) => A === undefined || `tryLock() must ${A as string}`,
  };
}

/** Steps that nobody chooses. */
const unexplored: World = {
  operation: <T>(_: string, effect?: () => T) => Promise.resolve().then(() => effect?.() as T),
  mark: () => undefined,
  kill: () => undefined,
};

/**
 * A process waits while another one has the lock for a long time, then once more for a short time. There is nothing to
 * choose, so it takes no step.
 */
export function longWait(_: World, most: number): Scene {
  const machine = new Machine(unexplored);
  let pausing: (attempt: number) => Promise<void>;
  let miscalled: string | undefined;
  // Both calls get the same object.
  const files = { ...machine.files('B'), pause: (attempt: number) => pausing(attempt) };
  const waitFor = async (pauses: number) => {
    const lock = await tryLock(counter, machine.files('A'));
    let paused = 0;
    pausing = async (attempt) => {
      if (attempt !== paused)
        miscalled ??=
          `after failed attempt number ${paused + 1} of a call, withFileLock() must call files.pause(${paused}), but ` +
          `it called files.pause(${attempt}). Count the attempts of each call from 0, without an upper limit`;
      paused++;
      if (paused === pauses) await lock?.release();
      if (paused > pauses + 100) throw new Error('the lock was released long ago');
    };
    const ending = await withFileLock(counter, () => 'worked', { files }).catch(String);
    if (ending === 'worked' && paused < pauses)
      miscalled ??=
        `withFileLock() ran its work after ${paused} failed attempts, although a living process still held the lock: ` +
        'a living process keeps its lock, however long it works';
    return ending;
  };
  return {
    tasks: { A: async () => [await waitFor(most), await waitFor(3)].find((ending) => ending !== 'worked') },
    atEnd: ({ A }) =>
      miscalled ??
      (A === undefined ||
        `withFileLock() must wait until it gets the lock, even if that takes ${most} attempts, but it ended with ` +
          `${A as string}`),
  };
}
