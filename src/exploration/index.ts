// From an explorer's report to the finding that a suite throws.
export { described, type Described } from './described.ts';
export { closeExplorers, explorePromises, exploreThreads, replayPromises } from './explorer.ts';
export { expectNoSchedule, follow } from './expect-no-schedule.ts';
export { asSentences, expectPass, explained } from './explorer-finding.ts';
export { ownFiles } from './own-files.ts';
export { walkedIn } from './walked-in.ts';
