// From a failing schedule to a report of threads.
export { coverageSentence, type SearchEnd } from './coverage-sentence.ts';
export { describeFailure, otherRaceSentence } from './describe-failure.ts';
export type { ReplayReport, ThreadReport } from './thread-report.ts';
export { timelineOf } from './thread-timeline.ts';
