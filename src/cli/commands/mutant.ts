import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { promisify } from 'node:util';
import {
  findExercise,
  KataError,
  loadCourse,
  readRequirements,
  studentFiles,
  type Exercise,
} from '#src/course/index.ts';
import {
  type Files,
  type Mutant,
  diffFiles,
  mutantNames,
  mutantPath,
  parseHeader,
  patchFiles,
  readMutant,
  readMutants,
  readReference,
  writeFiles,
  writeMutant,
} from '#src/verify/index.ts';
import { temporaryFolder } from '#src/system/index.ts';
import type { Context } from '../context.ts';

/** The fields of a new mutant's header, as text, and the commit that `rebase` compares with. */
export interface MutantOptions {
  readonly task?: string;
  readonly breaks?: string;
  readonly verdict?: string;
  readonly misconception?: string;
  readonly since: string;
}

const mutantName = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * `kata mutant`: makes and changes mutants.
 * @param action `new`, `edit` or `rebase`
 * @param id the exercise, in any form that commands take
 * @param name the mutant, which `rebase` does not need
 * @returns the exit code: 1 where `rebase` leaves a conflict
 * @throws {KataError} where the words make no sense together
 */
export async function mutant(
  context: Context,
  action: string,
  id: string,
  name: string | undefined,
  options: MutantOptions,
): Promise<number> {
  const exercise = findExercise(await loadCourse(context.root), id);
  if (action === 'rebase') return rebaseMutants(context, exercise, options.since);
  if (action !== 'new' && action !== 'edit')
    throw new KataError(`An action of kata mutant is new, edit or rebase; got "${action}".`);
  if (name === undefined || !mutantName.test(name))
    throw new KataError(
      `A mutant's name is made of small letters, digits and dashes, as in no-join; got "${name ?? ''}".`,
    );
  if (action === 'edit') return edit(context, exercise, await readMutant(context.root, exercise, name));
  if ((await mutantNames(context.root, exercise)).includes(name))
    throw new KataError(`${mutantPath(exercise, name)} is there already. To change it: ${texts.edit(exercise, name)}`);
  const { task = '', breaks = '', verdict = '', misconception = '' } = options;
  const header = `Task: ${task}\nBreaks: ${breaks}\nVerdict: ${verdict}\nMisconception: ${misconception}`;
  const parsed = parseHeader((field) => `--${field.toLowerCase()}`, header, exercise);
  await refuseUnknown(context.root, exercise, parsed);
  return edit(context, exercise, { name, diff: '', ...parsed });
}

/** @throws {KataError} where the mutant breaks what its tasks don't demand */
async function refuseUnknown(
  root: string,
  exercise: Exercise,
  { tasks, breaks }: Pick<Mutant, 'tasks' | 'breaks'>,
): Promise<void> {
  if (breaks.length === 0) return;
  const ids = (await readRequirements(root, exercise)).map(({ id }) => id);
  const unknown = breaks.find((id) => !ids.includes(id));
  if (unknown === undefined) return;
  const own = ids.filter((id) => tasks.includes(Number.parseInt(id)));
  throw new KataError(
    `--breaks must name requirements of the lesson, got "${unknown}". ` +
      `Those of task ${tasks.join(' and ')}: ${own.join(', ') || 'none'}.`,
  );
}

/** Lays the patched files out, and writes the patch anew once they are edited. */
async function edit({ root, terminal }: Context, exercise: Exercise, mutant: Mutant): Promise<number> {
  const path = mutantPath(exercise, mutant.name);
  const reference = await readReference(root, exercise);
  const { path: base, remove } = await temporaryFolder('kata-mutant-');
  const folder = join(base, exercise.slug);
  try {
    await writeFiles(folder, patchFiles(path, mutant.diff, reference));
    await letEdit(folder, [...reference.keys()], terminal);
    const edited = await Promise.all(
      [...reference.keys()].map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const),
    );
    const diff = diffFiles(reference, new Map(edited));
    if (diff === '')
      throw new KataError(
        `Nothing differs from the reference, so ${path} was not written: a mutant has a mistake in it.`,
      );
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeMutant(root, exercise, { ...mutant, diff });
    terminal.line(texts.written(exercise, mutant.name));
    return 0;
  } finally {
    await remove();
  }
}

/** Opens the files in $VISUAL or $EDITOR and waits until it ends; without one, waits for Enter. */
async function letEdit(folder: string, files: readonly string[], { line }: Context['terminal']): Promise<void> {
  const editor = process.env['VISUAL'] ?? process.env['EDITOR'];
  if (editor === undefined || editor === '') {
    const prompt = createInterface({ input: process.stdin });
    line(`Edit the files in ${folder}, then press Enter here. (Set EDITOR, and it opens by itself.)`);
    await Promise.race([once(prompt, 'line'), once(prompt, 'close')]);
    prompt.close();
    return;
  }
  // A shell, because $EDITOR may hold arguments: `code --wait`.
  const quoted = files.map((file) => `"${join(folder, file)}"`).join(' ');
  const child = spawn(`${editor} ${quoted}`, { stdio: 'inherit', shell: true });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new KataError(`The editor (${editor}) ended with exit code ${code}, and nothing was written.`);
}

/** Carries the mutants over to a changed reference by a three-way merge; what cannot be merged stays as it was. */
async function rebaseMutants({ root, terminal }: Context, exercise: Exercise, since: string): Promise<number> {
  const [before, now] = [await referenceAt(root, exercise, since), await readReference(root, exercise)];
  let conflicts = 0;
  for (const mutant of await readMutants(root, exercise)) {
    const path = mutantPath(exercise, mutant.name);
    const patched = patchFiles(path, mutant.diff, before);
    const merged = await mergeFiles(before, now, patched);
    if (merged === undefined) {
      conflicts += 1;
      terminal.note(`${path}: the change and the mistake touch the same lines. ${texts.edit(exercise, mutant.name)}`);
    } else await writeMutant(root, exercise, { ...mutant, diff: diffFiles(now, merged) });
  }
  terminal.line(texts.rebased(exercise, conflicts));
  return conflicts === 0 ? 0 : 1;
}

async function referenceAt(root: string, exercise: Exercise, revision: string): Promise<Files> {
  const show = async (file: string): Promise<string> => {
    const path = posix.join('solutions', exercise.slug, file);
    const { stdout } = await promisify(execFile)('git', ['show', `${revision}:${path}`], { cwd: root });
    return stdout;
  };
  return new Map(await Promise.all(studentFiles(exercise).map(async (file) => [file, await show(file)] as const)));
}

/** @returns the merged files, or nothing where two changes touch the same lines */
async function mergeFiles(before: Files, ours: Files, theirs: Files): Promise<Files | undefined> {
  const { path: folder, remove } = await temporaryFolder('kata-mutant-');
  try {
    const merged = new Map<string, string>();
    for (const [file, text] of theirs) {
      const sides = { ours: ours.get(file) ?? '', base: before.get(file) ?? '', theirs: text };
      for (const [side, content] of Object.entries(sides)) await writeFile(join(folder, side), content);
      const names = ['ours', 'base', 'theirs'].map((side) => join(folder, side));
      const done = await promisify(execFile)('git', ['merge-file', '-p', '-q', ...names]).catch(() => undefined);
      if (done === undefined) return undefined;
      merged.set(file, done.stdout);
    }
    return merged;
  } finally {
    await remove();
  }
}

const texts = {
  edit: ({ id }: Exercise, mutant: string) => `npm run kata mutant edit ${id} ${mutant}`,
  written: (exercise: Exercise, name: string) =>
    `written: ${mutantPath(exercise, name)}\n` +
    `Next: npm run verify -- --exercise ${exercise.id} --only mutants/${name}\n` +
    `If it gets the expected verdict: npm run verify -- --record --exercise ${exercise.id} --only mutants/${name}, ` +
    `then npm run kata contract ${exercise.id}`,
  rebased: ({ id, slug }: Exercise, conflicts: number) =>
    conflicts === 0
      ? `The mutants of ${slug} fit the reference.\nNext: npm run verify -- --exercise ${id}`
      : `${conflicts} of the mutants of ${slug} could not be carried over; the others fit the reference.`,
};
