import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Exercise, KataError } from '#src/course/index.ts';
import type { Case, CaseResult } from './cases.ts';
import { gradeFilesUntil } from './grade-until.ts';
import { readMutants, type Mutant } from './mutant.ts';
import { patchFiles } from './patch.ts';
import { type Variant, filesOfVariant } from './variants.ts';

/**
 * The mistakes of mutants in another author's style, tests/<slug>/restyled/<mutant>.patch: a line `From: solution` or
 * `From: accepted/<name>`, an empty line, and a unified diff against that. They were written without a look at the
 * suites, and show whether failures are recognized that nobody has recorded.
 * @param root the course, absolute
 * @returns a case for each: it must fail its mutant's task, and `named` tells whether its mistake was recognized
 * @throws {KataError} a patch that belongs to no mutant, or a mutant that cannot be read
 */
export async function restyledCases(root: string, exercise: Exercise): Promise<Case[]> {
  const folder = join(root, 'tests', exercise.slug, 'restyled');
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.patch')).sort();
  if (files.length === 0) return [];
  const mutants = await readMutants(root, exercise);
  return files.map((file) => {
    const name = file.slice(0, -'.patch'.length);
    const path = `tests/${exercise.slug}/restyled/${file}`;
    const mutant = mutants.find((each) => each.name === name);
    if (mutant === undefined) throw new KataError(`${path} must have the name of a mutant of ${exercise.slug}.`);
    return {
      label: `${exercise.id} restyled/${name}`,
      alone: mutant.alone,
      judge: async () => judgeRestyled(root, exercise, mutant, path, await readFile(join(folder, file), 'utf8')),
    };
  });
}

async function judgeRestyled(
  root: string,
  exercise: Exercise,
  { tasks, misconception }: Mutant,
  path: string,
  text: string,
): Promise<CaseResult> {
  const [, from, diff = ''] = /^From: (solution|accepted\/[\w-]+)\n\n([^]*)$/.exec(text.replaceAll('\r\n', '\n')) ?? [];
  if (from === undefined) throw new KataError(`${path} must begin with "From: solution" or "From: accepted/<name>".`);
  const files = patchFiles(path, diff, await filesOfVariant(root, exercise, from as Variant));
  const isEnough = (certain: readonly unknown[]) => certain.length === tasks.length;
  const judged = await gradeFilesUntil(root, exercise, files, tasks, isEnough);
  const first = judged.tasks.flatMap(({ checks }) => checks).find(({ state }) => state === 'failed');
  if (judged.record?.fault || first === undefined) {
    const summary = judged.record?.fault?.sentence ?? `wanted a failed check in task ${tasks.join(', ')}`;
    return { holds: false, summary };
  }
  const said = first.mistake === undefined ? 'not recognized' : `"${first.mistake.misconception}"`;
  const named = first.mistake?.misconception === misconception;
  return { holds: true, summary: `${first.verdict} in ${first.id}; ${named ? 'recognized' : said}`, named };
}
