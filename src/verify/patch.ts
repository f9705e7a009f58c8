import { applyPatch, FILE_HEADERS_ONLY, formatPatch, parsePatch, structuredPatch, type StructuredPatch } from 'diff';
import { KataError } from '#src/course/index.ts';

/** File name → text. */
export type Files = ReadonlyMap<string, string>;

const contextLines = 3;
const nowhere = '/dev/null';

/**
 * @param before the files as they are
 * @param after the files as they are to become; a file that is left out stays as it is
 * @returns a unified diff of the files that differ, empty where none does
 */
export function diffFiles(before: Files, after: Files): string {
  const changed = [...after].filter(([name, text]) => before.get(name) !== text);
  const patches = changed.map(([name, text]) => {
    const old = before.get(name);
    return structuredPatch(old === undefined ? nowhere : name, name, old ?? '', text, undefined, undefined, {
      context: contextLines,
    });
  });
  return patches.length === 0 ? '' : formatPatch(patches, FILE_HEADERS_ONLY);
}

/**
 * Applies a diff without fuzz: a hunk may have moved, but its lines must all be there.
 * @param path where the diff stands, for messages
 * @param diff as {@link diffFiles} writes it
 * @param before the files that it was made for
 * @returns all files, those that the diff changes in their new form
 * @throws {KataError} where it is no diff, or a hunk does not apply: names the file and the hunk
 */
export function patchFiles(path: string, diff: string, before: Files): Map<string, string> {
  const files = new Map(before);
  for (const patch of parsed(path, diff)) {
    const name = patch.newFileName ?? '';
    const text = files.get(name) ?? '';
    const result = applyPatch(text, patch, { fuzzFactor: 0 });
    if (result === false) throw new KataError(`${path}: ${firstMisfit(text, patch)} of ${name} no longer applies.`);
    files.set(name, result);
  }
  return files;
}

/** @returns the names of the files that a diff changes */
export const filesOf = (path: string, diff: string): string[] =>
  parsed(path, diff).map(({ newFileName }) => newFileName ?? '');

/** Lines of a file as a diff leaves it, from 1. */
export interface Hunk {
  file: string;
  first: number;
  last: number;
  /** What the hunk brings in; where it only takes away, the lines around the gap. */
  lines: string[];
  /** What it leaves as it is. */
  around: string[];
}

/** @returns where a diff changes files */
export const hunksOf = (path: string, diff: string): Hunk[] =>
  parsed(path, diff).flatMap(({ newFileName = '', hunks }) =>
    hunks.map(({ newStart, newLines, lines }) => ({
      file: newFileName,
      first: newStart,
      last: newStart + newLines - 1,
      lines: changedLines(lines),
      around: lines.filter((line) => line[0] === ' ' && line.trim() !== '').map((line) => line.slice(1)),
    })),
  );

/** @param lines of a hunk, each with its sign */
function changedLines(lines: readonly string[]): string[] {
  const signed = (sign: string) => lines.filter((line) => line[0] === sign).map((line) => line.slice(1));
  const added = signed('+').filter((line) => line.trim() !== '');
  if (added.length > 0) return added;
  return lines
    .filter((line, at) => line[0] === ' ' && (lines[at - 1]?.[0] === '-' || lines[at + 1]?.[0] === '-'))
    .map((line) => line.slice(1));
}

function parsed(path: string, diff: string): StructuredPatch[] {
  try {
    return parsePatch(diff).filter(({ hunks }) => hunks.length > 0);
  } catch (error) {
    throw new KataError(`${path}: this is not a unified diff: ${(error as Error).message}`);
  }
}

/** @returns the first hunk that fails when the ones before it are applied, as its first line shows it */
function firstMisfit(text: string, patch: StructuredPatch): string {
  const at = patch.hunks.findIndex((_, last) => {
    const beginning = { ...patch, hunks: patch.hunks.slice(0, last + 1) };
    return applyPatch(text, beginning, { fuzzFactor: 0 }) === false;
  });
  const { oldStart, oldLines, newStart, newLines } = patch.hunks[at] ?? patch.hunks[0]!;
  return `hunk ${at + 1} (@@ -${oldStart},${oldLines} +${newStart},${newLines} @@)`;
}
