import type { Check } from '#src/suite/index.ts';
import { checkText } from '../check-text.ts';
import type { ExerciseRecord, GradeRecord } from '../record.ts';
import { fitting, shortened } from './limits.ts';
import { checksOf, faultOf, faultText } from './outcomes.ts';

/** The limit is 65,535 characters, and less with characters of several bytes. */
const mostBytesOfMessage = 65_535;

interface Test {
  name: string;
  status: 'pass' | 'fail' | 'error';
  message: string | null;
  task_id?: number;
}

/**
 * `results.json` of an Exercism test runner, version 3. There is no `output`, since only what a student prints on
 * purpose may stand there.
 * @returns JSON; https://exercism.org/docs/building/tooling/test-runners/interface describes it
 */
export function exercism({ exercises }: GradeRecord): string {
  const tests = exercises.flatMap((exercise) => testsOf(exercise, exercises.length === 1));
  const nothingRan = tests.every(({ status }) => status === 'error');
  const status = nothingRan ? 'error' : tests.every((test) => test.status === 'pass') ? 'pass' : 'fail';
  const message = nothingRan
    ? fitting(mostBytesOfMessage, (characters) => shortened(tests.map((test) => test.message).join('\n'), characters))
    : null;
  return `${JSON.stringify({ version: 3, status, message, tests }, undefined, 2)}\n`;
}

function testsOf(exercise: ExerciseRecord, alone: boolean): Test[] {
  const fault = faultOf(exercise);
  const { id, title, tasks } = exercise;
  if (fault) return [{ name: `${id} ${title}`, status: 'error', message: faultText(exercise, fault) }];
  return tasks.flatMap((task) =>
    checksOf(exercise, task).map((check) => ({
      name: alone ? `${check.id} ${check.title}` : `${id} ${title}, ${check.id} ${check.title}`,
      status: statuses[check.state],
      message: check.state === 'passed' ? null : checkText(check),
      // The number names a task only where all tests are of one exercise.
      ...(alone ? { task_id: task.number } : {}),
    })),
  );
}

const statuses = { passed: 'pass', inconclusive: 'pass', failed: 'fail', missing: 'error' } as const satisfies Record<
  Check['state'],
  Test['status']
>;
