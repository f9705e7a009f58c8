/** Between these comments stands what only the course itself has. */
const courseOnly = /\s*<!-- course only -->.*?<!-- \/course only -->/gs;
/** The rows of commands that are left out, or are for instructors. */
const leftOutRow = /^\| `npm run kata (?:solution|merge|export|grade -- --submissions).*\n/gm;

/**
 * @param readme the course's README.md
 * @returns the README.md of the students' edition
 */
export const studentsReadme = (readme: string): string =>
  readme.replace(courseOnly, '').replace(leftOutRow, '').replace('## Commands\n', `${about}## Commands\n`);

const about = `## What is in this repository

This is the students' edition of the course. It has the lessons and skeletons (\`exercises/\`), the suites that judge
your code (\`tests/\`), and the program that runs them (\`src/\`). You edit only the files in \`exercises/\`.

You may read everything here. \`tests/NN-slug/mistakes.json\` lists wrong answers that the course recognizes, by the
words in them, and \`skeleton.json\` is the copy that \`npm run kata reset\` restores. There are no reference solutions.
Where a suite needs one to measure a speed-up, it takes a file of \`tests/yardsticks/\`: code that is as fast as the
reference and handles no error, so it is no answer.

A check here is feedback. Your grade comes from your instructor's own copy of the course, which takes nothing but your
files from \`exercises/\`: editing a suite or the program changes nothing there.

When the course has a new version, merge it. Your work stays as it is:

\`\`\`sh
git pull --no-rebase course main   # course is the repository that your instructor named
npm ci
\`\`\`

`;
