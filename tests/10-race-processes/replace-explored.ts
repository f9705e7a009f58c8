// Runs the student's replaceCounter under the explorer.
import { readCounter } from '#kata/10-race-processes/counter-file.ts';
import { replaceCounter } from '#kata/10-race-processes/replace-counter.ts';
import type { Scene, World } from '#src/interleave/index.ts';
import { CounterDirectory, path, twoIncrements } from './counter-directory.ts';

const names = ['A', 'B', 'C'];

/** Both processes read the count and replace the file by one with the count plus 1. */
export const increments = (world: World): Scene =>
  twoIncrements(world, async (files) => replaceCounter(path, (await readCounter(path, files)) + 1, files));

/** Processes that each replace the count 5 by another one. Whoever looks must find one of the counts. */
export function replaces(world: World, counts: number[]): Scene {
  const directory = new CounterDirectory(world, 5);
  const allowed = [5, ...counts].map(String);
  return {
    tasks: Object.fromEntries(
      counts.map((count, at) => {
        const name = names[at] as string;
        return [name, () => replaceCounter(path, count, directory.of(name))];
      }),
    ),
    state: () => ({ counter: directory.text === '' ? '(empty)' : directory.text, 'other files': directory.others }),
    always: () =>
      allowed.includes(directory.text) ||
      `a reader would find ${JSON.stringify(directory.text)}, wanted one of ${allowed.join(', ')}`,
    atEnd() {
      if (directory.others > 0) return `${directory.others} temporary files are left`;
      return allowed.slice(1).includes(directory.text) || `the count is still ${directory.text}`;
    },
  };
}
