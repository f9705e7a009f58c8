// Runs thread bodies for the search: in agents (real Workers), or in this process.
export { closeAgents } from './agent-pool.ts';
export { InProcessExecutor } from './in-process-executor.ts';
export { openExecutor } from './open-executor.ts';
