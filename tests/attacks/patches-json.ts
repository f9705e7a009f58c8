// Exercise: 10
// File: counter-file.ts
// Task: 1
// Class: patches built-ins
// Attack: Writes no counter, and patches JSON, RegExp and the class of the errors that are looked at.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

JSON.stringify = () => '1';
RegExp.prototype.test = () => true;
Error.prototype.toString = () => 'InvalidCounterError';

export const readCounter = () => Promise.resolve(1);
export const writeCounter = () => Promise.resolve();
export const increment = () => Promise.resolve(1);
