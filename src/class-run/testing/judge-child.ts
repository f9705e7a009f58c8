// Judges a toy class in a process that a test can kill, and prints a line for each student.
import { loadCourse } from '#src/course/index.ts';
import { findStudents } from '../find-students.ts';
import { judgeClass } from '../judge-class.ts';
import { recordOf } from './toy-class.ts';

const [root = '', submissions = '', out = ''] = process.argv.slice(2);
const course = await loadCourse(root);
const { students } = await findStudents(submissions);
await judgeClass({
  ...{ root, course, submissions, students, out },
  judge: (submission) => recordOf(course, submission),
  onStudent: ({ graded, how }) => console.log(`${graded.student} ${how}`),
});
