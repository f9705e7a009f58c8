// Exercise: 05
// File: fetch-pages.ts
// Task: 2
// Class: never ends
// Attack: Returns a thenable that asks for itself again each time it is awaited.
// Verdict: timeout
// With namespaces: stopped
// Without namespaces: stopped

import { setImmediate } from 'node:timers';

const again = { then: (resolve: (value: unknown) => void) => void setImmediate(() => resolve(again)) };

export const fetchPages = () => again;
