// Scenarios with increment.ts, apart from those of the lock: a file that doesn't load fails its own task only.
import type { Scene, World } from '#src/interleave/index.ts';
import { increment } from '#kata/14-file-lock/increment.ts';
import { counter, Machine } from './machine.ts';
import { Stage, type Plot } from './stage.ts';

/** Each process increments once. */
export function increments(world: World, plot: Plot, first?: string): Scene {
  const stage = new Stage(world, plot);
  const { machine } = stage;
  if (first !== undefined) machine.directory.put(counter, first);
  const count = () => machine.directory.text(counter);
  const visit = (name: string) => increment(counter, { files: machine.files(name) });
  return {
    tasks: stage.tasks(visit, () => Promise.resolve()),
    state: () => ({ counter: count() ?? '(none)', ...machine.state() }),
    always: () =>
      count() === first ||
      // Where nobody dies, the file may be away for a moment.
      (count() === undefined && plot.crash === undefined) ||
      /^\d+\n?$/.test(count() ?? '') ||
      `the counter must always hold a whole number, but it holds ${JSON.stringify(count())}`,
    atEnd(returned) {
      const counts = Object.entries(returned).filter(([name]) => name !== 'crash');
      const total = Number(first ?? 0) + counts.length;
      const last = Number(count());
      const highest = Math.max(...counts.map(([, value]) => Number(value)));
      const same = counts.find(([name, value]) => counts.some(([other, each]) => other !== name && each === value));
      if (same !== undefined)
        return `two calls of increment() resolved to ${String(same[1])}, but each must resolve to its count`;
      if (last !== highest) return `the counter is ${last}, but increment() resolved to ${highest} at last`;
      if (last === total || (plot.crash !== undefined && last === total + 1)) return stage.allDone(returned) ?? true;
      const calls = counts.length === 1 ? 'one increment' : `${counts.length} increments`;
      return `after ${calls} from ${first ?? 0}, the counter is ${last}`;
    },
  };
}

/** Each process increments another counter. */
export function twoCounters(world: World): Scene {
  const machine = new Machine(world);
  const counters = [
    { path: `${counter}.txt`, name: 'A', first: 41 },
    { path: `${counter}.json`, name: 'B', first: 7 },
  ];
  for (const { path, first } of counters) machine.directory.put(path, String(first));
  const visit = (path: string, name: string) => () => increment(path, { files: machine.files(name) });
  return {
    tasks: Object.fromEntries(counters.map(({ path, name }) => [name, visit(path, name)])),
    state: () =>
      Object.fromEntries(counters.map(({ path, name }) => [`counter of ${name}`, machine.directory.text(path)])),
    atEnd() {
      const wrong = counters.find(({ path, first }) => Number(machine.directory.text(path)) !== first + 1);
      if (wrong === undefined) return true;
      const { path, first } = wrong;
      return (
        `${path} held ${first} and was incremented once, but it holds ${machine.directory.text(path)}. Another ` +
        "counter of the folder was incremented at the same time: derive the draft's name from the path"
      );
    },
  };
}

/** The counter can't be read, then it can. */
export function unreadable(world: World): Scene {
  const machine = new Machine(world);
  const files = machine.files('A');
  const broken = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
  const readFile: typeof files.readFile = (path, encoding) =>
    path === counter
      ? world.operation('read counter → EIO', () => undefined).then(() => Promise.reject(broken))
      : files.readFile(path, encoding);
  machine.directory.put(counter, '41');
  return {
    tasks: {
      A: () =>
        increment(counter, { files: { ...files, readFile } }).then(
          (value) => value,
          (error: unknown) => error,
        ),
      async B() {
        await increment(counter, { files: machine.files('B') });
        return 'done';
      },
    },
    state: () => ({ counter: machine.directory.text(counter), ...machine.state() }),
    atEnd({ A }) {
      if ((A as NodeJS.ErrnoException | undefined)?.code !== 'EIO')
        return `expected increment() to reject with the system's error (code EIO), but it ended with ${String(A)}`;
      const count = machine.directory.text(counter);
      return count?.trim() === '42' || `the counter was 41 and one increment succeeded, but it is ${String(count)}`;
    },
  };
}
