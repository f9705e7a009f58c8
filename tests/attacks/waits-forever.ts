// Exercise: 12
// File: mutex.ts
// Task: 1
// Class: never ends
// Attack: Sleeps forever in Atomics.wait.
// Verdict: timeout or deadlock or failed or lost update
// With namespaces: stopped
// Without namespaces: stopped

const never = new Int32Array(new SharedArrayBuffer(4));

export class Mutex {
  lock(): void {
    for (;;) Atomics.wait(never, 0, 0);
  }
  tryLock = () => true;
  unlock = () => undefined;
  withLock = (work: () => unknown) => work();
}
