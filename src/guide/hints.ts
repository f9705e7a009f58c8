import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise } from '#src/course/course.ts';
import { KataError } from '#src/course/kata-error.ts';

/** One step of a task's hints: a nudge, the concept, nearly the code. */
export interface HintStep {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
}

/** Task number → its steps, in order. */
export type Hints = ReadonlyMap<number, readonly HintStep[]>;

export const hintsPath = ({ slug }: Exercise): string => `exercises/${slug}/hints.md`;

/**
 * @param root the course's folder, absolute
 * @throws {KataError} where hints.md cannot be read
 */
export async function readHints(root: string, exercise: Exercise): Promise<Hints> {
  const path = hintsPath(exercise);
  const text = await readFile(join(root, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new KataError(
      `${path} cannot be read (${error.code ?? error.message}); bring it back with \`git checkout -- ${path}\` or from a fresh copy of the course.`,
    );
  });
  return parseHints(text);
}

/**
 * Reads `## Task 2: title`, then `### 1 Nudge` and so on. Headings inside code fences are code.
 * @param text of hints.md
 */
export function parseHints(text: string): Hints {
  const hints = new Map<number, { title: string; lines: string[] }[]>();
  let steps: { title: string; lines: string[] }[] | undefined;
  let fence: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (mark !== undefined && fence === undefined) fence = mark;
    else if (mark !== undefined && fence !== undefined && mark.startsWith(fence)) fence = undefined;
    const task = fence === undefined ? /^## Task (\d+)\b/.exec(line)?.[1] : undefined;
    const step = fence === undefined ? /^### (?:\d+[.:]?\s+)?(.+)$/.exec(line)?.[1] : undefined;
    if (task !== undefined) hints.set(Number(task), (steps = []));
    else if (fence === undefined && /^##? /.test(line)) steps = undefined;
    else if (step !== undefined) steps?.push({ title: step.trim(), lines: [] });
    else steps?.at(-1)?.lines.push(line);
  }
  return new Map(
    [...hints].map(([number, found]) => [
      number,
      found.map(({ title, lines }) => ({ title, text: lines.join('\n').trim() })),
    ]),
  );
}
