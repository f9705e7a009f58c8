import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Course, loadCourse } from '#src/course/index.ts';
import type { GradeRecord, Submission } from '#src/grade/index.ts';
import { readStudentFiles } from '#src/grade/index.ts';
import { exercise, failedCheck, gradeRecord, task } from '#src/testing/grade-record.ts';
import { answers, slug, toyCourse } from '#src/testing/toy-course.ts';
import { findStudents } from '../find-students.ts';
import { judgeClass, type ClassRun, type JudgedStudent } from '../judge-class.ts';

/** A toy course, and a folder with submissions for it. */
export interface ToyClass {
  root: string;
  course: Course;
  submissions: string;
  /** A folder for results beside the course. */
  out: (name: string) => string;
  /** Writes files of a student; the right answer without files. */
  handIn: (student: string, files?: Record<string, string>) => Promise<void>;
  /** Judges everybody, by what their files say unless `changes` says otherwise. */
  judge: (changes?: Partial<ClassRun>) => Promise<JudgedStudent[]>;
  remove: () => Promise<void>;
}

export async function toyClass(): Promise<ToyClass> {
  const { root, remove } = await toyCourse();
  const course = await loadCourse(root);
  const submissions = join(root, '../handed in');
  const out = (name: string) => join(root, '..', name);
  await mkdir(submissions);
  return {
    ...{ root, course, submissions, out, remove },
    handIn: async (student, files = { [`${slug}/answer.ts`]: answers.solution }) => {
      await mkdir(join(submissions, student), { recursive: true });
      for (const [file, text] of Object.entries(files)) {
        const path = join(submissions, student, file);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
      }
    },
    judge: async (changes) => {
      const { students } = await findStudents(submissions);
      const judged: JudgedStudent[] = [];
      await judgeClass({
        ...{ root, course, submissions, students },
        out: out('results'),
        judge: (submission) => recordOf(course, submission),
        onStudent: (each) => judged.push(each),
        ...changes,
      });
      return judged;
    },
  };
}

/** The grader would take seconds for what this says at once: 4 points for the right answer. */
export async function recordOf({ exercises }: Course, submission: Submission): Promise<GradeRecord> {
  const [toy] = exercises;
  const files = toy && (await readStudentFiles(toy, submission));
  const right = String(files?.get('answer.ts')) === answers.solution;
  return gradeRecord(
    exercise('01', [task(1, right ? [] : [failedCheck('1.1')], right ? { points: 4 } : {})], { slug }),
  );
}
