import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadCourse, type Exercise } from '#src/course/index.ts';
import type { Check, runSuite, TaskResult } from '#src/suite/index.ts';
import { toyCourse, type ToyCourse } from '#src/testing/toy-course.ts';
import { judgeTasks, type Judged } from './judge-tasks.ts';
import type { PassedTasks, Standing } from './plan-tasks.ts';
import { readProgress } from './progress.ts';
import { stateOf } from './state.ts';
import { SuiteRunner } from './suite-runner.ts';

let course: ToyCourse;
let exercise: Exercise;
/** Tasks that fail now. */
let failing: readonly number[];
/** What a failing task fails with. */
let verdict: Check['verdict'];
/** Tasks of every run. */
let runs: (readonly number[])[];

beforeEach(async () => {
  course = await toyCourse();
  exercise = (await loadCourse(course.root)).exercises[0]!;
  [failing, runs, verdict] = [[], [], 'failed'];
});
afterEach(() => course.remove());

const check = (task: number, state: Check['state'], milliseconds: number): Check => ({
  ...{ id: `${task}.1`, task, title: `check of task ${task}`, state, milliseconds },
  verdict: state === 'passed' ? 'passed' : verdict,
});

/** A suite with one check for each task, of which task 1 takes long. */
const suite = (({ tasks = [], stopAtFailure }) => {
  runs.push(tasks);
  const first = tasks.find((task) => failing.includes(task));
  const results = tasks.map((number): TaskResult => {
    const stopped = stopAtFailure === true && first !== undefined && number > first;
    const state = stopped ? 'missing' : failing.includes(number) ? 'failed' : 'passed';
    const checks = [check(number, state, number === 1 ? 5_000 : 1)];
    return { number, title: '', earned: state === 'passed', verdict: checks[0]!.verdict, checks };
  });
  return Promise.resolve({ tasks: results });
}) as typeof runSuite;

const judge = (standing: Standing = { passed: new Map() }): Promise<Judged> =>
  judgeTasks(course.root, exercise, {
    ...{ standing, signal: new AbortController().signal },
    runner: new SuiteRunner(course.root, suite),
  });
const edit = (text: string) => course.write('exercises/01-toy/answer.ts', text);
const remembered = async () => (await readProgress(course.root)).progress.exercises[exercise.slug];

test('a task that has passed is not judged again until the rest has passed with other files', async () => {
  failing = [2];
  await edit('// one');
  const one = await judge();
  expect([...one.standing.passed.keys()]).toEqual([1]);
  expect(one.outcome).toMatchObject({ points: 4, first: { id: '2.1' } });
  expect(await remembered()).toMatchObject({
    last: { points: 4, task: 2 },
    passed: { 1: expect.any(String) as string },
  });

  failing = [];
  await edit('// two');
  const two = await judge(one.standing);
  expect(runs).toEqual([[1, 2], [2], [1]]);
  expect(two.outcome).toMatchObject({ points: 10, first: undefined });
  expect(two.outcome.result.tasks.map(({ number }) => number)).toEqual([1, 2]);
  const { progress } = await readProgress(course.root);
  expect(await stateOf(course.root, exercise, progress)).toMatchObject({ state: 'solved', points: 10 });
});

test('the look at the whole exercise finds a task that has been broken, which is the current one then', async () => {
  failing = [2];
  await edit('// one');
  const one = await judge();
  failing = [1];
  await edit('// two');
  const two = await judge(one.standing);
  expect(two.outcome).toMatchObject({ points: 6, first: { id: '1.1' } });
  expect([...two.standing.passed.keys()]).toEqual([2]);
  const { progress } = await readProgress(course.root);
  expect(await stateOf(course.root, exercise, progress)).toMatchObject({ state: 'in progress', points: 6 });
});

test('what passed before is looked at first, where the current task has not been begun', async () => {
  failing = [2];
  verdict = 'not implemented';
  await edit('// one');
  const one = await judge();
  failing = [1, 2];
  await edit('// two');
  const two = await judge(one.standing);
  expect(runs).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(two.outcome).toMatchObject({ points: 0, first: { id: '1.1' } });
});

test('what passed before is looked at, too, where the current task is no longer begun', async () => {
  failing = [2];
  await edit('// one');
  const one = await judge();
  [failing, verdict] = [[1, 2], 'not implemented'];
  await edit('// two');
  const two = await judge(one.standing);
  expect(runs).toEqual([[1, 2], [2], [1]]);
  expect(two.outcome).toMatchObject({ points: 0, first: { id: '1.1' } });
});

test('a run that stops before a task says nothing about it', async () => {
  const known: PassedTasks = new Map([[2, { files: 'older' }]]);
  failing = [1];
  const { standing } = await judge({ passed: known });
  expect([...standing.passed.keys()]).toEqual([2]);
});

test('after a fault nothing is remembered', async () => {
  const runner = new SuiteRunner(course.root, () =>
    Promise.resolve({ tasks: [], fault: { sentence: 'The disk is full.' } }),
  );
  const { outcome } = await judgeTasks(course.root, exercise, {
    ...{ standing: { passed: new Map() }, signal: new AbortController().signal, runner },
  });
  expect(outcome.result.fault?.sentence).toBe('The disk is full.');
  expect(await remembered()).toBeUndefined();
});
