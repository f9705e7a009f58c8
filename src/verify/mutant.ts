import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Exercise, KataError } from '#src/course/index.ts';
import { type Verdict, isVerdict, verdicts as verdictNames } from '#src/verdict/index.ts';

/** The header of a mutant's patch. */
export interface MutantHeader {
  /** Numbers of the tasks that it must fail; most mutants have one. */
  tasks: number[];
  /** Ids of the lesson's requirements that it breaks: a check that holds one of them must fail. */
  breaks: string[];
  /** What the verdict of each task must be, one of these: more than one where machines may rightly differ. */
  verdicts: Verdict[];
  /** The misunderstanding that it stands for, in a sentence. */
  misconception: string;
  /** Nothing else runs beside it, because its verdict rests on time. */
  alone: boolean;
}

/** A named wrong answer: a header and a unified diff against the reference, in tests/<slug>/mutants/<name>.patch. */
export interface Mutant extends MutantHeader {
  name: string;
  /** The unified diff, file names without folders. */
  diff: string;
}

const fields = ['Task', 'Breaks', 'Verdict', 'Misconception', 'Alone'] as const;
type Field = (typeof fields)[number];

/** @returns the path of a mutant's patch, from the course's root */
export const mutantPath = ({ slug }: Exercise, name: string): string => `tests/${slug}/mutants/${name}.patch`;

/**
 * @param root the course, absolute
 * @returns the names of the exercise's mutants, sorted
 */
export async function mutantNames(root: string, { slug }: Exercise): Promise<string[]> {
  const entries = await readdir(join(root, 'tests', slug, 'mutants')).catch(() => []);
  return entries.flatMap((entry) => (entry.endsWith('.patch') ? [entry.slice(0, -'.patch'.length)] : [])).sort();
}

/**
 * @param root the course, absolute
 * @returns the exercise's mutants by name
 * @throws {KataError} a patch whose header is incomplete or names what does not exist
 */
export async function readMutants(root: string, exercise: Exercise): Promise<Mutant[]> {
  return Promise.all((await mutantNames(root, exercise)).map((name) => readMutant(root, exercise, name)));
}

/**
 * @param root the course, absolute
 * @param name the mutant's name, without ending
 * @throws {KataError} where there is no such patch, or its header is incomplete or names what does not exist
 */
export async function readMutant(root: string, exercise: Exercise, name: string): Promise<Mutant> {
  const file = mutantPath(exercise, name);
  const text = await readFile(join(root, file), 'utf8').catch(async () => {
    const names = (await mutantNames(root, exercise)).join(', ') || 'none';
    throw new KataError(`There is no ${file}. The mutants of ${exercise.slug}: ${names}.`);
  });
  return { name, ...parseMutant(file, text, exercise) };
}

/** Writes a mutant's patch. */
export async function writeMutant(root: string, exercise: Exercise, mutant: Mutant): Promise<void> {
  await writeFile(join(root, mutantPath(exercise, mutant.name)), formatMutant(mutant));
}

/**
 * @param file the patch's path, for messages
 * @param text the header's lines, an empty line, the diff; an indented line continues the field above it
 * @throws {KataError} where a field is missing, unknown, or has a value that it cannot have
 */
export function parseMutant(file: string, text: string, exercise: Exercise): Omit<Mutant, 'name'> {
  const plain = text.replaceAll('\r\n', '\n');
  const end = plain.indexOf('\n\n');
  const head = end < 0 ? plain : plain.slice(0, end);
  return { ...parseHeader((field) => `${file}: ${field}`, head, exercise), diff: end < 0 ? '' : plain.slice(end + 2) };
}

/**
 * @param place what a message calls a field
 * @param head the header's lines
 * @throws {KataError} where a field is missing, unknown, or has a value that it cannot have
 */
export function parseHeader(place: (field: string) => string, head: string, exercise: Exercise): MutantHeader {
  const refuse: (field: string, wanted: string, got: string | undefined) => never = (field, wanted, got) => {
    throw new KataError(`${place(field)} must be ${wanted}, got ${got ? `"${got}"` : 'nothing'}.`);
  };
  const values = new Map<Field, string>();
  for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value = ''] = /^(\w+):\s*(.*)$/.exec(line) ?? [];
    const field = fields.find((each) => each === name);
    if (field === undefined) refuse('a line of the header', `one of ${fields.join(', ')} and a colon`, line);
    else values.set(field, value.trim());
  }
  const tasks = (values.get('Task') ?? '').split(' and ').map(Number);
  const breaks = (values.get('Breaks') ?? '').split(/,\s*/).filter((id) => id !== '');
  const known = tasks.map((number) => exercise.tasks[number - 1]);
  const verdicts = (values.get('Verdict') ?? '').split(' or ');
  const misconception = values.get('Misconception') ?? '';
  const alone = values.get('Alone');
  if (known.includes(undefined))
    refuse('Task', `a number from 1 to ${exercise.tasks.length}, or several: 1 and 3`, values.get('Task'));
  if (!verdicts.every((each) => isVerdict(each) && each !== 'passed'))
    refuse(
      'Verdict',
      `one of ${verdictNames.filter((each) => each !== 'passed').join(', ')}, or several with " or " between them`,
      values.get('Verdict'),
    );
  if (misconception === '') refuse('Misconception', 'a sentence', values.get('Misconception'));
  if (alone !== undefined && alone !== 'yes') refuse('Alone', '"yes", or left out', alone);
  const timed = known.some((task) => task?.speed === true);
  return { tasks, breaks, verdicts, misconception, alone: alone === 'yes' || timed };
}

/** @returns the text of a patch, as {@link parseMutant} reads it */
export function formatMutant({ tasks, breaks, verdicts, misconception, alone, diff }: Omit<Mutant, 'name'>): string {
  const lines = [
    `Task: ${tasks.join(' and ')}`,
    ...(breaks.length > 0 ? [`Breaks: ${breaks.join(', ')}`] : []),
    `Verdict: ${verdicts.join(' or ')}`,
    ...(alone ? ['Alone: yes'] : []),
  ];
  return `${[...lines, ...wrapped(`Misconception: ${misconception}`)].join('\n')}\n\n${diff}`;
}

const columns = 100;

function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length >= columns) lines.push(`  ${word}`);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
