import pMap from 'p-map';
import type { Course, Exercise } from '#src/course/index.ts';
import { startBusyProcesses } from './busy.ts';
import { restyledCases } from './restyled.ts';
import { structureCase, submissionCases, type Case, type CaseResult } from './cases.ts';
import { oneForEachCheck } from './one-for-each-check.ts';

export interface VerifyOptions {
  /** The course to check, absolute. */
  root: string;
  /** Only the cases whose label contains this text, such as `mutants/no-join`; all when left out. */
  only?: string | undefined;
  /** Of the mutants that fail the same check first, judges one. */
  quick?: boolean | undefined;
  /** Judges the mistakes in other styles, and nothing else. */
  restyled?: boolean | undefined;
  /** How often each submission is judged. */
  repeat: number;
  /** How many processes take processors away meanwhile. */
  busy: number;
  /** How many submissions are judged at once; those whose verdict rests on time are always alone. */
  jobs: number;
  /** Called for each case as it ends. */
  onCase?: (done: DoneCase) => void;
}

export interface DoneCase extends CaseResult {
  label: string;
  /** From 1. */
  round: number;
  milliseconds: number;
}

/**
 * Checks exercises by judging every submission whose verdict is known: see {@link submissionCases}.
 * @returns all cases, in the order in which they ended
 */
export async function verify(course: Course, options: VerifyOptions): Promise<DoneCase[]> {
  const done: DoneCase[] = [];
  const onCase = (each: DoneCase) => {
    done.push(each);
    options.onCase?.(each);
  };
  const stopBusy = startBusyProcesses(options.busy);
  try {
    for (let round = 1; round <= options.repeat; round += 1) {
      for (const exercise of course.exercises) await verifyExercise(exercise, round, { ...options, onCase });
    }
  } finally {
    await stopBusy();
  }
  return done;
}

async function verifyExercise(
  exercise: Exercise,
  round: number,
  { root, only = '', quick, restyled = false, jobs, onCase }: VerifyOptions & { onCase: (done: DoneCase) => void },
): Promise<void> {
  const judge = async ({ label, judge }: Case) => {
    const began = performance.now();
    const judged = await judge().catch((error: Error): CaseResult => ({
      holds: false,
      summary: `could not be judged: ${error.message}`,
    }));
    onCase({ label, round, ...judged, milliseconds: Math.round(performance.now() - began) });
  };
  // The files are the same in every round.
  const structure = structureCase(root, exercise);
  if (round === 1 && !restyled && structure.label.includes(only)) await judge(structure);
  const all = await (restyled ? restyledCases : submissionCases)(root, exercise).catch((error: Error): Case[] => [
    { label: `${exercise.id} submissions ${only}`, alone: false, judge: () => Promise.reject(error) },
  ]);
  const asked = all.filter(({ label }) => label.includes(only));
  const cases = quick ? oneForEachCheck(asked) : asked;
  const together = cases.filter(({ alone }) => !alone);
  await pMap(together, judge, { concurrency: jobs });
  for (const each of cases.filter(({ alone }) => alone)) await judge(each);
}
