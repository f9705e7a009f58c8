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
