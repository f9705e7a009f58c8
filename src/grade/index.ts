// Runs suites, judges submissions and checks the course against answers whose verdicts are known.
export { grade, percentage } from './grade.ts';
export type { GradeRecord } from './record.ts';
export { findSubmission } from './submission.ts';
export { runSuite, type Check, type SuiteResult, type TaskResult } from './suite.ts';
export { exerciseText, totalText } from './table.ts';
export { diagnosticLine, typeCheck } from './type-check.ts';
export { verify, type DoneCase } from './verify.ts';
