// The explorer's public face.
export { explore } from './threads/explore.ts';
export { replay } from './threads/replay.ts';
export { formatReport } from './report/format-report.ts';
export type { Formattable, FormatOptions } from './report/format-report.ts';
export { closeAgents } from './threads/agents/agent-pool.ts';
export type * from './threads/model/types.ts';
export { closePromiseAgents, explorePromises, replayPromises } from './promises/explore-promises.ts';
export type * from './promises/types.ts';
