// Runs the suite of one exercise in a child process, and reads what came of each check.
export { checkSchema, faultSchema, placeText, verdictSchema } from './results.ts';
export type { Check, CheckTimeline, StartedCheck, SuiteResult, TaskResult } from './results.ts';
export { listChecks, prepareSuite, runSuite, type ListedTask, type PreparedSuite } from './suite.ts';
export { withoutPaths } from './without-paths.ts';
