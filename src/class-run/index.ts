// Judges the submissions of a class, one student at a time, and puts the results of several machines together.
export { findStudents, parseShard } from './find-students.ts';
export { judgeClass, type JudgedStudent } from './judge-class.ts';
export { mergeRuns } from './merge-runs.ts';
export { countMisconceptions, problemOf } from './write-results.ts';
