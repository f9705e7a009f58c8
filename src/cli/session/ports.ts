import { existsSync } from 'node:fs';
import type { Exercise } from '#src/course/index.ts';
import type { Terminal } from '../terminal.ts';
import { callEditor, editorCall, type Place } from './editor.ts';
import { type Key, keysOf } from './keys.ts';
import { type Display, fullScreen, plainLines } from './screen.ts';

/** What a session needs from the world; tests give their own. */
export interface SessionPorts {
  readonly display: Display;
  /** Keys as they are pressed. */
  readonly keys: AsyncIterable<Key>;
  /** Calls `saved` with the names of the files after each burst of changes to code that the exercise may import. */
  watch(root: string, exercise: Exercise, saved: (names: readonly string[]) => void): { close(): Promise<void> };
  /**
   * Opens a file.
   * @param name of the place, for sentences
   * @returns a sentence about what happened; nothing where the editor was in the terminal and has been left
   */
  edit(place: Place, name: string): Promise<string | undefined>;
  /** Stops the process until someone says `fg`. */
  pause(): Promise<void>;
  /** Gives the terminal back as it was. */
  close(): void;
}

/**
 * @param root the course's folder, absolute
 * @returns the ports of this process's terminal, its keys unbuffered from now on
 */
export function terminalPorts(root: string, terminal: Terminal): SessionPorts {
  const { stdin, env } = process;
  const stop = new AbortController();
  const display = env['TERM'] === 'dumb' ? plainLines(root, terminal) : fullScreen(root, terminal);
  return {
    display,
    keys: keysOf(stdin, stop.signal),
    // Loading the watcher takes time that the first screen doesn't have.
    watch: (...watched) => {
      const watcher = import('./watch.ts').then(({ watchExercise }) => watchExercise(...watched));
      return { close: async () => (await watcher).close() };
    },
    async edit(place, name) {
      const call = editorCall(place, env);
      if (!existsSync(place.file)) return `${place.file} does not exist.`;
      if (call === undefined) return texts.noEditor(name);
      if (call.inTerminal) return display.suspend(() => callEditor(call));
      return (await callEditor(call)) ?? texts.isOpen(name);
    },
    pause: async () => {
      if (process.platform === 'win32') return;
      await display.suspend(async () => {
        // The whole job stops, npm included. Where no shell could continue it, the system ignores the signal.
        process.kill(0, 'SIGTSTP');
        await new Promise((resolve) => setTimeout(resolve, 50));
      });
    },
    close() {
      stop.abort();
      display.close();
    },
  };
}

const texts = {
  noEditor: (name: string) =>
    `Open ${name} in your editor; for this key to do it, set $VISUAL or $EDITOR, as in: VISUAL=nano npm start`,
  isOpen: (name: string) => `${name} is open in your editor.`,
};
