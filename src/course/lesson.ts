import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lexer, type Token, type Tokens } from 'marked';
import type { Exercise } from './course-schema.ts';
import { KataError } from './kata-error.ts';

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
      `${path} cannot be read (${error.code ?? error.message}). ` +
        `Restore it with \`git checkout -- ${path}\`, or copy it from a fresh download of the course.`,
    );
  });
  return parseHints(text);
}

/**
 * Reads `## Task 2: title`, then `### 1 Nudge` and so on.
 * @param text of hints.md
 */
export function parseHints(text: string): Hints {
  const hints = new Map<number, { title: string; text: string }[]>();
  let steps: { title: string; text: string }[] | undefined;
  for (const token of lexer(text)) {
    if (!isHeading(token) || token.depth > 3) {
      const step = steps?.at(-1);
      if (step) step.text += token.raw;
    } else if (token.depth === 3) {
      steps?.push({ title: token.text.replace(/^\d+[.:]?\s+/, ''), text: '' });
    } else {
      const task = token.depth === 2 ? taskNumberIn(token.text) : undefined;
      steps = task === undefined ? undefined : [];
      if (steps && task !== undefined) hints.set(task, steps);
    }
  }
  return new Map([...hints].map(([task, found]) => [task, found.map((step) => ({ ...step, text: step.text.trim() }))]));
}

/**
 * @param text of a README.md or hints.md
 * @returns the headings of its tasks, such as `Task 2: One Worker`, in order
 */
export const taskHeadings = (text: string): string[] =>
  lexer(text).flatMap((token) =>
    isHeading(token) && token.depth === 2 && taskNumberIn(token.text) !== undefined ? [token.text] : [],
  );

/**
 * @param text of a NOTES.md
 * @returns the rows of the table under `## Usual mistakes`: the mistake, and what comes of it
 */
export function usualMistakes(text: string): [mistake: string, result: string][] {
  const tokens = lexer(text);
  const at = tokens.findIndex((token) => isHeading(token) && token.text === 'Usual mistakes');
  const table = at < 0 ? undefined : tokens.slice(at + 1).find((token) => token.type === 'table');
  return ((table as Tokens.Table | undefined)?.rows ?? []).map(([mistake, result]) => [
    mistake?.text ?? '',
    result?.text ?? '',
  ]);
}

const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading';

function taskNumberIn(heading: string): number | undefined {
  const digits = /^Task (\d+)\b/.exec(heading)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
