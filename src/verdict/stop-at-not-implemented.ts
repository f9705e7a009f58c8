// A setup file of the suites: once a check of a task has met a function that is not implemented yet, the task's later
// checks say the same at once. A skeleton gets its verdict in a moment instead of being asked again for each check; a
// task with such a check earns nothing anyway.
import { beforeEach } from 'vitest';
import { finding } from './finding.ts';

interface Met {
  readonly sentence: string;
  readonly stack: string | undefined;
}

/** By title of the describe that is the task. */
const met = new Map<string, Met>();

beforeEach(({ task, onTestFailed }) => {
  let group = task.suite;
  while (group?.suite !== undefined) group = group.suite;
  if (group === undefined) return;
  const { name } = group;
  const known = met.get(name);
  if (known !== undefined) throw Object.assign(finding('not implemented', known.sentence), { stack: known.stack });
  onTestFailed((failed) => {
    const error = failed.task.result?.errors?.find((each) => each['verdict'] === 'not implemented');
    if (error !== undefined) met.set(name, { sentence: error.message, stack: error.stack });
  });
});
