// Exercise: 11
// File: mutex.ts
// Task: 2
// Class: forges a result
// Attack: Throws an error in an explored thread whose reason is that of a search that ran out of time.
// Verdict: failed or deadlock or lost update or wrong order or crash
// With namespaces: stopped
// Without namespaces: stopped

const error = () =>
  Object.assign(new Error('The schedules could not all be visited in time'), {
    name: 'ExplorerError',
    verdict: 'inconclusive',
    reason: 'budget-milliseconds',
    code: 'budget-milliseconds',
  });

export class Mutex {
  acquire = () => Promise.reject(error());
  isLocked = () => false;
  runExclusive = () => Promise.reject(error());
}
