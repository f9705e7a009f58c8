// Judges submissions: points and verdicts, in a tree that student code cannot change.
export { csvText, taskColumns, taskRows, type CsvRow } from './formats/csv.ts';
export { formats, type FormatName } from './formats/index.ts';
export { checksOf } from './formats/outcomes.ts';
export { printable } from './formats/printable.ts';
export { gradedStudentSchema, type GradedStudent } from './graded-student.ts';
export { grade, gradeExercise, percentage, type GradeOptions } from './grade.ts';
export { recordSchema, type ExerciseRecord, type GradeRecord, type TaskRecord } from './record.ts';
export {
  addSources,
  findSubmission,
  hasAnExercise,
  readStudentFiles,
  type Submission,
  whyUnusable,
} from './submission.ts';
export { exerciseText, isolationText, notes as exerciseNotes, totalText } from './table.ts';
export { buildTree } from './tree.ts';
export { diagnosticLine, typeCheck } from './type-check.ts';
