// Runs a thread body so that every use of explored memory becomes a step. Knows nothing of schedules.
export { ABANDON, BodyHost } from './body-host.ts';
export { controlledAtomics } from './controlled-atomics.ts';
export { controlGlobals } from './controlled-globals.ts';
export { controlBuffer, facade } from './shared-array-facade.ts';
