// The names of verdicts, and the error that carries one from a suite to the grader.
export { Finding, finding, named } from './finding.ts';
export { isNotImplemented, rethrowNotImplemented, throwerOf } from './not-implemented.ts';
export { isVerdict, verdicts, type Verdict } from './verdicts.ts';
export { formatFrame, inAnyExercise, inFolder, pathFrom, studentFrame, type Frame } from './student-frame.ts';
