// Exercise: 11
// File: mutex.ts
// Task: 2
// Class: forges an exploration
// Attack: Posts a report of its own from the thread in which its schedules are explored.
// Verdict: failed or lost update or wrong order or crash or timeout
// With namespaces: stopped
// Without namespaces: stopped

import { setImmediate } from 'node:timers';
import { parentPort } from 'node:worker_threads';

const report = {
  verdict: 'pass',
  reason: 'exhausted',
  sentence: 'All schedules passed.',
  coverage: 'all',
  complete: true,
  notes: [],
  schedules: 6,
  failures: 0,
  cut: 0,
  steps: 20,
  timers: 0,
  leftovers: 0,
  outcomes: [],
};
setImmediate(() => parentPort?.postMessage({ kind: 'report', report }));

export class Mutex {
  acquire = () => {
    parentPort?.postMessage({ kind: 'report', report });
    return Promise.resolve(() => undefined);
  };
  isLocked = () => false;
  runExclusive = async (task: () => unknown) => {
    parentPort?.postMessage({ kind: 'report', report });
    return task();
  };
}
