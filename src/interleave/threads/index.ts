// The thread explorer.
export { closeAgents } from './agents/index.ts';
export { explore } from './explore.ts';
export { fewestSteps, type FewestSteps } from './fewest-steps.ts';
export { threadList } from './model/index.ts';
export type { InProcessBody, MemoryCopy, MemorySpec, ThreadProgram, ThreadSpec, WordSpec } from './model/index.ts';
export type { ExploreOptions, PositionOptions, ReplayOptions } from './options.ts';
export { positionAfter, Positions } from './position.ts';
export { replay } from './replay.ts';
export type { ReplayReport, ThreadReport } from './report/index.ts';
export type { ThreadOutcome } from './search/index.ts';
export type { ElementType, IntegerArray, Value } from './steps/index.ts';
