// Exercise: 11
// File: mutex.ts
// Task: 2
// Class: ends a process
// Attack: Rejects a promise that nobody handles while its module is loaded.
// Verdict: crash or failed or wrong order or lost update or does not compile or deadlock
// With namespaces: stopped
// Without namespaces: stopped

void Promise.reject(new Error('nobody handles this'));

export class Mutex {
  acquire = () => Promise.resolve(() => undefined);
  isLocked = () => false;
  runExclusive = (task: () => unknown) => task();
}
