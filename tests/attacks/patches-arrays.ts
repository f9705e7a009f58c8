// Exercise: 02
// File: send.ts
// Task: 2
// Class: patches built-ins
// Attack: Sends nothing that was asked for, and makes every comparison of arrays come out equal.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

import type { Worker } from 'node:worker_threads';

Array.prototype.every = () => true;
Array.prototype.includes = () => true;
Array.prototype.indexOf = () => 0;
Object.is = () => true;
Int32Array.prototype.every = () => true;

export const sendCopy = (target: Worker) => target.postMessage(Int32Array.of());
export const sendAway = sendCopy;
export const sendShared = (target: Worker, numbers: Int32Array) => (target.postMessage(Int32Array.of()), numbers);
