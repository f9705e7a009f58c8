import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { watch } from 'chokidar';
import type { Exercise } from '#src/course/course.ts';

/** What a session needs from the world; tests give their own. */
export interface SessionPorts {
  /** Keys as they are pressed, one character each. */
  keys(): AsyncIterable<string>;
  /** Shows `text` in place of all that was there. */
  draw(text: string): void;
  /** Calls `saved` after each burst of changes to the exercise's files. */
  watch(root: string, exercise: Exercise, saved: () => void): { close(): Promise<void> };
  /** Gives the terminal back as it was. */
  close(): void;
}

/** Editors save in several steps (a draft, a rename, a touch): changes this close together are one save. Milliseconds. */
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

/** Watches the student's files and the given ones. */
export function watchExercise(root: string, { slug, files }: Exercise, saved: () => void): { close(): Promise<void> } {
  const folder = join(root, 'exercises', slug);
  let timer: NodeJS.Timeout | undefined;
  const names = new Set([...files.student, ...files.given].map((name) => join(folder, name)));
  const watcher = watch(folder, { ignoreInitial: true, depth: 0 }).on('all', (_, path) => {
    if (!names.has(path)) return;
    clearTimeout(timer);
    timer = setTimeout(saved, burst);
  });
  return {
    async close() {
      clearTimeout(timer);
      await watcher.close();
      clearTimeout(timer);
    },
  };
}
