import { basename } from 'node:path';
import { classPage, readReferences } from '#src/class-page/index.ts';
import type { Course } from '#src/course/index.ts';
import {
  addSources,
  type GradedStudent,
  type GradeRecord,
  readStudentFiles,
  type Submission,
} from '#src/grade/index.ts';

/**
 * @param root the course, absolute
 * @param course the exercises that were judged
 * @returns the instructor's page with this one submission
 */
export async function submissionPage(
  root: string,
  course: Course,
  record: GradeRecord,
  submission: Submission,
): Promise<string> {
  const sources: GradedStudent['sources'] = {};
  for (const exercise of course.exercises)
    addSources(sources, exercise.slug, await readStudentFiles(exercise, submission));
  const student = basename(submission.repository ?? submission.exercises);
  return classPage([{ student, fingerprint: '', record, sources }], {
    title: `Concurrency kata: ${student}`,
    references: await readReferences(root, course.exercises),
  });
}
