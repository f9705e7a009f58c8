// Exercise: 04
// File: processes.ts
// Task: 2
// Class: ends a process
// Attack: Calls process.reallyExit(0), which runs no exit handler.
// Verdict: crash
// With namespaces: stopped
// Without namespaces: stopped

export const startProcess = () => undefined;
export const countdownOnProcesses = () => (process as unknown as { reallyExit(code: number): never }).reallyExit(0);
