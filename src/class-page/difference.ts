import { structuredPatch } from 'diff';
import type { Difference } from './page-data.ts';

/** Changed lines beyond which a comparison is no help, and takes long. */
const mostChanges = 1500;
const mostMilliseconds = 1000;
/** Lines of a file's difference, and characters of a line. */
const mostLines = 400;
const longestLine = 240;

/** Text by file name. */
type Files = Readonly<Record<string, string>>;

/**
 * @param student files that were judged
 * @param reference the same files of the reference
 * @returns the differences of files that both have, from the student's to the reference's
 */
export const differences = (student: Files, reference: Files): Difference[] =>
  Object.entries(reference).flatMap(([file, wanted]) => {
    const own = Object.hasOwn(student, file) ? student[file] : undefined;
    if (own === undefined) return [];
    const [from, to] = [lines(own), lines(wanted)];
    return from === to ? [] : [difference(file, from, to)];
  });

/** Line endings are no difference. */
const lines = (text: string): string => `${text.replace(/\r\n?/g, '\n').trimEnd()}\n`;

function difference(file: string, from: string, to: string): Difference {
  const options = { context: 3, maxEditLength: mostChanges, timeout: mostMilliseconds };
  const patch = structuredPatch(file, file, from, to, undefined, undefined, options);
  if (!patch) return { file, hunks: null };
  let left = mostLines;
  const hunks = patch.hunks.map(({ oldStart, lines: all }) => {
    const kept = all.slice(0, Math.max(0, left)).map(short);
    left -= all.length;
    return { line: oldStart, lines: kept };
  });
  const shown = hunks.filter((hunk) => hunk.lines.length > 0);
  return { file, hunks: left < 0 ? [...shown, { line: 0, lines: [` … ${-left} more lines`] }] : shown };
}

const short = (line: string): string => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line);
