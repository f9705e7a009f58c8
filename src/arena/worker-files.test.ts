import { expect, test } from 'vitest';
import { workerFiles } from './worker-files.ts';

test.each([
  ['#kata/03-countdown-threads/countdown-on-threads.ts', ['countdown.worker.ts']],
  ['file:///x/tests/04-countdown-processes/scenarios.ts', ['countdown.process.ts']],
  // Its Worker is given.
  ['#kata/12-mutex/mutex.ts', []],
  ['file:///x/src/arena/fixtures/ways.ts', []],
])("the student's files that run in Workers or child processes of %s", async (specifier, files) => {
  expect(await workerFiles(specifier)).toEqual(files);
});
