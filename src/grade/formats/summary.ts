import type { Check } from '#src/suite/index.ts';
import { details, headline } from '../check-text.ts';
import type { ExerciseRecord, GradeRecord, TaskRecord } from '../record.ts';
import { notes, totalText } from '../table.ts';
import { fitting, shortened } from './limits.ts';
import { checksOf, faultOf } from './outcomes.ts';

/** GitHub takes 1 MiB for each step; the rest is left to other commands of the same step. */
const mostBytes = 1_000_000;

/** @returns the summary of a GitHub job, as Markdown: a table of the exercises, then each failure */
export const summary = (record: GradeRecord): string =>
  fitting(mostBytes, (characters) =>
    [
      `# ${totalText(record)}`,
      ['|     | exercise | points | verdict |', '| --- | --- | ---: | --- |', ...record.exercises.map(tableRow)].join(
        '\n',
      ),
      ...record.exercises.flatMap((exercise) => section(exercise, characters)),
    ]
      .join('\n\n')
      .concat('\n'),
  );

function tableRow({ id, title, points, attainable, verdict }: ExerciseRecord): string {
  const mark = points === null ? '⚠' : points === attainable ? '✓' : '✗';
  const earned = points === null ? '' : `${points}/${attainable}`;
  return `| ${mark} | ${inline(`${id} ${title}`)} | ${earned} | ${verdict} |`;
}

/** @returns the blocks of an exercise; none if there is nothing to say beyond the table */
function section(exercise: ExerciseRecord, characters: number): string[] {
  const fault = faultOf(exercise);
  const blocks = fault
    ? [
        `This is not the student's fault, and costs no points: ${inline(shortened(fault.sentence, characters))}`,
        ...fenced(shortened(fault.output ?? '', characters)),
      ]
    : exercise.tasks.flatMap((task) => taskBlocks(exercise, task, characters));
  blocks.push(...fenced(shortened(notes(exercise).join('\n'), characters)));
  return blocks.length === 0 ? [] : [`## ${inline(`${exercise.id} ${exercise.title}`)}`, ...blocks];
}

function taskBlocks(exercise: ExerciseRecord, task: TaskRecord, characters: number): string[] {
  const { number, title, points, attainable, verdict } = task;
  const head = `**Task ${number}: ${inline(title)}** ${points}/${attainable}, ${verdict}`;
  if (verdict === 'passed') return [];
  // What nobody has begun needs no list of its checks, and a whole exercise of that kind no section.
  if (exercise.tasks.every((each) => each.verdict === 'not implemented')) return [];
  if (verdict === 'not implemented') return [head];
  const open = checksOf(exercise, task).filter(({ state }) => state !== 'passed');
  return [head, ...open.flatMap((check) => checkBlocks(check, characters))];
}

const checkBlocks = (check: Check, characters: number): string[] => [
  `${check.id} ${inline(check.title)}: **${check.verdict}**`,
  inline(shortened(headline(check), characters)),
  ...fenced(shortened(details(check), characters)),
];

/** Behind a backslash, punctuation is only itself (CommonMark 0.31, "Backslash escapes"); `$` begins GitHub's math. */
const inline = (text: string): string =>
  text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[!#$&(-+\-.:<-@[-`{-~]/g, '\\$&');

/** @returns a block of code that no line of the text can end; nothing for an empty text */
function fenced(text: string): string[] {
  if (text.trim() === '') return [];
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text\n${text}\n${fence}`];
}
