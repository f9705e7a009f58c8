import { checksOf, exerciseNotes, type ExerciseRecord, type GradedStudent, type TaskRecord } from '#src/grade/index.ts';
import { placeText, type Check } from '#src/suite/index.ts';
import { barsIn } from './bars.ts';
import { differences } from './difference.ts';
import type {
  Cell,
  CheckDetail,
  Detail,
  PageData,
  PageExercise,
  PageStudent,
  Standing,
  TaskDetail,
} from './page-data.ts';

/** Texts of the references' files: by file name by exercise. */
export type References = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The page's data, and what only its tables need. */
export interface ClassData extends PageData {
  readonly slugs: readonly string[];
}

/** @param students in the order of the table */
export function classData(students: readonly GradedStudent[], references: References): ClassData {
  const exercises = exercisesOf(students);
  const slugs = [...exercises.keys()];
  const details = new Map<string, number>();
  const detailOf = (detail: Detail): number => {
    const key = JSON.stringify(detail);
    const at = details.get(key) ?? details.size;
    details.set(key, at);
    return at;
  };
  const cellOf = (record: ExerciseRecord, { sources }: GradedStudent): Cell => {
    const standing = standingOf(record);
    const { points, verdict } = record;
    return { points, verdict, standing, detail: detailOf(detail(record, standing, sources, references)) };
  };
  const pageStudents = students.map((student): PageStudent => {
    const { record, problem = 'This folder could not be judged.' } = student;
    const cells = slugs.map((slug) => {
      const exercise = record?.exercises.find((each) => each.slug === slug);
      return exercise ? cellOf(exercise, student) : null;
    });
    const points = record === null ? null : record.exercises.reduce((sum, each) => sum + (each.points ?? 0), 0);
    return { name: student.student, points, cells, ...(record === null ? { problem } : {}) };
  });
  return {
    slugs,
    exercises: [...exercises.values()],
    students: pageStudents,
    details: [...details.keys()].map((key) => JSON.parse(key) as Detail),
  };
}

/** @returns all exercises of any record by slug, in the order of the course */
function exercisesOf(students: readonly GradedStudent[]): Map<string, PageExercise> {
  const found = new Map<string, PageExercise>();
  for (const { slug, id, title, attainable, tasks } of students.flatMap(({ record }) => record?.exercises ?? [])) {
    if (found.has(slug)) continue;
    const named = tasks.map((task) => ({ number: task.number, title: task.title, attainable: task.attainable }));
    found.set(slug, { id, title, attainable, tasks: named });
  }
  return new Map([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function standingOf({ points, attainable, tasks, verdict }: ExerciseRecord): Standing {
  if (points === null) return 'fault';
  if (verdict === 'inconclusive') return 'open';
  if (points >= attainable) return 'all';
  if (tasks.every((task) => task.verdict === 'not implemented')) return 'blank';
  return points > 0 ? 'some' : 'none';
}

function detail(
  record: ExerciseRecord,
  standing: Standing,
  sources: GradedStudent['sources'],
  references: References,
): Detail {
  const { slug, points, verdict, fault, tasks } = record;
  // Whoever has not begun, or has all points, learns nothing from a difference.
  const isCompared = standing === 'some' || standing === 'none';
  return {
    points,
    verdict,
    standing,
    ...(fault ? { fault } : {}),
    tasks: standing === 'fault' ? [] : tasks.map((task) => taskDetail(record, task)),
    notes: exerciseNotes(record),
    differences: isCompared ? differences(own(sources, slug), own(references, slug)) : [],
  };
}

const own = <T>(of: Readonly<Record<string, Readonly<Record<string, T>>>>, key: string): Readonly<Record<string, T>> =>
  (Object.hasOwn(of, key) ? of[key] : undefined) ?? {};

function taskDetail(exercise: ExerciseRecord, task: TaskRecord): TaskDetail {
  const { number, points, verdict } = task;
  // What nobody has begun needs no list of its checks.
  if (verdict === 'passed' || verdict === 'not implemented') return { number, points, verdict };
  const checks = checksOf(exercise, task);
  const failed = checks.filter(({ state }) => state === 'failed' || state === 'missing');
  const first = failed[0] ?? checks.find(({ state }) => state === 'inconclusive');
  const others = failed.slice(1).map(({ title, verdict }) => `${title}: ${verdict}`);
  return {
    number,
    points,
    verdict,
    ...(first ? { check: checkDetail(first) } : {}),
    ...(others.length > 0 ? { others } : {}),
  };
}

function checkDetail({ title, verdict, sentence = verdict, evidence, timeline, ...check }: Check): CheckDetail {
  const { mistake } = check;
  const place = placeText(check);
  const bars = evidence === undefined || timeline ? undefined : barsIn(evidence);
  return {
    title,
    sentence,
    ...(place === undefined ? {} : { place }),
    ...(mistake ? { misconception: mistake.misconception } : {}),
    ...(evidence ? { evidence } : {}),
    ...(bars ? { bars } : {}),
    ...(timeline ? { timeline } : {}),
  };
}
