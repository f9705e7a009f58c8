import { join } from 'node:path';
import { type Course, KataError, loadCourse } from '#src/course/index.ts';
import { grade, type GradedStudent, type GradeOptions, type GradeRecord, type Submission } from '#src/grade/index.ts';
import { inShard, type Shard } from './find-students.ts';
import { lock } from './lock.ts';
import { readRun, readStudent, removeTemporary, writeRun, writeStudent } from './result-files.ts';
import { courseFingerprint, type Judging, readWork, type Work } from './work.ts';
import { writeResults } from './write-results.ts';

export interface ClassRun {
  /** The course that judges, absolute. */
  root: string;
  /** With only the exercises to judge. */
  course: Course;
  /** Holds one folder per student, absolute. */
  submissions: string;
  /** The names of all these folders, sorted. */
  students: readonly string[];
  /** Judges only these of the students. */
  shard?: Shard;
  /** A folder for the results, absolute. What an earlier run left there is kept, if it still fits. */
  out: string;
  isolation?: NonNullable<GradeOptions['isolation']>;
  /** Judges one submission; the grader when left out. */
  judge?: (submission: Submission) => Promise<GradeRecord>;
  onStudent?: (judged: JudgedStudent) => void;
}

/** One student is done. */
export interface JudgedStudent {
  graded: GradedStudent;
  /** The place among the students of this run, from 1. */
  place: number;
  /** How many there are. */
  of: number;
  /** judged: now; kept: by an earlier run; retried: now, after a fault. */
  how: 'judged' | 'kept' | 'retried';
  milliseconds: number;
  /** How long the others will take; undefined as long as nothing was judged. */
  millisecondsLeft: number | undefined;
}

/**
 * Judges the submissions of a class one after the other, since a speed task must be alone on the machine, and writes
 * each result at once. A run that is killed and started again goes on where it was.
 * @returns the results of all students of this run, in order
 * @throws {KataError} where another run writes to the same folder, or it cannot be written
 */
export async function judgeClass(run: ClassRun): Promise<GradedStudent[]> {
  const { root, course, out, shard } = run;
  const unlock = await lock(out);
  try {
    await mustFit(out, run);
    await removeTemporary(out);
    const judging: Judging = {
      root,
      course,
      whole: await loadCourse(root),
      courseFingerprint: await courseFingerprint(root),
      isolation: run.isolation ?? 'auto',
    };
    await writeRun(out, {
      version: 1,
      course: judging.courseFingerprint,
      exercises: course.exercises.map(({ slug }) => slug),
      ...(shard && { shard }),
      students: [...run.students],
    });
    const graded = await judgeStudents(run, judging);
    await writeResults(out, root, graded, course.exercises);
    return graded;
  } finally {
    await unlock();
  }
}

/** @throws {KataError} where the folder holds results of other exercises, which would be lost */
async function mustFit(out: string, { course }: ClassRun): Promise<void> {
  const earlier = await readRun(out).catch(() => undefined);
  const slugs = course.exercises.map(({ slug }) => slug);
  if (earlier && earlier.exercises.join() !== slugs.join())
    throw new KataError(texts.otherExercises(out, earlier.exercises));
}

async function judgeStudents(run: ClassRun, judging: Judging): Promise<GradedStudent[]> {
  const students = inShard(run.students, run.shard);
  const { kept, open } = await findKept(run, judging, students);
  const timeLeft = new TimeLeft(open);
  const judgeNow = async (student: string, place: number, how: 'judged' | 'retried'): Promise<GradedStudent> => {
    const began = performance.now();
    const graded = await judgeWork(run, student, await readWork(judging, join(run.submissions, student)));
    await writeStudent(run.out, graded);
    const milliseconds = performance.now() - began;
    if (how === 'judged' && graded.record !== null) timeLeft.spend(milliseconds);
    run.onStudent?.({ graded, place, of: students.length, how, milliseconds, millisecondsLeft: timeLeft.milliseconds });
    return graded;
  };
  const results: GradedStudent[] = [];
  for (const [at, student] of students.entries()) {
    const [place, of, graded] = [at + 1, students.length, kept.get(student)];
    if (graded) run.onStudent?.({ graded, place, of, how: 'kept', milliseconds: 0, millisecondsLeft: undefined });
    results.push(graded ?? (await judgeNow(student, place, 'judged')));
  }
  // A full disk or an exhausted memory may have been the moment's.
  for (const [at, graded] of results.entries())
    if (isFault(graded)) results[at] = await judgeNow(graded.student, at + 1, 'retried');
  return results;
}

/** @returns what an earlier run has left and still fits, by student; and how many students are to be judged */
async function findKept({ out, submissions }: ClassRun, judging: Judging, students: readonly string[]) {
  const kept = new Map<string, GradedStudent>();
  let open = 0;
  for (const student of students) {
    const earlier = await readStudent(out, student);
    const { submission, fingerprint } = await readWork(judging, join(submissions, student));
    if (earlier?.fingerprint === fingerprint && hasVerdict(earlier)) kept.set(student, earlier);
    else if (typeof submission !== 'string') open += 1;
  }
  return { kept, open };
}

/** Estimates how long the other students take, from those that were judged. */
class TimeLeft {
  #open: number;
  #judged = 0;
  #spent = 0;

  constructor(open: number) {
    this.#open = open;
  }

  spend(milliseconds: number): void {
    this.#open -= 1;
    this.#judged += 1;
    this.#spent += milliseconds;
  }

  get milliseconds(): number | undefined {
    return this.#judged === 0 ? undefined : (this.#spent / this.#judged) * Math.max(0, this.#open);
  }
}

async function judgeWork(run: ClassRun, student: string, work: Work): Promise<GradedStudent> {
  const { root, course, isolation = 'auto' } = run;
  const { fingerprint, sources, submission } = work;
  if (typeof submission === 'string') return { student, fingerprint, record: null, problem: submission, sources };
  const record = await (run.judge?.(submission) ?? grade(course, { root, submission, isolation }));
  return { student, fingerprint, record, sources };
}

const hasVerdict = ({ record }: GradedStudent): boolean => record !== null && record.points !== null;
const isFault = ({ record }: GradedStudent): boolean => record !== null && record.points === null;

const texts = {
  otherExercises: (out: string, slugs: readonly string[]) =>
    `"${out}" holds the results of ${slugs.length === 1 ? 'another exercise' : 'other exercises'}: ` +
    `${slugs.join(', ')}. Name another folder with --out, or judge the same exercises again.`,
};
