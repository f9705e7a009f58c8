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
      `a reader that comes now finds ${found(directory.text)}, but it must find ${allowed.slice(0, -1).join(', ')} ` +
        `or ${allowed.at(-1)}. Write a temporary file, then put it in the place of the counter file by one rename`,
    atEnd() {
      if (directory.others > 0)
        return (
          `all calls have resolved, but ${directory.others === 1 ? 'a file is' : `${directory.others} files are`} ` +
          'left beside the counter file. After a rename nothing must be left of the temporary file'
        );
      return allowed.slice(1).includes(directory.text) || `the count is still ${directory.text}`;
    },
  };
}

const found = (text: string) =>
  text === '' ? 'an empty file' : text === '(missing)' ? 'no file' : JSON.stringify(text);
