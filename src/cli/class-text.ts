import { countMisconceptions, problemOf } from '#src/class-run/index.ts';
import { isolationText, printable, type GradedStudent } from '#src/grade/index.ts';

const shownMisconceptions = 5;

/** @returns `34 of 40 points` */
export const pointsText = (graded: GradedStudent): string =>
  problemOf(graded) === undefined
    ? `${graded.record?.points} of ${graded.record?.attainable} points`
    : 'no verdict, see below';

/** @returns the end of what a command on a class prints, and its exit code: 2 where a student has no verdict */
export function classSummary(
  students: readonly GradedStudent[],
  out: string,
  missing: readonly string[] = [],
): { lines: string[]; code: number; broken: number } {
  const problems = students.flatMap((graded) => {
    const problem = problemOf(graded);
    return problem === undefined ? [] : [`  ${printable(graded.student)}: ${printable(problem)}`];
  });
  const isolated = isolationText({ exercises: students.flatMap(({ record }) => record?.exercises ?? []) });
  const lines = [
    ...(problems.length > 0 ? ['No verdict:', ...problems] : []),
    ...(missing.length > 0
      ? [`In none of the folders: ${missing.map(printable).join(', ')}. Judge their shards.`]
      : []),
    ...misconceptionLines(students),
    ...(isolated === undefined ? [] : [isolated]),
    `Results: index.html, class.csv, class.json and students/ in ${out}`,
  ];
  return { lines, code: problems.length + missing.length === 0 ? 0 : 2, broken: problems.length };
}

/** @returns the mistakes that most students of the class made; nothing where none was recognized */
function misconceptionLines(students: readonly GradedStudent[]): string[] {
  const counted = Object.entries(countMisconceptions(students))
    .flatMap(([slug, mistakes]) => mistakes.map((mistake) => ({ slug, ...mistake })))
    .sort((one, other) => other.students - one.students)
    .slice(0, shownMisconceptions);
  if (counted.length === 0) return [];
  const width = Math.max(...counted.map((each) => String(each.students).length));
  const lines = counted.map(
    ({ slug, students: number, misconception }) => `  ${String(number).padStart(width)} × ${slug}: ${misconception}`,
  );
  return ['Most frequent misconceptions, by number of students:', ...lines];
}

/** @returns `18 s`, `9 min` or `2 h 5 min` */
export function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
