import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { KataError } from '#src/course/index.ts';
import { formats, type FormatName as RecordFormat, type GradeRecord, whyUnusable } from '#src/grade/index.ts';
import type { Terminal } from './terminal.ts';

/** The formats of a record, and the page that also needs the submission's files. */
export type FormatName = RecordFormat | 'html';

export const formatNames: readonly FormatName[] = [...(Object.keys(formats) as RecordFormat[]), 'html'];

/** @returns the name of the file that a format writes */
const formatFile = (name: FormatName): string => (name === 'html' ? 'index.html' : formats[name].file);

export interface FormatOptions {
  /** Names of formats. */
  format?: readonly string[];
  /** A folder for the files of the formats. */
  out?: string;
  json?: string;
}

/** Where one format of the record goes: standard output if there is no file. */
export interface FormatOutput {
  readonly name: FormatName;
  readonly file?: string;
  /** Other steps of a job have written to the file, too. */
  readonly append?: true;
}

/**
 * Decides where each format goes, and makes the folder, so that a mistake shows before minutes of grading.
 * @throws {KataError} with exit code 2 for options that cannot be used
 */
export async function formatOutputs(
  { format = [], out, json }: FormatOptions,
  env: NodeJS.ProcessEnv = process.env,
): Promise<FormatOutput[]> {
  const names = [...new Set(format.map(formatNamed))];
  if (out !== undefined) return inFolder(names, out);
  return names.map((name) => {
    if (name !== 'summary' && name !== 'annotations') throw refusal(texts.needsFolder(name));
    const file = env['GITHUB_STEP_SUMMARY'];
    if (name === 'summary' && file) return { name, file, append: true };
    if (json === '-') throw refusal(texts.printed(name));
    return { name };
  });
}

/**
 * @param page makes the page of the format `html`
 * @throws {KataError} with exit code 2 if the file cannot be written
 */
export async function writeFormat(
  record: GradeRecord,
  { name, file, append }: FormatOutput,
  terminal: Terminal,
  page: () => Promise<string>,
): Promise<void> {
  const text = name === 'html' ? await page() : formats[name].render(record);
  if (file === undefined) terminal.line(text.trimEnd());
  else await written(file, append ? appendFile(file, text) : writeFile(file, text));
}

/** @throws {KataError} with exit code 2 if the file cannot be written */
export const written = (file: string, writing: Promise<void>): Promise<void> =>
  writing.catch((error: NodeJS.ErrnoException) => {
    throw refusal(texts.unwritable(file, error.code ?? error.message));
  });

function formatNamed(given: string): FormatName {
  const name = formatNames.find((each) => each === given);
  if (name === undefined) throw refusal(texts.unknown(given, closest(given, formatNames), formatNames));
  return name;
}

async function inFolder(names: readonly FormatName[], out: string): Promise<FormatOutput[]> {
  if (names.length === 0) throw refusal(texts.needsFormat);
  const outputs = names.map((name) => ({ name, file: join(resolve(out), formatFile(name)) }));
  outputs.forEach(({ name, file }, at) => {
    const other = outputs.slice(0, at).find((each) => each.file === file);
    if (other) throw refusal(texts.sameFile(other.name, name, formatFile(name)));
  });
  await mkdir(out, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw refusal(texts.noFolder(out, whyUnusable(error)));
  });
  return outputs;
}

const refusal = (message: string): KataError => Object.assign(new KataError(message), { exitCode: 2 });

const texts = {
  unknown: (given: string, nearest: string, names: readonly string[]) =>
    `There is no format "${given}", the nearest is "${nearest}". All of them: ${names.join(', ')}.`,
  needsFolder: (name: FormatName) =>
    `--format ${name} writes the file ${formatFile(name)}: name a folder for it with --out.`,
  needsFormat: '--out needs at least one --format that is written there.',
  printed: (name: FormatName) =>
    `--json - and --format ${name} both need standard output: name a file for the record, or a folder with --out.`,
  sameFile: (one: FormatName, other: FormatName, file: string) =>
    `The formats ${one} and ${other} both write ${file}: ask for one of them.`,
  noFolder: (folder: string, reason: string) =>
    `The folder "${folder}" cannot be made, because ${reason}: name another.`,
  unwritable: (file: string, reason: string) =>
    `"${file}" cannot be written (${reason}): name a file in an existing folder.`,
};
