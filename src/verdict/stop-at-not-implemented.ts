// A setup file of the suites: once a check has met a function that is not implemented yet, the later checks of its
// describe don't run, and say why. A skeleton gets its verdict in a moment instead of being asked again for each check,
// and a task with such a check earns nothing anyway. Where the checks of a task judge different functions, each of
// these has its own describe in the task.
import { beforeEach } from 'vitest';
import { finding } from './finding.ts';

interface Met {
  readonly sentence: string;
  readonly stack: string | undefined;
}

/** By id of the describe. */
const met = new Map<string, Met>();

beforeEach(({ task, onTestFailed }) => {
  const { suite } = task;
  if (suite === undefined) return;
  const known = met.get(suite.id);
  if (known !== undefined)
    throw Object.assign(finding('not implemented', `This check did not run: ${known.sentence}`), {
      stack: known.stack,
    });
  onTestFailed((failed) => {
    const error = failed.task.result?.errors?.find((each) => each['verdict'] === 'not implemented');
    if (error !== undefined) met.set(suite.id, { sentence: error.message, stack: error.stack });
  });
});
