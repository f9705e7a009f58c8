import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReportedError } from './messages.ts';

/** A place in the student's own code: the file as a path from the course's root with forward slashes, line and column from 1. */
export interface Frame {
  file: string;
  line: number;
  column: number;
}

/** The end of a stack line: `at f (file:///x/y.ts:3:14)`, `at /x/y z.ts:3:14`, `at async C:\x\y.ts:3:14`. */
const location = /(?:\(|at (?:async )?)((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*):(\d+):(\d+)\)?\s*$/;

/**
 * @param error the error, as the reporter tells it; its causes are looked at after it
 * @param folder absolute path of the exercise's folder that was judged
 * @param root absolute path of the course
 * @returns the innermost place in the student's files that the error has passed, or nothing when it never was in them
 */
export function studentFrame(error: ReportedError, folder: string, root: string): Frame | undefined {
  for (let at: ReportedError | undefined = error; at; at = at.cause) {
    const found = told(at.studentFrame, folder, root) ?? fromStack(at.stack, folder, root);
    if (found) return found;
  }
  return undefined;
}

function told(frame: unknown, folder: string, root: string): Frame | undefined {
  if (typeof frame !== 'object' || frame === null) return undefined;
  const { file, line, column } = frame as Partial<Frame>;
  return typeof file === 'string' ? inside(file, Number(line), Number(column ?? 1), folder, root) : undefined;
}

function fromStack(stack: string | undefined, folder: string, root: string): Frame | undefined {
  for (const text of stack?.split('\n') ?? []) {
    const [, file, line, column] = location.exec(text) ?? [];
    const found = file === undefined ? undefined : inside(file, Number(line), Number(column), folder, root);
    if (found) return found;
  }
  return undefined;
}

function inside(file: string, line: number, column: number, folder: string, root: string): Frame | undefined {
  const plain = asPath(file.replace(/[?#].*$/, ''), root);
  return plain?.startsWith(folder + path.sep)
    ? { file: path.relative(root, plain).split(path.sep).join('/'), line, column }
    : undefined;
}

function asPath(file: string, root: string): string | undefined {
  if (!file.startsWith('file:')) return path.resolve(root, file);
  try {
    return fileURLToPath(file);
  } catch {
    return undefined;
  }
}
