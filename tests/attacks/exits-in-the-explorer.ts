// Exercise: 08
// File: withdraw.ts
// Task: 2
// Class: ends a process
// Attack: Calls process.reallyExit(0) in the thread that explores its schedules.
// Verdict: crash or failed
// With namespaces: stopped
// Without namespaces: stopped

export const withdraw = () => (process as unknown as { reallyExit(code: number): never }).reallyExit(0);
