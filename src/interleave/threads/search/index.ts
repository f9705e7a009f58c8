// Ways through the schedules of a program, and what counts as a failure on the way.
export { BoundedDfs } from './bounded-dfs.ts';
export { contended } from './contention.ts';
export { BreadthFirst } from './breadth-first.ts';
export { lostByLast, type MemoryStep } from './lost-update.ts';
export type { ThreadOutcome } from './outcomes.ts';
export { RandomSearch } from './random-search.ts';
export { ScheduleChecker, type FailingSchedule } from './schedule-checker.ts';
export { preemptionsOf, traceOf } from './trace.ts';
export { Walker } from './walker.ts';
