// What stands beside a student: verdicts on their own files, progress, hints, reset. The doctor has a face of its own,
// doctor/index.ts.
export { checkExercise, compilerRemarks, type Outcome } from './check-exercise.ts';
export { codeFolders, hashOfImportedFiles, isCode } from './hash-files.ts';
export { judgeTasks, tasksAfterChange } from './judge-tasks.ts';
export { resetExercise } from './keep.ts';
export { missingSentence } from './missing-sentence.ts';
export type { Standing } from './plan-tasks.ts';
export { progressOf, readProgress, type Progress } from './progress.ts';
export { changedSkeletonSentence, renamedSentences } from './renamed.ts';
export { readHintsUpTo, revealHint, type ReadHints, type Revealed } from './reveal-hint.ts';
export { SuiteRunner } from './suite-runner.ts';
export { firstUnsolved, stateOf, type ExerciseState } from './state.ts';
