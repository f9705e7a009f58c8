// Exercise: 04
// File: processes.ts
// Task: 1
// Class: floods
// Attack: Takes 800 MB in a process that has cut its ties.
// Verdict: failed or timeout or crash or leak or sequential in disguise
// With namespaces: stopped
// Without namespaces: wins

import { spawn } from 'node:child_process';

/** A child of a child that has ended, in a new session and with an empty environment. */
const daemon = (program: string) =>
  spawn(
    process.execPath,
    [
      '-e',
      `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(program)}], { detached: true, stdio: 'ignore', env: {} }).unref()`,
    ],
    {
      detached: true,
      stdio: 'ignore',
      env: {},
    },
  );

daemon(
  'const all = []; for (let i = 0; i < 8; i++) all.push(Buffer.alloc(100e6, 1)); setTimeout(() => all, 20000)',
).unref();

export const startProcess = () => ({
  name: 'x',
  pid: 1,
  result: Promise.resolve(0),
  join: async () => ({ code: 0, signal: null }),
});
export const countdownOnProcesses = async () => 0;
