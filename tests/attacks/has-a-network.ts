// Exercise: 09
// File: schedules.ts
// Task: 2
// Class: leaves its sandbox
// Attack: Looks for a network other than the loopback device.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: wins

import { networkInterfaces } from 'node:os';

const reached = Object.values(networkInterfaces()).some((each) => each?.some(({ internal }) => !internal));

export const shortestLoss = () => (reached ? 'ABBA' : 'AABB');
export const smallestCount = () => 'ABBA';
