// Exercise: 03
// File: split.ts
// Task: 1
// Class: leaves processes behind
// Attack: Starts a process that cuts every tie to its parents, and is to survive the grading.
// Verdict: failed
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

daemon('setTimeout(() => undefined, 120000)').unref();

export const split = (n: number, _parts: number) => [{ from: 0, to: n }];
