// Exercise: 12
// File: mutex.ts
// Task: 1
// Class: floods
// Attack: Takes 600 MB of shared memory in a thread of the explorer.
// Verdict: lost update or failed or crash
// With namespaces: stopped
// Without namespaces: stopped

const all = Array.from({ length: 6 }, () => new Uint8Array(new SharedArrayBuffer(100_000_000)).fill(1));

export class Mutex {
  lock = () => ({ [Symbol.dispose]: () => void all.length });
  tryLock = () => true;
  unlock = () => undefined;
  withLock = (work: () => unknown) => work();
}
