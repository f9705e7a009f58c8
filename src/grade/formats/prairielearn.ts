import type { GradeRecord } from '../record.ts';
import { totalText } from '../table.ts';
import { fitting, shortened } from './limits.ts';
import { allNotes, faultsText, taskName, taskText } from './outcomes.ts';

const mostBytes = 1_000_000;

/**
 * `results.json` of a PrairieLearn external grader, at most 1 MB. If a fault left an exercise without a verdict, the
 * submission is not gradable, which costs neither points nor an attempt.
 * @returns JSON; https://docs.prairielearn.com/externalGrading/ describes it
 */
export const prairielearn = (record: GradeRecord): string =>
  fitting(mostBytes, (characters) => `${JSON.stringify(results(record, characters), undefined, 2)}\n`);

function results(record: GradeRecord, characters: number): object {
  const { points, attainable, exercises } = record;
  const faults = faultsText(record, characters);
  if (faults !== undefined) return { gradable: false, format_errors: [faults], message: faults };
  return {
    gradable: true,
    score: (points ?? 0) / attainable,
    message: totalText(record),
    output: shortened(allNotes(record).join('\n'), characters),
    tests: exercises.flatMap((exercise) =>
      exercise.tasks.map((task) => ({
        name: taskName(exercise, task),
        points: task.points,
        max_points: task.attainable,
        message: task.verdict,
        output: taskText(exercise, task, characters),
      })),
    ),
  };
}
