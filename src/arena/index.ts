// Runs student code in a process for it alone, and gathers what can be observed there.
export { arena, findingOf, importFailure, observe, session, type Remote } from './arena.ts';
export type { Observation } from './observation.ts';
export { referenceUrl } from './reference.ts';
export type { Session } from './session.ts';
