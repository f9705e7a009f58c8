import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRequirements, type Exercise, type Requirement } from '#src/course/index.ts';
import { listChecks, type ListedTask } from '#src/suite/index.ts';
import { readMutants, type Mutant } from './mutant.ts';

/** What an exercise demands, and what enforces it. */
export interface Contract {
  rows: ContractRow[];
  /** A sentence for each requirement that nothing holds or breaks, and for each id that the lesson doesn't have. */
  faults: string[];
}

export interface ContractRow extends Requirement {
  /** `1.4 title` of each check that fails when the requirement is broken. */
  checks: string[];
  /** Names of the mutants that break it. */
  mutants: string[];
}

/** @returns the path of an exercise's contract, from the course's root */
const contractPath = ({ slug }: Exercise): string => `tests/${slug}/CONTRACT.md`;

async function readContract(root: string, exercise: Exercise, tasks: readonly ListedTask[]): Promise<Contract> {
  return contractOf(exercise, await readRequirements(root, exercise), tasks, await readMutants(root, exercise));
}

/** Ties the requirements of a lesson to the checks that hold them and the mutants that break them. */
function contractOf(
  exercise: Exercise,
  requirements: readonly Requirement[],
  tasks: readonly ListedTask[],
  mutants: readonly Mutant[],
): Contract {
  const checks = tasks.flatMap((task) => task.checks);
  const rows = requirements.map((requirement) => ({
    ...requirement,
    checks: checks
      .filter(({ requirements }) => requirements?.includes(requirement.id))
      .map(({ id, title }) => `${id} ${title}`),
    mutants: mutants.filter(({ breaks }) => breaks.includes(requirement.id)).map(({ name }) => name),
  }));
  const ids = requirements.map(({ id }) => id);
  const lesson = `exercises/${exercise.slug}/README.md`;
  const unknown = (place: string, named: readonly string[]) =>
    named
      .filter((id) => !ids.includes(id))
      .map((id) => `${place} names the requirement ${id}, but ${lesson} has no bullet with <!-- ${id} -->.`);
  return {
    rows,
    faults: [
      ...ids.filter((id, at) => ids.indexOf(id) < at).map((id) => `${lesson} has two bullets with <!-- ${id} -->.`),
      ...checks.flatMap(({ id, title, requirements = [] }) => unknown(`Check ${id} (${title})`, requirements)),
      ...mutants.flatMap(({ name, breaks }) => unknown(`mutants/${name}.patch`, breaks)),
      ...mutants
        .filter(({ breaks }) => breaks.length === 0)
        .map(({ name }) => `mutants/${name}.patch must name what it breaks: a line "Breaks: ${ids[0] ?? '1.x'}".`),
      ...rows
        .filter((row) => row.checks.length === 0)
        .map(({ id }) => `No check holds ${id}: give one the option { tags: ['${id}'] }, or write it.`),
      ...rows
        .filter((row) => row.mutants.length === 0)
        .map(({ id }) => `No mutant breaks ${id}: name it in a patch ("Breaks: ${id}"), or write one.`),
    ],
  };
}

/** @returns the contract as the table in CONTRACT.md */
function contractText({ id, title }: Exercise, { rows }: Contract): string {
  const cell = (text: string) => text.replaceAll('|', String.raw`\|`);
  const lines = rows.map(({ id: requirement, sentence, checks, mutants }) =>
    [`\`${requirement}\` ${cell(sentence)}`, cell(checks.join('<br>')), mutants.join('<br>')].join(' | '),
  );
  return `# ${id} · ${title}: the contract

What the lesson demands, the checks that hold it, and the mutants that break it. This file is generated: change the
lesson, the tags of the checks or the \`Breaks:\` lines of the mutants, then \`npm run kata contract ${id}\`.

| The lesson demands | Checks | Mutants |
| --- | --- | --- |
${lines.map((line) => `| ${line} |\n`).join('')}`;
}

/**
 * Writes an exercise's CONTRACT.md, with or without gaps.
 * @param root the course, absolute
 * @returns its path from the root, and a sentence for each gap
 * @throws {Error} where the suite cannot be loaded
 * @throws {KataError} where a mutant's header cannot be read
 */
export async function writeContract(root: string, exercise: Exercise): Promise<{ path: string; faults: string[] }> {
  const contract = await readContract(root, exercise, await listChecks(root, exercise.slug));
  const path = contractPath(exercise);
  await writeFile(join(root, path), contractText(exercise, contract));
  return { path, faults: contract.faults };
}

/**
 * @param tasks the suite's, as {@link listChecks} returns them
 * @returns a sentence for each gap, and one where CONTRACT.md is not what would be generated now
 */
export async function contractFaults(
  root: string,
  exercise: Exercise,
  tasks: readonly ListedTask[],
): Promise<string[]> {
  const path = contractPath(exercise);
  const written = await readFile(join(root, path), 'utf8').catch(() => undefined);
  const contract = await readContract(root, exercise, tasks);
  const stale =
    written === contractText(exercise, contract)
      ? []
      : [`${path} is out of date: npm run kata contract ${exercise.id}`];
  return [...contract.faults, ...stale];
}
