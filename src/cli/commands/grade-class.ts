import { isAbsolute, relative, resolve, sep } from 'node:path';
import { findStudents, judgeClass, parseShard, type JudgedStudent } from '#src/class-run/index.ts';
import { KataError, loadCourse } from '#src/course/index.ts';
import { findSubmission, hasAnExercise, printable } from '#src/grade/index.ts';
import { onEarlyEnd } from '#src/system/index.ts';
import { chosenExercises } from '../chosen-exercises.ts';
import { classSummary, durationText, pointsText } from '../class-text.ts';
import type { Context } from '../context.ts';
import { exitingWith2 } from '../exiting-with-2.ts';
import { isolationFlag } from '../flags.ts';
import type { GradeOptions } from './grade.ts';

export interface GradeClassOptions extends GradeOptions {
  /** A folder with one folder per student. */
  submissions?: string;
  /** Only a part of the students: 3/20. */
  shard?: string;
}

/**
 * `kata grade --submissions`: judges the folders of a class, one student at a time.
 * @param names exercises; all when empty
 * @returns exit code: 0 every student has a verdict, 2 one has none
 * @throws {KataError} with exit code 2: a name, folder or option that cannot be used, results that cannot be written
 */
export const gradeClass = (...call: Parameters<typeof judge>): Promise<number> => exitingWith2(judge(...call));

async function judge(
  { root, terminal }: Context,
  names: readonly string[],
  options: GradeClassOptions,
): Promise<number> {
  const { submissions, out } = checked(options);
  const isolation = isolationFlag(options.isolation ?? 'auto');
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const course = await chosenExercises(root, names);
  if (await isOneSubmission(root, submissions)) throw new KataError(texts.oneStudent(submissions));
  const { students, ignored } = await findStudents(submissions);
  if (ignored.length > 0) terminal.line(texts.ignored(ignored));
  let [kept, done] = [0, 0];
  const forget = onEarlyEnd(() => terminal.note(texts.interrupted(done, out)));
  const graded = await judgeClass({
    root,
    course,
    submissions: resolve(submissions),
    students,
    ...(shard && { shard }),
    out: resolve(out),
    isolation,
    onStudent: (judged) => {
      if (judged.how === 'kept') kept += 1;
      done += judged.how === 'retried' ? 0 : 1;
      terminal.line(progressLine(judged));
    },
  }).finally(forget);
  const { lines, code, broken } = classSummary(graded, out);
  terminal.line(['', texts.counts(graded.length - kept - broken, kept, broken), ...lines].join('\n'));
  return code;
}

/** @returns whether a folder that should hold students holds exercises */
const isOneSubmission = async (root: string, folder: string): Promise<boolean> =>
  findSubmission(root, folder).then(
    async (found) => hasAnExercise(await loadCourse(root), found),
    () => false,
  );

/** @throws {KataError} where options are missing, or don't go together */
function checked(options: GradeClassOptions): { submissions: string; out: string } {
  const { submissions, submission, out, json, format, failUnder } = options;
  if (submissions === undefined) throw new KataError(texts.shardAlone);
  if (submission !== undefined) throw new KataError(texts.both);
  const [single] = Object.entries({ '--json': json, '--format': format, '--fail-under': failUnder }).filter(
    ([, value]) => value !== undefined,
  );
  if (single) throw new KataError(texts.single(single[0]));
  if (out === undefined) throw new KataError(texts.noOut);
  const way = relative(resolve(submissions), resolve(out));
  if (!isAbsolute(way) && way.split(sep)[0] !== '..') throw new KataError(texts.inside(out, submissions));
  return { submissions, out };
}

/** @returns `7/30  ada  34 of 40 points  18 s  about 9 min left` */
function progressLine({ graded, place, of, how, milliseconds, millisecondsLeft }: JudgedStudent): string {
  return [
    `${String(place).padStart(String(of).length)}/${of}`,
    printable(graded.student),
    pointsText(graded),
    how === 'kept' ? 'kept from an earlier run' : durationText(milliseconds),
    ...(how === 'retried' ? ['tried again after a fault'] : []),
    ...(millisecondsLeft ? [`about ${durationText(millisecondsLeft)} left`] : []),
  ].join('  ');
}

const texts = {
  ignored: (names: readonly string[]) =>
    `Not judged, since only folders count as students, and no hidden ones: ${names.map(printable).join(', ')}.`,
  counts: (judged: number, kept: number, broken: number) =>
    `Judged: ${judged}, kept from an earlier run: ${kept}, without a verdict: ${broken}.`,
  interrupted: (done: number, out: string) =>
    `\nInterrupted. The results of ${done} ${done === 1 ? 'student is' : 'students are'} in ${out}: run the same ` +
    'command again to go on.',
  oneStudent: (folder: string) =>
    `"${folder}" is the submission of one student, since it has an exercise of this course. Give it with ` +
    '--submission, or give the folder above it.',
  shardAlone: '--shard divides a class: name the folder with the students with --submissions.',
  both: '--submission is one student and --submissions is a folder of students: give one of the two.',
  single: (flag: string) =>
    `${flag} is for one submission: leave it out. With --submissions, the results of all students go to --out.`,
  noOut: '--submissions needs a folder for the results: name it with --out, as in --out ../results.',
  inside: (out: string, submissions: string) =>
    `--out "${out}" is in the folder of the submissions, and would count as a student: name a folder outside of ` +
    `"${submissions}".`,
};
