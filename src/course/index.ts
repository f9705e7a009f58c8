// The manifest of the course, the names of its exercises, their lessons and their untouched copies.
export { checkFiles, missingFiles } from './check-files.ts';
export { loadCourse, manifestPath, pointsPerExercise, type Course, type Exercise, type Task } from './course.ts';
export { findExercise } from './find-exercise.ts';
export { parseJson } from './json-text.ts';
export { KataError } from './kata-error.ts';
export { hintsPath, parseHints, readHints, taskHeadings, type HintStep, type Hints } from './lesson.ts';
export { readSchema, schemaFault } from './schema-fault.ts';
export { partsOf, studentFiles } from './used-exercises.ts';
export { changedSinceSkeleton, packSkeleton, readSkeleton, skeletonPath, type Skeleton } from './skeleton.ts';
