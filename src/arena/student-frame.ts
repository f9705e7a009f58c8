import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place in a file, lines and columns counted from 1. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Files that a person learning here may have written: an exercise's folder, in either tree. */
const studentFile = /[/\\](?:exercises|solutions)[/\\]\d\d-[^/\\]+[/\\][^/\\]+\.ts$/;

/**
 * @param stack an error's stack
 * @returns the innermost frame in a file of an exercise, if any
 */
export function studentFrame(stack: string | undefined): Frame | undefined {
  for (const [, place, line, column] of (stack ?? '').matchAll(
    /(file:\/\/[^\s)?]+|(?:[A-Za-z]:)?[/\\][^\s():?]+)(?:\?[^\s:)]*)?:(\d+)(?::(\d+))?/g,
  )) {
    const file = place?.startsWith('file:') ? fileURLToPath(place) : String(place);
    if (studentFile.test(file)) return { file, line: Number(line), column: Number(column ?? 1) };
  }
  return undefined;
}

/**
 * @param frame a place
 * @param root the folder that file names are told from
 * @returns it as people read it and terminals open it: `exercises/03-countdown-threads/split.ts:14:3`
 */
export function formatFrame({ file, line, column }: Frame, root = process.cwd()): string {
  const shown = relative(root, file);
  return `${shown.startsWith('..') ? file : shown.split(sep).join('/')}:${line}:${column}`;
}
