import { posix } from 'node:path';
import type { Exercise } from '#src/course/index.ts';
import { type Check, placeText } from '#src/suite/index.ts';
import {
  type ExerciseRecord,
  type GradeOptions,
  type TaskRecord,
  exerciseText,
  gradeExercise,
} from '#src/grade/index.ts';
import { type Mistake, readMistakes, shapeOf } from '#src/mistakes/index.ts';
import { type Blame, blameOf } from './blame.ts';
import { type CertainTask, gradeFilesUntil } from './grade-until.ts';
import { flawsOf } from './flaws.ts';
import { structureFaults } from './structure.ts';
import { readMutants, type Mutant } from './mutant.ts';
import { filesOfVariant, layOut, readAccepted, type Variant } from './variants.ts';

/** One thing that must hold for an exercise, and how to find out. */
export interface Case {
  /** `03 mutants/no-join` */
  label: string;
  /** Its verdict rests on time: nothing else may run beside it. */
  alone: boolean;
  /** Of a mutant that is recorded: the id of the first check that it fails. */
  firstToFail?: string | undefined;
  judge: () => Promise<CaseResult>;
}

export interface CaseResult {
  holds: boolean;
  /** What happened, in a few words; for a case that does not hold, also what was expected. */
  summary: string;
  /** For a case that does not hold: every failed check. */
  evidence?: string;
  /** Of a mutant: how well the place that its failure shows fits its patch. */
  blame?: Blame;
  /** Of a mutant: whether its failure says what was recorded for it, figures aside. */
  asRecorded?: boolean;
  /** Of a mutant: whether nothing is recorded for it yet. */
  isUnrecorded?: boolean;
  /** Of a restyled mistake: whether the failure names it. */
  named?: boolean;
}

/** @returns the one case that needs no run of a submission: the parts of the exercise are there and agree */
export const structureCase = (root: string, exercise: Exercise): Case => ({
  label: `${exercise.id} structure`,
  alone: false,
  async judge() {
    const faults = await structureFaults(root, exercise);
    return faults.length === 0
      ? { holds: true, summary: 'complete' }
      : { holds: false, summary: `${faults.length} faults`, evidence: faults.join('\n') };
  },
});

/**
 * @param root the course, absolute
 * @returns a case for each submission whose verdict is known beforehand: skeleton, reference, accepted variants,
 *   mutants
 * @throws {KataError} a mutant's patch that cannot be read
 */
export async function submissionCases(root: string, exercise: Exercise): Promise<Case[]> {
  const make = (
    variant: Variant,
    alone: boolean,
    judge: (record: ExerciseRecord) => CaseResult,
    tasks?: readonly number[],
  ): Case => ({
    label: `${exercise.id} ${variant}${alone ? ', speed' : ''}`,
    alone,
    judge: () => judgeVariant(root, exercise, variant, judge, tasks && { tasks }),
  });
  // Only the tasks that are about speed need the machine for themselves.
  const tasksBy = (speed: boolean) =>
    exercise.tasks.flatMap((task, at) => ((task.speed ?? false) === speed ? [at + 1] : []));
  const rightAnswer = (variant: Variant): Case[] =>
    [false, true].flatMap((speed) => {
      const tasks = tasksBy(speed);
      return tasks.length === 0 ? [] : [make(variant, speed, earnsAll, tasks)];
    });
  const mutants = await readMutants(root, exercise);
  const accepted = await readAccepted(root, exercise);
  const known = await readMistakes(root, exercise);
  return [
    make('skeleton', false, earnsNothing),
    ...rightAnswer('solution'),
    ...accepted.flatMap((name) => rightAnswer(`accepted/${name}`)),
    ...mutants.map((mutant) => {
      const recorded = known.find(({ name }) => name === mutant.name);
      return {
        label: `${exercise.id} mutants/${mutant.name}`,
        alone: mutant.alone,
        firstToFail: recorded && Object.keys(recorded.failed)[0],
        // What hangs is given up soon, as while a student waits. Only where that changes the verdict, the grader's
        // patience decides.
        async judge() {
          const hurried = await judgeMutant(root, exercise, mutant, recorded, true);
          if (hurried.holds) return hurried;
          const patient = await judgeMutant(root, exercise, mutant, recorded, false);
          if (patient.summary === hurried.summary) return patient;
          return { ...patient, summary: `${patient.summary}; in a hurry: ${hurried.summary}` };
        },
      };
    }),
  ];
}

async function judgeMutant(
  root: string,
  exercise: Exercise,
  mutant: Mutant,
  recorded: Mistake | undefined,
  hurried: boolean,
): Promise<CaseResult> {
  const sources = await filesOfVariant(root, exercise, `mutants/${mutant.name}`);
  const judge = getsItsVerdict(mutant);
  const isEnough = (tasks: CertainTask[]) => judge({ tasks }).holds;
  const { record, tasks } = await gradeFilesUntil(root, exercise, sources, mutant.tasks, isEnough, hurried);
  if (record?.fault) return { holds: false, summary: `fault: ${record.fault.sentence}` };
  const judged = readsWell(exercise, mutant, recorded)(judge({ tasks }), tasks);
  return judged.holds || !record
    ? judged
    : { ...judged, evidence: [exerciseText(record), ...notPassed(record)].join('\n') };
}

/** Adds to a mutant's result where its first failure points to, and what is wrong with the text of it. */
const readsWell =
  ({ slug }: Exercise, { name, diff }: Mutant, recorded: Mistake | undefined) =>
  (result: CaseResult, tasks: readonly { readonly checks: readonly Check[] }[]): CaseResult => {
    const first = tasks.flatMap(({ checks }) => checks).find(({ state }) => state === 'failed');
    if (!result.holds || first === undefined) return result;
    const blame = blameOf(first, slug, `mutants/${name}.patch`, diff);
    const flaws = flawsOf(first);
    const compared = {
      blame,
      asRecorded: shapeOf(first.sentence ?? '') === recorded?.sentence,
      isUnrecorded: recorded === undefined,
    };
    const shown = placeText({ line: first.line, file: first.file && posix.basename(first.file) });
    const summary = `${result.summary}; ${blame}${shown === undefined ? '' : ` (${shown})`}`;
    return flaws.length === 0
      ? { ...result, summary, ...compared }
      : { holds: false, summary: `${summary}; ${flaws.join('; ')}`, evidence: checkText(first), ...compared };
  };

const checkText = ({ id, title, sentence = '', evidence = '' }: Check): string =>
  [`${id} ${title}`, sentence, evidence].join('\n');

async function judgeVariant(
  root: string,
  exercise: Exercise,
  variant: Variant,
  judge: (record: ExerciseRecord) => CaseResult,
  run: Pick<GradeOptions, 'tasks'> = {},
): Promise<CaseResult> {
  const { submission, remove } = await layOut(root, exercise, variant);
  try {
    const record = await gradeExercise(exercise, { root, submission, typeErrors: false, ...run });
    const judged: CaseResult = record.fault
      ? { holds: false, summary: `fault: ${record.fault.sentence}` }
      : judge(record);
    return judged.holds ? judged : { ...judged, evidence: [exerciseText(record), ...notPassed(record)].join('\n') };
  } finally {
    await remove();
  }
}

/** Every check that did not pass, one a line: the table shows the first of each task only. */
const notPassed = ({ tasks }: ExerciseRecord): string[] =>
  tasks
    .flatMap(({ checks }) => checks)
    .filter(({ state }) => state !== 'passed')
    .map(({ id, title, state, verdict }: Check) => `  ${id} ${title}: ${state}, ${verdict}`);

/** A skeleton must earn nothing. */
export function earnsNothing({ tasks, points }: ExerciseRecord): CaseResult {
  const names = tasks.map(({ verdict }) => verdict);
  const verdicts = [...new Set(names)].join(', ');
  const earning = tasks.filter((task) => task.points > 0).map(({ number }) => number);
  return points === 0
    ? { holds: true, summary: `0 points, ${verdicts}` }
    : { holds: false, summary: `wanted 0 points, got ${points} for task ${earning.join(', ')}` };
}

/** A right answer must earn all points; an inconclusive speed check costs none. */
export function earnsAll({ tasks, points, attainable }: ExerciseRecord): CaseResult {
  if (points !== attainable) {
    const failing = tasks
      .filter((task) => task.points < task.attainable)
      .map(({ number, verdict }) => `${verdict} in task ${number}`);
    return { holds: false, summary: `wanted ${attainable} points, got ${points}: ${failing.join(', ')}` };
  }
  const open = tasks.filter(({ verdict }) => verdict === 'inconclusive').map(({ number }) => number);
  return {
    holds: true,
    summary: `${points} points${open.length > 0 ? `, inconclusive in task ${open.join(', ')}` : ''}`,
  };
}

/**
 * A mutant must get one of its verdicts in each of its tasks, and fail a check that holds a requirement that it breaks.
 */
export const getsItsVerdict =
  ({ tasks, verdicts, breaks }: Mutant) =>
  (record: { readonly tasks: readonly Pick<TaskRecord, 'number' | 'verdict' | 'checks'>[] }): CaseResult => {
    const got = tasks.map((task) => ({
      task,
      verdict: record.tasks.find(({ number }) => number === task)?.verdict ?? 'nothing',
    }));
    const survived = got.find(({ verdict }) => !(verdicts as string[]).includes(verdict));
    if (survived !== undefined) {
      const { task, verdict } = survived;
      return { holds: false, summary: `wanted ${verdicts.join(' or ')} in task ${task}, got ${verdict}` };
    }
    const failed = record.tasks.flatMap(({ checks }) => checks).filter(({ state }) => state === 'failed');
    if (breaks.length > 0 && !failed.some(({ requirements = [] }) => requirements.some((id) => breaks.includes(id)))) {
      const ids = failed.map(({ id }) => id).join(', ');
      return { holds: false, summary: `wanted a failed check that holds ${breaks.join(' or ')}, got ${ids}` };
    }
    return { holds: true, summary: got.map(({ task, verdict }) => `${verdict} in task ${task}`).join(', ') };
  };
