// Exercise: 03
// File: countdown-on-threads.ts
// Task: 4
// Class: patches built-ins
// Attack: Counts on one thread, and makes every clock of its process stand still.
// Verdict: sequential in disguise or failed
// With namespaces: stopped
// Without namespaces: stopped

import { countdown, type Range } from '#shared/countdown.ts';

export const countdownOnThread = async (range: Range) => countdown(range);
export const countdownOnThreads = async (n: number, _threads: number) => countdown({ from: 0, to: n });

performance.now = () => 0;
Date.now = () => 0;
process.hrtime.bigint = () => 0n;
process.cpuUsage = () => ({ user: 0, system: 0 });
