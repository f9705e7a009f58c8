import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place in a file; line and column count from 1. */
export interface Frame {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What an error has to offer, also after a trip through JSON or a structured clone. */
export interface Traced {
  readonly stack?: string | undefined;
  /** Set by a check that knows the place better than the stack does. */
  readonly studentFrame?: unknown;
  readonly cause?: unknown;
}

/** A cause may lead back to itself. */
const deepestCause = 8;

/** The end of a stack line: `at f (file:///x/y.ts:3:14)`, `at /x/y z.ts:3:14`, `at async C:\x\y.ts:3:14`. */
const location = /(?:\(|at (?:async )?)((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*):(\d+):(\d+)\)?\s*$/;

/** Lines of a stack that are searched, and characters of a line: student code can make them as long as it likes. */
const [mostLines, longestLine] = [500, 1_000];

/** @returns whether the file lies in an exercise's folder, in either tree */
export const inAnyExercise = (file: string): boolean =>
  /[/\\](?:exercises|solutions)[/\\]\d\d-[^/\\]+[/\\][^/\\]+\.ts$/.test(file);

/** @returns a function that tests whether a file lies below `folder`, an absolute path */
export const inFolder =
  (folder: string) =>
  (file: string): boolean =>
    file.startsWith(folder + sep);

/**
 * Finds the student's own line behind an error.
 * @param error what was thrown; its causes are searched after it
 * @param isStudentFile tests an absolute path
 * @returns the innermost place in the student's files that the error passed, if any
 */
export function studentFrame(error: Traced, isStudentFile: (file: string) => boolean): Frame | undefined {
  let at: unknown = error;
  for (let depth = 0; depth <= deepestCause && typeof at === 'object' && at !== null; depth++) {
    const { stack, studentFrame: known, cause } = at as Traced;
    const found = [...knownFrame(known), ...stackFrames(stack)].find(({ file }) => isStudentFile(file));
    if (found) return found;
    at = cause;
  }
  return undefined;
}

function knownFrame(known: unknown): Frame[] {
  if (typeof known !== 'object' || known === null) return [];
  const { file, line, column } = known as Partial<Record<keyof Frame, unknown>>;
  const path = typeof file === 'string' ? asPath(file) : undefined;
  return path === undefined ? [] : [{ file: path, line: Number(line), column: Number(column ?? 1) }];
}

function stackFrames(stack: string | undefined): Frame[] {
  const lines = (stack ?? '').split('\n', mostLines).filter(({ length }) => length <= longestLine);
  return lines.flatMap((text) => {
    const [, place = '', line, column] = location.exec(text) ?? [];
    const file = asPath(place);
    return file === undefined ? [] : [{ file, line: Number(line), column: Number(column) }];
  });
}

/** @returns an absolute path without a module's query; undefined where the text names no file */
function asPath(text: string): string | undefined {
  const plain = text.replace(/[?#].*$/, '');
  if (!plain.startsWith('file:')) return isAbsolute(plain) ? plain : undefined;
  try {
    return fileURLToPath(plain);
  } catch {
    return undefined;
  }
}

/** @returns the file as a path from `root` with forward slashes; unchanged where it lies elsewhere */
export function pathFrom(root: string, file: string): string {
  const shown = relative(root, file);
  return shown.startsWith('..') || isAbsolute(shown) ? file : shown.split(sep).join('/');
}

/** @returns the place as terminals open it: `exercises/03-countdown-threads/split.ts:14:3` */
export const formatFrame = ({ file, line, column }: Frame, root = process.cwd()): string =>
  `${pathFrom(root, file)}:${line}:${column}`;
