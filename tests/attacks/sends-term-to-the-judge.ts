// Exercise: 03
// File: split.ts
// Task: 1
// Class: attacks the judge
// Attack: Sends SIGTERM to the parent of its process, which judges.
// Verdict: crash or failed or timeout
// With namespaces: stopped
// Without namespaces: wins

process.kill(process.ppid, 'SIGTERM');

export const split = (n: number, _parts: number) => [{ from: 0, to: n }];
