// What stands beside a student: verdicts on their own files, progress, hints, reset. The doctor has a face of its own,
// doctor/index.ts.
export { checkExercise, compilerRemarks, type Outcome } from './check-exercise.ts';
export { restore } from './keep.ts';
export { missingSentence } from './missing-sentence.ts';
export { readProgress, updateProgress } from './progress.ts';
export { revealHint, type Revealed } from './reveal-hint.ts';
export { firstUnsolved, stateOf, type ExerciseState } from './state.ts';
