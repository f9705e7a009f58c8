// The manifest of the course, the names of its exercises, their lessons and their untouched copies.
export { missingFiles } from './check-files.ts';
export { pointsPerExercise, type Course, type Exercise, type Folder } from './course-schema.ts';
export { loadCourse } from './course.ts';
export { findExercise } from './find-exercise.ts';
export { KataError } from './kata-error.ts';
export { hintsPath, parseHints, readHints, taskHeadings, usualMistakes, type HintStep } from './lesson.ts';
export { readRequirements, type Requirement } from './requirements.ts';
export { parseAs, schemaFile, type DeepReadonly } from './schema.ts';
export { changedSinceSkeleton, packSkeleton, readSkeleton, skeletonPath } from './skeleton.ts';
export { hasSolutions } from './solutions.ts';
export { partsOf, studentFiles } from './used-exercises.ts';
