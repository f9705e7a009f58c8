import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Exercise, KataError } from '#src/course/index.ts';
import { isVerdict, type Verdict } from '#src/verdict/index.ts';

/** How student code is kept from the grader, as in a record's `isolation.level`. */
export type Level = 'namespaces' | 'processes';

export const levels = ['namespaces', 'processes'] as const satisfies readonly Level[];

/** What an attack comes to. It wins where it earns points, keeps the grader from a verdict, or changes the machine. */
export type Result = 'stopped' | 'wins';

/** A wrong answer with a trick: one file of a submission whose other files are the reference's. */
export interface Attack {
  /** The file's name in tests/attacks/, without ending. */
  name: string;
  /** Id of the exercise, such as 03. */
  exercise: string;
  /** The student's file that it takes the place of. */
  file: string;
  /** The task that the answer is wrong for, from 1. */
  task: number;
  /** Tasks that must keep their points. */
  keeps: number[];
  /** A few words that several attacks share. */
  kind: string;
  /** What it tries, in a sentence. */
  sentence: string;
  /** What the task's verdict must be, one of these. */
  verdicts: Verdict[];
  /** What was measured at each level; undefined where nothing was. */
  known: Record<Level, Result | undefined>;
  /** The whole file. */
  text: string;
}

const folder = 'tests/attacks';
const optional = ['Keeps', 'Why'];
const fields = ['Exercise', 'File', 'Task', 'Class', 'Attack', 'Verdict', 'With namespaces', 'Without namespaces'];

/**
 * @param root the course, absolute
 * @returns the corpus, by name
 * @throws {KataError} where a header is incomplete or names what does not exist
 */
export async function readAttacks(root: string, exercises: readonly Exercise[]): Promise<Attack[]> {
  const names = (await readdir(join(root, folder)).catch(() => [])).filter((name) => name.endsWith('.ts')).sort();
  return Promise.all(
    names.map(async (name) => parseAttack(name, await readFile(join(root, folder, name), 'utf8'), exercises)),
  );
}

/**
 * @param file its name, for messages
 * @param text lines `// Field: value`, each field once, then code; a line `//   more` continues the field above it
 * @throws {KataError} where a field is missing, unknown, or has a value that it cannot have
 */
export function parseAttack(file: string, text: string, exercises: readonly Exercise[]): Attack {
  const refuse = (field: string, wanted: string, got: string | undefined): never => {
    throw new KataError(`${folder}/${file}: ${field} must be ${wanted}, got ${got ? `"${got}"` : 'nothing'}.`);
  };
  const head = /^(?:\/\/.*\r?\n)*/.exec(text)?.[0] ?? '';
  const values = new Map<string, string>();
  for (const line of head
    .replace(/\r?\n\/\/ {2,}/g, ' ')
    .split(/\r?\n/)
    .filter(Boolean)) {
    const [, name = '', value = ''] = /^\/\/ ([A-Z][a-z ]+): (.+)$/.exec(line) ?? [];
    if (![...fields, ...optional].includes(name)) refuse('a line of the header', `one of ${fields.join(', ')}`, line);
    values.set(name, value.trim());
  }
  const missing = fields.find((field) => !values.has(field));
  if (missing !== undefined) refuse(missing, 'given', undefined);
  const value = (field: string) => values.get(field) ?? '';
  const exercise = exercises.find(({ id }) => id === value('Exercise'));
  const isTask = (number: number) => exercise?.tasks[number - 1] !== undefined;
  const task = Number(value('Task'));
  const keeps = values.has('Keeps') ? value('Keeps').split(', ').map(Number) : [];
  const verdicts = value('Verdict').split(' or ');
  if (!exercise) refuse('Exercise', 'the number of an exercise', value('Exercise'));
  if (!exercise?.files.student.includes(value('File')))
    refuse('File', `a file that students write in ${value('Exercise')}`, value('File'));
  if (!isTask(task)) refuse('Task', 'the number of a task', value('Task'));
  if (!keeps.every(isTask)) refuse('Keeps', 'numbers of tasks with ", " between them', value('Keeps'));
  if (!verdicts.every((each) => isVerdict(each) && each !== 'passed' && each !== 'inconclusive'))
    refuse('Verdict', 'a verdict that costs points, or several with " or " between them', value('Verdict'));
  const known = (field: string): Result | undefined => {
    const result = value(field);
    if (result === 'not measured') return undefined;
    return result === 'stopped' || result === 'wins'
      ? result
      : refuse(field, '"stopped", "wins" or "not measured"', result);
  };
  return {
    name: basename(file, '.ts'),
    exercise: value('Exercise'),
    file: value('File'),
    task,
    keeps,
    kind: value('Class'),
    sentence: value('Attack'),
    verdicts: verdicts as Verdict[],
    known: { namespaces: known('With namespaces'), processes: known('Without namespaces') },
    text,
  };
}
