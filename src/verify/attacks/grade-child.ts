// Runs in a child process (lab.ts), which may be another user's and may be killed by the code that it grades.
import { text } from 'node:stream/consumers';
import { findExercise, loadCourse } from '#src/course/index.ts';
import { gradeExercise } from '#src/grade/index.ts';
import type { Check } from '#src/suite/index.ts';
import { certainTasks } from '../grade-until.ts';
import type { Graded, GradeRequest } from './lab.ts';

const request = JSON.parse(await text(process.stdin)) as GradeRequest;
const { root, submission, task, keeps, isolation } = request;
const exercise = findExercise(await loadCourse(root), request.exercise);
const certain = new AbortController();
const ended: Check[] = [];
let early: Graded | undefined;
const options = {
  root,
  submission: { exercises: submission },
  tasks: [task, ...keeps],
  typeErrors: false,
  isolation,
  signal: certain.signal,
  // The rest of the checks would only take time.
  onCheck(check: Check) {
    ended.push(check);
    const tasks = keeps.length > 0 ? [] : certainTasks(ended, [task]).map((each) => ({ ...each, keepsPoints: false }));
    if (tasks.length === 0) return;
    early ??= { tasks, level: undefined, fault: undefined };
    certain.abort();
  },
};
const graded = await gradeExercise(exercise, options).then(
  ({ tasks, isolation, fault }): Graded => ({
    tasks: tasks.map((each) => ({ ...each, keepsPoints: each.points === each.attainable })),
    level: isolation?.level,
    fault: fault?.sentence,
  }),
  (error: unknown) => {
    if (early === undefined) throw error;
    return early;
  },
);
console.log(`\n${JSON.stringify(graded)}`);
