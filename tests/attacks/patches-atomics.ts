// Exercise: 12
// File: mutex.ts
// Task: 1
// Class: patches built-ins
// Attack: Has no lock, and replaces the explorer's Atomics by functions that do nothing.
// Verdict: lost update or failed or data race
// With namespaces: stopped
// Without namespaces: stopped

globalThis.Atomics = { ...Atomics, load: () => 0, store: () => 0, add: () => 0, wait: () => 'ok' } as never;

export class Mutex {
  lock = () => ({ [Symbol.dispose]: () => undefined });
  tryLock = () => true;
  unlock = () => undefined;
  withLock = (work: () => unknown) => work();
}
