import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseCLI } from 'vitest/node';
import { inAnyExercise } from '#src/verdict/index.ts';

/** What differs when a student starts Vitest without one of the course's commands. */
export interface SuitesByHand {
  /** Globs of the suites, from the course's root. */
  readonly include: string[];
  /** Which suite a saved file runs again: the arena's processes load it, so Vitest doesn't know who depends on it. */
  readonly watchTriggerPatterns: {
    pattern: RegExp;
    testsToRun: (file: string, match: RegExpMatchArray) => string;
  }[];
  /** @returns whether the student sees the place in a failure: only those in their own files */
  readonly onStackTrace: (error: object, place: { file: string }) => boolean;
}

const byHand: SuitesByHand = {
  include: ['tests/[0-9]*/*.test.ts'],
  watchTriggerPatterns: [
    {
      pattern: /[/\\]exercises[/\\](\d\d-[^/\\]+)[/\\][^/\\]+\.ts$/,
      testsToRun: (_, [, slug = '']) => `tests/${slug}/${slug}.test.ts`,
    },
  ],
  onStackTrace: (_, { file }) => inAnyExercise(file),
};

/**
 * @param root the course's folder, absolute
 * @returns all suites for the extension of VS Code and for `npx vitest 03`, which choose among them; for `npx vitest`
 *   the suite of the first exercise that is not solved; undefined where another program starts Vitest
 */
export async function suitesByHand(root: string): Promise<SuitesByHand | undefined> {
  if (process.env['VITEST_VSCODE'] !== undefined) return byHand;
  const [, program = '', ...words] = process.argv;
  if (!/[/\\]vitest(?:\.mjs)?$/.test(program)) return undefined;
  if (parseCLI(['vitest', ...words]).filter.length > 0) return byHand;
  const slug = await firstUnsolved(root);
  console.error(`Exercise ${slug}, the first one that you haven't solved. For another one: npx vitest 03`);
  return { ...byHand, include: [`tests/${slug}/*.test.ts`] };
}

/** Asks `kata list`, which has the TypeScript loader that it needs. */
async function firstUnsolved(root: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'src/cli/kata.js'), 'list', '--json']);
  const { exercises } = JSON.parse(stdout) as { exercises: { slug: string; state: string }[] };
  return (exercises.find(({ state }) => state !== 'solved') ?? exercises.at(-1))?.slug ?? '[0-9]*';
}
