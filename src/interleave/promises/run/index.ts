// One schedule of async code: its scene, its clock, its steps, and the record of them.
export { pack, timersLane, unpack, type Choice } from './choice.ts';
export type { Chooser, Refusal } from './chooser.ts';
export { installClock } from './clock.ts';
export { failCurrent, laneHere, takeLog, timerTaker } from './current-run.ts';
export { describe, failureOf, position, type PromiseFailure } from './failures.ts';
export { Recorder, type Waiting } from './recorder.ts';
export type { RunLimits, RunResult } from './run-result.ts';
export type { Scenario, Scene, World } from './scene.ts';
export { ScheduleRun } from './schedule-run.ts';
export { shown } from './shown.ts';
