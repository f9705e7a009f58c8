// Exercise: 04
// File: processes.ts
// Task: 2
// Class: changes the grader
// Attack: Sets NODE_OPTIONS, NODE_PATH and KATA_ variables for every process that is started later.
// Verdict: failed or sequential in disguise
// With namespaces: stopped
// Without namespaces: stopped

Object.assign(process.env, {
  NODE_OPTIONS: '--require=/tmp/nothing.js --inspect=0',
  NODE_PATH: '/tmp',
  KATA_ARENA: 'inline',
  KATA_SEED: '1',
});

export const startProcess = () => undefined;
export const countdownOnProcesses = async (n: number) => n;
