// Exercise: 03
// File: split.ts
// Task: 1
// Class: attacks the judge
// Attack: Sends SIGSTOP to the parent of its process, which judges.
// Verdict: crash or failed or timeout
// With namespaces: stopped
// Without namespaces: wins

process.kill(process.ppid, 'SIGSTOP');

export const split = (n: number, _parts: number) => [{ from: 0, to: n }];
