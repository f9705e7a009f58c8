import type { ExerciseRecord, GradeRecord, TaskRecord } from '#src/grade/index.ts';
import type { Check } from '#src/suite/index.ts';

/** @returns a check that passed, unless `changes` says otherwise */
const check = (id: string, changes: Partial<Check> = {}): Check => ({
  id,
  task: Number(id.split('.')[0]),
  title: `holds ${id}`,
  state: 'passed',
  verdict: 'passed',
  milliseconds: 20,
  ...changes,
});

/** @returns a failed check with all that a check can say */
export const failedCheck = (id: string, changes: Partial<Check> = {}): Check =>
  check(id, {
    state: 'failed',
    verdict: 'lost update',
    sentence: 'Two deposits of 1 must give 2, but they give 1.\nBoth read 0.',
    evidence: 'A  read 0\nB  read 0',
    file: 'exercises/02-bank/bank.ts',
    line: 7,
    column: 3,
    mistake: { name: 'no-lock', misconception: 'One line is one step.' },
    ...changes,
  });

/** @returns a task worth 4 points, all earned if no check failed or is missing; not begun without checks */
export function task(number: number, checks: Check[], changes: Partial<TaskRecord> = {}): TaskRecord {
  const failed = checks.find(({ state }) => state === 'failed' || state === 'missing');
  const verdict = (failed ?? checks.find(({ state }) => state !== 'passed') ?? checks[0])?.verdict ?? 'not implemented';
  const points = failed || checks.length === 0 ? 0 : 4;
  return { number, title: `Part ${number}`, points, attainable: 4, verdict, checks, ...changes };
}

export function exercise(id: string, tasks: TaskRecord[], changes: Partial<ExerciseRecord> = {}): ExerciseRecord {
  const sum = (key: 'points' | 'attainable') => tasks.reduce((total, each) => total + each[key], 0);
  return {
    id,
    slug: `${id}-bank`,
    title: `Bank ${id}`,
    points: sum('points'),
    attainable: sum('attainable'),
    verdict: tasks.find(({ verdict }) => verdict !== 'passed')?.verdict ?? 'passed',
    tasks,
    typeErrors: [],
    files: { taken: ['bank.ts'], missing: [], refused: [], notTaken: [] },
    milliseconds: 1500,
    ...changes,
  };
}

/** @returns an exercise that a full disk left without a verdict; what its checks say counts for nothing */
const faultyExercise = (id: string): ExerciseRecord =>
  exercise(id, [task(1, [check('1.1')]), task(2, [failedCheck('2.1')])], {
    points: null,
    verdict: 'fault',
    fault: { sentence: 'The disk is full.', output: 'ENOSPC' },
  });

/** @returns an exercise of which no file was handed in */
const absentExercise = (id: string): ExerciseRecord =>
  exercise(id, [task(1, []), task(2, [])], {
    files: { taken: [], missing: ['bank.ts'], refused: [], notTaken: [] },
  });

export function gradeRecord(...exercises: ExerciseRecord[]): GradeRecord {
  const points = exercises.map((each) => each.points);
  return {
    version: 1,
    gradedAt: '2026-03-01T12:00:00.000Z',
    machine: { node: 'v20.20.2', platform: 'linux', arch: 'x64', processors: 2 },
    points: points.includes(null) ? null : points.reduce<number>((sum, each) => sum + (each ?? 0), 0),
    attainable: exercises.reduce((sum, each) => sum + each.attainable, 0),
    exercises,
  };
}

const inconclusive = check('2.1', {
  state: 'inconclusive',
  verdict: 'inconclusive',
  sentence: 'This machine cannot tell.',
});

/** Records that every format must cope with. */
export const records = {
  mixed: gradeRecord(
    exercise('01', [task(1, [check('1.1'), check('1.2')])]),
    exercise('02', [task(1, [check('1.1'), failedCheck('1.2')]), task(2, [inconclusive]), task(3, [])]),
  ),
  allPassed: gradeRecord(exercise('01', [task(1, [check('1.1')]), task(2, [check('2.1')])])),
  inconclusive: gradeRecord(exercise('01', [task(1, [check('1.1')]), task(2, [inconclusive])])),
  nothing: gradeRecord(absentExercise('01'), absentExercise('02')),
  stopped: gradeRecord(
    exercise('01', [
      task(1, [check('1.1', { state: 'missing', verdict: 'failed', sentence: 'This check did not run.' })]),
      task(2, [], { verdict: 'timeout' }),
    ]),
  ),
  fault: gradeRecord(faultyExercise('01')),
  faultOfOne: gradeRecord(exercise('01', [task(1, [check('1.1')])]), faultyExercise('02')),
} satisfies Record<string, GradeRecord>;

/** @returns a record with that text wherever a record can hold any */
export function recordFull(text: string): GradeRecord {
  const failed = failedCheck('1.1', {
    title: text,
    sentence: text,
    evidence: text,
    file: text,
    requirements: [text],
    mistake: { name: text, misconception: text },
  });
  const files = { taken: [text], missing: [text], refused: [{ file: text, reason: text }], notTaken: [text] };
  const typeErrors = [{ file: text, line: 1, column: 1, message: text }];
  const everywhere = exercise('01', [task(1, [failed], { title: text }), task(2, [check('2.1', { title: text })])], {
    title: text,
    files,
    typeErrors,
  });
  return gradeRecord(everywhere);
}

/** @returns a record without a score, and that text in its fault */
export const faultFull = (text: string): GradeRecord =>
  gradeRecord({ ...faultyExercise('01'), title: text, fault: { sentence: text, output: text } });
