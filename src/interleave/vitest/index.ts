// Matchers for Vitest. Importing this module, in a test or a setup file, adds them to `expect`.
import { expect } from 'vitest';
import { holdsInEverySchedule, type ExploredProgram, type HoldOptions } from './holds.ts';

export type { ExploredProgram } from './holds.ts';

declare module 'vitest' {
  // Vitest's own declaration has this parameter, with this default.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars
  interface Matchers<T = any> {
    /**
     * Explores a program of threads or of promises. Passes if every schedule within the bound was visited and holds;
     * with `.not`, if one fails. Its message is the explorer's report with the failing schedule.
     */
    toHoldInEverySchedule(options?: HoldOptions): Promise<void>;
  }
}

expect.extend({
  async toHoldInEverySchedule(program: ExploredProgram, options: HoldOptions = {}) {
    const { isNot } = this as { isNot: boolean };
    const { answer, text } = await holdsInEverySchedule(program, options);
    // An exploration that its budget ended answers neither question.
    return { pass: answer === 'unknown' ? isNot : answer === 'holds', message: () => text };
  },
});
