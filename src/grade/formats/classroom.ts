import type { ExerciseRecord, GradeRecord, TaskRecord } from '../record.ts';
import { fitting } from './limits.ts';
import { checksOf, faultsText, taskName, taskText } from './outcomes.ts';

/** An environment variable of Linux holds at most 128 KiB, and base64 makes four bytes of three. */
const mostBytes = 96_000;

/**
 * What classroom-resources/autograding-grading-reporter reads from the environment variable `<ID>_RESULTS`.
 *
 * The reporter counts in two ways: it prints the share of tests that passed, and it reports the sum of their scores.
 * Both agree if all tests are worth the same, so a task with several points becomes several tests.
 * @returns base64 of JSON
 */
export function classroom(record: GradeRecord): string {
  const json = fitting(mostBytes, (characters) => JSON.stringify(results(record, characters)));
  return `${Buffer.from(json).toString('base64')}\n`;
}

function results(record: GradeRecord, characters: number): object {
  const faults = faultsText(record, characters);
  // With 0 attainable points the reporter fails the job and reports no points.
  if (faults !== undefined)
    return { version: 1, status: 'error', max_score: 0, tests: [test('The grader failed', 'error', 0, faults)] };
  const { points, attainable, exercises } = record;
  const worth = exercises.flatMap(({ tasks }) => tasks.map((task) => task.attainable)).reduce(greatestCommonDivisor, 0);
  return {
    version: 1,
    status: points === attainable ? 'pass' : 'fail',
    max_score: attainable,
    tests: exercises.flatMap((exercise) =>
      exercise.tasks.flatMap((task) => testsOf(exercise, task, worth, characters)),
    ),
  };
}

/** @returns tests that are worth the same; the first one explains the task */
function testsOf(exercise: ExerciseRecord, task: TaskRecord, worth: number, characters: number): object[] {
  const count = task.attainable / worth;
  const failing = checksOf(exercise, task).find(({ state }) => state === 'failed');
  return Array.from({ length: count }, (_, at) => {
    const name = count === 1 ? taskName(exercise, task) : `${taskName(exercise, task)} (${at + 1} of ${count})`;
    const passed = (at + 1) * worth <= task.points;
    const message = at === 0 ? taskText(exercise, task, characters) : task.verdict;
    const duration = at === 0 ? task.checks.reduce((sum, { milliseconds }) => sum + milliseconds, 0) : 0;
    return test(name, passed ? 'pass' : 'fail', passed ? worth : 0, message, { ...failing, duration });
  });
}

function test(
  name: string,
  status: 'pass' | 'fail' | 'error',
  score: number,
  message: string,
  more: { file?: string | undefined; line?: number | undefined; duration?: number } = {},
): object {
  const { file = '', line = 0, duration = 0 } = more;
  return {
    name: harmless(name),
    status,
    score,
    message: harmless(message),
    test_code: '',
    filename: harmless(file),
    line_no: line,
    duration,
  };
}

/** @returns the text without workflow commands: the reporter prints it to a log in which GitHub looks for them */
const harmless = (text: string): string => text.replace(/:(?=:)|#(?=#\[)/g, '$&\u200b');

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
