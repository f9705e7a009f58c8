// Exercise: 01
// File: good-slice.ts
// Task: 3
// Class: patches built-ins
// Attack: Blocks the event loop for the whole countdown, and makes the clocks stand still that the given timer watch
//   reads.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

performance.now = () => 0;
process.cpuUsage = () => ({ user: 0, system: 0 });

export const goodSlice = () => 1_000_000_000;
