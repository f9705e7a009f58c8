// Runs in a child process (lab.ts), which may be another user's and may be killed by the code that it grades.
import { text } from 'node:stream/consumers';
import { findExercise, loadCourse } from '#src/course/index.ts';
import { gradeUntil } from '../grade-until.ts';
import type { Graded, GradeRequest } from './lab.ts';

const request = JSON.parse(await text(process.stdin)) as GradeRequest;
const { root, submission, task, keeps, isolation } = request;
const exercise = findExercise(await loadCourse(root), request.exercise);
const options = {
  root,
  submission: { exercises: submission },
  tasks: [task, ...keeps],
  typeErrors: false,
  isolation,
};
// The rest of the checks would only take time, unless other tasks must keep their points.
const isEnough = (tasks: readonly unknown[]) => keeps.length === 0 && tasks.length > 0;
const { record, tasks } = await gradeUntil(exercise, options, isEnough);
const graded: Graded = {
  tasks: record
    ? record.tasks.map((each) => ({ ...each, keepsPoints: each.points === each.attainable }))
    : tasks.map((each) => ({ ...each, keepsPoints: false })),
  level: record?.isolation?.level,
  fault: record?.fault?.sentence,
};
console.log(`\n${JSON.stringify(graded)}`);
