// The promise explorer.
export { closePromiseAgents, moduleUrl } from './agent.ts';
export { explorePromises, promisePositionAfter, replayPromises } from './explore-promises.ts';
export type {
  ExplorePromisesOptions,
  PromisePositionOptions,
  PromiseProgram,
  ReplayPromisesOptions,
} from './options.ts';
export type { PromiseOutcome, PromiseReport } from './promise-report.ts';
export type { Scenario, Scene, World } from './run/index.ts';
