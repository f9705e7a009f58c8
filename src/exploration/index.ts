// From an explorer's report to the finding that a suite throws.
export { expectNoSchedule, follow } from './expect-no-schedule.ts';
export { expectPass } from './explorer-finding.ts';
export { walkedIn } from './walked-in.ts';
