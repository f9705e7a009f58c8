import type { Check } from '#src/suite/index.ts';
import { headline } from './check-text.ts';
import type { ExerciseRecord, GradeRecord, SubmittedFiles, TaskRecord } from './record.ts';
import { diagnosticLine } from './type-check.ts';

/** @returns one exercise as text for people: tasks with points, the first failing check of each, what was not taken */
export function exerciseText(record: ExerciseRecord): string {
  const { id, title, points, attainable, tasks, fault } = record;
  const width = Math.max(...tasks.map((task) => task.title.length));
  return [
    `${id} ${title}: ${points === null ? 'no verdict' : `${points} of ${attainable} points`}`,
    ...tasks.flatMap((task) => taskLines(task, width)),
    ...(fault
      ? [`  Fault of the grader or the machine, no points taken: ${fault.sentence}`, ...indented(fault.output ?? '', 6)]
      : []),
    ...notes(record).map((line) => `  ${line}`),
  ].join('\n');
}

/** @returns what may explain a verdict: files that were not read or not taken, errors of the compiler */
export const notes = ({ files, typeErrors }: ExerciseRecord): string[] => [
  ...fileLines(files),
  ...typeErrors.map((each) => `type error: ${diagnosticLine(each)}`),
];

/** @returns the line under all exercises */
export function totalText({ points, attainable, exercises }: GradeRecord): string {
  if (points !== null) return `Total: ${points} of ${attainable} points (${Math.round((100 * points) / attainable)} %)`;
  const judged = exercises.flatMap((each) => (each.points === null ? [] : [each.points]));
  const sum = judged.reduce((total, each) => total + each, 0);
  return `Total: ${sum} points in ${judged.length} of ${exercises.length} exercises; the others have no verdict.`;
}

/** @returns what kept student code from the grader, the line under the total; nothing where no code ran */
export function isolationText({ exercises }: Pick<GradeRecord, 'exercises'>): string | undefined {
  const isolated = exercises.flatMap(({ isolation }) => isolation ?? []);
  const weakest = isolated.find(({ level }) => level === 'processes') ?? isolated[0];
  if (weakest === undefined) return undefined;
  if (weakest.level === 'processes')
    return `Isolation: processes only (${weakest.reason}). Code that is written to attack the grader may succeed.`;
  return `Isolation: namespaces${weakest.otherUser ? ', as another user' : ''}.`;
}

function taskLines({ number, title, points, attainable, verdict, checks }: TaskRecord, width: number): string[] {
  const mark = points === attainable ? '✓' : '✗';
  const named = verdict === 'passed' ? '' : `  ${verdict}`;
  const head = `  ${mark} Task ${number}: ${title.padEnd(width)}  ${points}/${attainable}${named}`;
  const first =
    checks.find(({ state }) => state === 'failed' || state === 'missing') ??
    checks.find(({ state }) => state === 'inconclusive');
  return first ? [head, ...checkLines(first)] : [head];
}

/** @returns a failing check: its title, its sentence with the place in the student's code, its evidence */
function checkLines(check: Check): string[] {
  const { title, sentence = '', evidence = '', mistake } = check;
  const [, ...more] = sentence.split('\n');
  const looksLike = mistake === undefined ? [] : [`      This looks like a common mistake: "${mistake.misconception}"`];
  return [
    `      ${title}`,
    `      ${headline(check)}`,
    ...indented(more.join('\n'), 6),
    ...indented(evidence, 8),
    ...looksLike,
  ];
}

function fileLines({ missing, refused, notTaken }: SubmittedFiles): string[] {
  return [
    ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
    ...refused.map(({ file, reason }) => `not read: ${file}, ${reason}`),
    ...(notTaken.length > 0 ? [`not taken: ${notTaken.join(', ')}`] : []),
  ];
}

const indented = (text: string, by: number): string[] =>
  text.trim() === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => ' '.repeat(by) + line);
