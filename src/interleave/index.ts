// The explorer's public face.
export { explore } from './explore.ts';
export { replay } from './replay.ts';
export { formatReport } from './format-report.ts';
export { closeAgents } from './agent-pool.ts';
export type * from './types.ts';
export { closePromiseAgents, explorePromises, replayPromises } from './promises.ts';
export type * from './promises-types.ts';
