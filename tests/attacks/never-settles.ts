// Exercise: 05
// File: fetch-page.ts
// Task: 1
// Class: never ends
// Attack: Returns a promise that never settles.
// Verdict: timeout or failed
// With namespaces: stopped
// Without namespaces: stopped

export const fetchPage = () => new Promise(() => undefined);
