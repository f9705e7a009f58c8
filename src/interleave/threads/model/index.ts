// A program of threads, and the state it is in between two steps.
export { checkProgram, positive, type CheckedProgram } from './check-program.ts';
export type { Executor } from './executor.ts';
export { growHistory, markNotDeterministic, nodeToLocate, setSites } from './grow-history.ts';
export type { HistoryNode } from './history.ts';
export { arrayOf, MemoryLayout, type MemoryCopy, type MemorySpec, type WordSpec } from './memory-layout.ts';
export { Model } from './model.ts';
export type { StepRecord, TraceStep } from './step-record.ts';
export { choiceText, stepText } from './step-text.ts';
export { threadList, type InProcessBody, type ThreadProgram, type ThreadSpec } from './thread-program.ts';
export { conflict } from './vector-clocks.ts';
