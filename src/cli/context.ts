import type { Command } from 'commander';
import type { runSuite } from '#src/suite/index.ts';
import type { Terminal } from './terminal.ts';

/** What every command is given. */
export interface Context {
  /** The course's folder (the one with package.json), absolute. */
  readonly root: string;
  readonly terminal: Terminal;
  /** Judges one exercise; a Vitest run by default. */
  readonly runSuite?: typeof runSuite;
}

/** The module author-commands.ts, which is loaded only where it is there. */
export interface AuthorCommands {
  /**
   * @param command adds one, with a sentence about it and examples
   * @param end takes the exit code of the command that was called
   */
  readonly addAuthorCommands: (
    command: (words: string, about: string, ...examples: string[]) => Command,
    context: Context,
    end: (code: number) => void,
  ) => void;
}
