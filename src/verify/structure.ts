import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  changedSinceSkeleton,
  parseHints,
  skeletonPath,
  studentFiles,
  taskHeadings,
  type Exercise,
} from '#src/course/index.ts';
import { listChecks } from '#src/suite/index.ts';
import { contractFaults } from './contract.ts';
import { diagnosticLine, typeCheck } from '#src/grade/index.ts';
import { mutantPath, readMutants } from './mutant.ts';
import { filesOf, patchFiles } from './patch.ts';
import { drawingFaults } from './timelines/drawings.ts';
import { readAccepted, readReference } from './variants.ts';

const fewestMutants = 4;
const fewestAccepted = 2;
const stepsOfHints = 3;

/**
 * Finds what no run shows: parts that are missing or disagree, skeletons that don't compile, forbidden imports.
 * @param root the course, absolute
 * @returns a sentence for each fault
 */
export async function structureFaults(root: string, exercise: Exercise): Promise<string[]> {
  const looks = [lessonFaults, drawingFaults, solutionFaults, variantFaults, importFaults, skeletonFaults, suiteFaults];
  const found = await Promise.all(looks.map((look) => look(root, exercise).catch((error: Error) => [error.message])));
  return found.flat();
}

/** README.md and hints.md have the manifest's tasks as headings, the hints with their steps. */
async function lessonFaults(root: string, { slug, tasks }: Exercise): Promise<string[]> {
  const wanted = tasks.map(({ title }, at) => `Task ${at + 1}: ${title}`);
  const faults: string[] = [];
  for (const name of ['README.md', 'hints.md']) {
    const file = `exercises/${slug}/${name}`;
    const text = await readFile(join(root, file), 'utf8');
    const headings = taskHeadings(text);
    if (headings.join('\n') !== wanted.join('\n'))
      faults.push(`${file} must have the headings ${quoted(wanted, '## ')}, got ${quoted(headings, '## ')}.`);
    if (name === 'hints.md') faults.push(...hintFaults(file, text));
  }
  return faults;
}

const hintFaults = (file: string, text: string): string[] =>
  [...parseHints(text)].flatMap(([task, steps]) =>
    steps.length === stepsOfHints
      ? []
      : [
          `${file}: Task ${task} must have ${stepsOfHints} steps (### 1 Nudge, ### 2 Concept, ### 3 Near-code), ` +
            `got ${steps.length}.`,
        ],
  );

/** The solution answers under the same names, and its given files are the given files. */
async function solutionFaults(root: string, { slug, files }: Exercise): Promise<string[]> {
  const faults: string[] = [];
  for (const name of [...files.student, ...files.given, 'NOTES.md']) {
    const [theirs, given] = await Promise.all(
      ['solutions', 'exercises'].map((tree) => readFile(join(root, tree, slug, name), 'utf8').catch(() => undefined)),
    );
    if (theirs === undefined) faults.push(`solutions/${slug}/${name} is not there.`);
    else if (files.given.includes(name) && theirs !== given)
      faults.push(`solutions/${slug}/${name} must be the same as exercises/${slug}/${name}: it is a given file.`);
  }
  return faults;
}

async function variantFaults(root: string, exercise: Exercise): Promise<string[]> {
  const { slug } = exercise;
  const [mutants, accepted] = await Promise.all([readMutants(root, exercise), readAccepted(root, exercise)]);
  const faults: string[] = [];
  if (mutants.length < fewestMutants)
    faults.push(`tests/${slug}/mutants/ must have at least ${fewestMutants} wrong answers, got ${mutants.length}.`);
  if (accepted.length < fewestAccepted)
    faults.push(
      `tests/${slug}/accepted/ must have at least ${fewestAccepted} right answers in another style, ` +
        `got ${accepted.length}.`,
    );
  const changes: [place: string, changed: string[]][] = [];
  const reference = await readReference(root, exercise);
  for (const { name, diff } of mutants) {
    const path = mutantPath(exercise, name);
    try {
      patchFiles(path, diff, reference);
      changes.push([path, filesOf(path, diff)]);
    } catch (error) {
      faults.push((error as Error).message);
    }
  }
  for (const name of accepted) {
    const folder = `tests/${slug}/accepted/${name}`;
    changes.push([folder, await readdir(join(root, folder))]);
  }
  for (const [place, names] of changes) {
    const taken = studentFiles(exercise);
    const stray = names.find((name) => !taken.includes(name));
    if (stray !== undefined)
      faults.push(`${place}: ${stray} is never taken: the student's files are ${taken.join(', ')}.`);
    if (names.length === 0) faults.push(`${place} changes no file of the solution.`);
  }
  return faults;
}

/**
 * A student's file imports Node, its neighbors and the exercises that the manifest says it uses: never the toolkit, a
 * suite or a solution.
 */
async function importFaults(root: string, { slug, uses = [] }: Exercise): Promise<string[]> {
  const faults: string[] = [];
  const leadsAway = (found: string): boolean => {
    const [, folder] = /(?:^|\/)\.\.\/(?:\.\.\/)*(\d\d-[^/]+|src|tests|solutions)\//.exec(found) ?? [];
    return folder !== undefined && !uses.some((used) => used.slug === folder);
  };
  for (const tree of ['exercises', 'solutions']) {
    const names = (await readdir(join(root, tree, slug))).filter((name) => name.endsWith('.ts'));
    for (const name of names) {
      const text = await readFile(join(root, tree, slug, name), 'utf8');
      const specifier = [...text.matchAll(/(?:\bfrom|\bimport|\bURL\(|\bimport\()\s*['"]([^'"]+)['"]/g)]
        .map(([, found = '']) => found)
        .find((found) => found.startsWith('#src/') || leadsAway(found));
      if (specifier !== undefined) faults.push(`${tree}/${slug}/${name} must not import "${specifier}".`);
    }
  }
  return faults;
}

async function skeletonFaults(root: string, exercise: Exercise): Promise<string[]> {
  const { slug, files } = exercise;
  const changed = await changedSinceSkeleton(root, exercise);
  const changedShared = exercise.shared ? await changedSinceSkeleton(root, exercise.shared) : [];
  const names = [...files.student, ...files.given].filter((name) => name.endsWith('.ts'));
  const diagnostics = await typeCheck({ root, files: names.map((name) => `exercises/${slug}/${name}`) });
  return [
    ...changed.map(
      (name) =>
        `exercises/${slug}/${name} differs from ${skeletonPath(exercise)}; ` +
        `when it is meant to: npm run kata pack ${exercise.id}`,
    ),
    ...changedShared.map(
      (name) =>
        `exercises/shared/${name} differs from tests/shared/skeleton.json; ` +
        'when it is meant to: npm run kata pack shared',
    ),
    ...diagnostics.map((each) => `The skeleton does not compile: ${diagnosticLine(each)}`),
  ];
}

/** The suite has one `describe` with checks for each task of the manifest, titled like it, and holds the contract. */
async function suiteFaults(root: string, exercise: Exercise): Promise<string[]> {
  const { slug, tasks } = exercise;
  const listed = await listChecks(root, slug);
  const wanted = tasks.map(({ title }, at) => `Task ${at + 1}: ${title}`);
  const got = listed.map(({ number, title }) => `Task ${number}: ${title}`);
  return [
    ...(wanted.join('\n') === got.join('\n')
      ? []
      : [`tests/${slug}/ must have the groups ${quoted(wanted)}, got ${quoted(got)}.`]),
    ...(await contractFaults(root, exercise, listed)),
  ];
}

const quoted = (names: readonly string[], before = ''): string =>
  names.length === 0 ? 'none' : names.map((name) => `"${before}${name}"`).join(', ');
