import { beforeEach } from 'vitest';
import { finding } from '#src/verdict/finding.ts';

/**
 * To be called in a task's `describe`: once a check of it has met a function that is not implemented yet, the later ones
 * say the same at once. A skeleton gets its verdict in a moment instead of asking again for each check; points do not change.
 */
export function stopAtNotImplemented(): void {
  let sentence: string | undefined;
  let stack: string | undefined;
  beforeEach(({ onTestFailed }) => {
    if (sentence !== undefined) throw Object.assign(finding('not implemented', sentence), { stack });
    onTestFailed(({ task }) => {
      const met = task.result?.errors?.find((error) => error['verdict'] === 'not implemented');
      if (met) ({ message: sentence, stack } = met);
    });
  });
}
