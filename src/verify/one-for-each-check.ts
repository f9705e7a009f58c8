import type { Case } from './cases.ts';

/**
 * Chooses fewer mutants for a quick run. A change that breaks a check mostly shows in each mutant that it refuses, so
 * one will do. A check that is the first to fail for no mutant is left to the full run.
 * @param cases of one exercise
 * @returns of the mutants that fail the same check first, the first one; and all other cases
 */
export function oneForEachCheck<Chosen extends Pick<Case, 'firstToFail'>>(cases: readonly Chosen[]): Chosen[] {
  const seen = new Set<string>();
  return cases.filter(({ firstToFail }) => {
    if (firstToFail === undefined) return true;
    const isNew = !seen.has(firstToFail);
    seen.add(firstToFail);
    return isNew;
  });
}
