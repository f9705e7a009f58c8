import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { watch } from 'chokidar';
import type { Exercise } from '#src/course/index.ts';

/** What a session needs from the world; tests give their own. */
export interface SessionPorts {
  /** Keys as they are pressed, one character each. */
  keys(): AsyncIterable<string>;
  /** Shows `text` in place of all that was there. */
  draw(text: string): void;
  /** Calls `saved` with the names of the files after each burst of changes to the exercise's files. */
  watch(root: string, exercise: Exercise, saved: (names: readonly string[]) => void): { close(): Promise<void> };
  /** Gives the terminal back as it was. */
  close(): void;
}

/**
 * Editors save in several steps (a draft, a rename, a touch): changes this close together are one save. Milliseconds.
 */
const burst = 80;

/** @returns the ports of this process's terminal, its keys unbuffered from now on */
export function terminalPorts(): SessionPorts {
  const { stdin, stdout } = process;
  stdin.setRawMode?.(true);
  stdin.setEncoding('utf8');
  return {
    async *keys() {
      for await (const typed of stdin as Readable & AsyncIterable<string>) yield* typed;
    },
    draw: (text) => void stdout.write(`\x1b[H\x1b[2J\x1b[3J${text}\n`),
    watch: watchExercise,
    close() {
      stdin.setRawMode?.(false);
      stdin.pause();
    },
  };
}

/**
 * Watches the student's files and the given ones.
 * @returns `ready` once the next change will be seen, `close` to see no more
 */
export function watchExercise(
  root: string,
  { slug, files }: Exercise,
  saved: (names: readonly string[]) => void,
): { ready: Promise<void>; close(): Promise<void> } {
  const watched = [...files.student, ...files.given];
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(join(root, 'exercises', slug), { ignoreInitial: true, depth: 0 }).on('all', (_, path) => {
    const name = basename(path);
    if (!watched.includes(name)) return;
    changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const names = [...changed];
      changed.clear();
      saved(names);
    }, burst);
  });
  return {
    ready: new Promise((resolve) => watcher.once('ready', resolve)),
    async close() {
      await watcher.close();
      clearTimeout(timer);
    },
  };
}
