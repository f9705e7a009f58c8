// A counter file in memory, whose file operations are steps of the explorer.
import type { Scene, World } from '#src/interleave/index.ts';
import type { Files } from '#kata/10-race-processes/files.ts';
import { InvalidCounterError } from '#kata/10-race-processes/invalid-counter-error.ts';
import { MemoryDirectory } from '../support/memory-files.ts';

/** The counter file. */
export const path = '/data/counter';

export class CounterDirectory {
  readonly #directory: MemoryDirectory;
  readonly #aliases = new Map<string, string>();

  constructor(world: World, count: number) {
    this.#directory = new MemoryDirectory(world);
    this.#directory.put(path, String(count));
  }

  /** What the counter file holds now. */
  get text(): string {
    return this.#directory.text(path) ?? '(missing)';
  }

  /** How many files there are beside the counter file. */
  get others(): number {
    return this.#directory.paths.filter((each) => each !== 'counter').length;
  }

  /** @returns the operations of a process. Every file but the counter gets a short name, the same in every run */
  of(process: string): Files {
    const files = this.#directory.of(process);
    const alias = (name: string): string => {
      if (name === path) return path;
      const known = this.#aliases.get(name) ?? `/data/temporary${this.#aliases.size + 1}`;
      this.#aliases.set(name, known);
      return known;
    };
    return {
      readFile: (name, encoding) => files.readFile(alias(name), encoding),
      writeFile: (name, text) => files.writeFile(alias(name), text),
      rename: (from, to) => files.rename(alias(from), alias(to)),
      unlink: (name) => files.unlink(alias(name)),
    };
  }
}

/**
 * Two processes A and B, each of which increments the count 0 once. A process that finds no count in the file stops.
 * @param increment what each process does
 */
export function twoIncrements(world: World, increment: (files: Files) => Promise<unknown>): Scene {
  const directory = new CounterDirectory(world, 0);
  const failed: string[] = [];
  const process = (name: string) => async () => {
    try {
      await increment(directory.of(name));
    } catch (error) {
      if (!(error instanceof InvalidCounterError)) throw error;
      failed.push(name);
      world.mark('fails: not a count');
    }
  };
  return {
    tasks: { A: process('A'), B: process('B') },
    state: () => ({ counter: directory.text === '' ? '(empty)' : directory.text, failed: failed.join(' ') || '-' }),
    atEnd() {
      if (failed.length > 0) return `${failed.join(' and ')} failed, because there was no count in the file`;
      return directory.text === '2' || `two increments have ended, and the count is ${directory.text}`;
    },
  };
}
