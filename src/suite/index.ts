// Runs the suite of one exercise in a child process, and reads what came of each check.
export { withoutPaths, type Check, type Fault, type SuiteResult, type TaskResult } from './judge.ts';
export { listChecks, runSuite } from './suite.ts';
