import type { ExerciseRecord, GradeRecord, TaskRecord } from '../record.ts';
import { totalText } from '../table.ts';
import { allNotes, faultOf, faultsText, faultText, taskName, taskText } from './outcomes.ts';

/**
 * `results.json` of a Gradescope autograder. If a fault left an exercise without a verdict, no score stands anywhere:
 * Gradescope would add up the others, and the exercise would count as 0.
 * @returns JSON; https://gradescope-autograders.readthedocs.io/en/latest/specs/ describes it
 */
export function gradescope(record: GradeRecord): string {
  const { points, exercises } = record;
  const faults = faultsText(record);
  const milliseconds = exercises.reduce((sum, exercise) => sum + exercise.milliseconds, 0);
  const results = {
    ...(faults === undefined ? { score: points } : {}),
    execution_time: Math.round(milliseconds / 1000),
    output: [faults ?? totalText(record), ...allNotes(record)].join('\n'),
    // Unless told otherwise, Gradescope takes this text for HTML.
    output_format: 'text',
    test_output_format: 'text',
    test_name_format: 'text',
    visibility: 'visible',
    tests: exercises.flatMap((exercise) => testsOf(exercise, faults === undefined)),
  };
  return `${JSON.stringify(results, undefined, 2)}\n`;
}

function testsOf(exercise: ExerciseRecord, scored: boolean): object[] {
  const fault = faultOf(exercise);
  if (fault) {
    const name = `${exercise.id} ${exercise.title}`;
    return [{ name, number: String(Number(exercise.id)), status: 'failed', output: faultText(exercise, fault) }];
  }
  return exercise.tasks.map((task) => ({
    name: taskName(exercise, task),
    number: `${Number(exercise.id)}.${task.number}`,
    status: task.points === task.attainable ? 'passed' : 'failed',
    ...(scored ? { score: task.points, max_score: task.attainable } : {}),
    output: scored ? taskText(exercise, task) : `${pointsText(task)}\n${taskText(exercise, task)}`,
  }));
}

const pointsText = ({ points, attainable }: TaskRecord): string => `${points} of ${attainable} points.`;
