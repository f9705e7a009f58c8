import type { Mistake } from '#src/mistakes/index.ts';

/**
 * Chooses mutants so that each check is seen to refuse one: a check that refuses one mutant rarely accepts another.
 * @param mutants all of an exercise
 * @param mistakes what was recorded of them
 * @returns the first mutant for each check that is the first to fail, and all of which nothing is recorded yet
 */
export function oneForEachCheck<Named extends { readonly name: string }>(
  mutants: readonly Named[],
  mistakes: readonly Pick<Mistake, 'name' | 'failed'>[],
): Named[] {
  const seen = new Set<string>();
  return mutants.filter(({ name }) => {
    const recorded = mistakes.find((mistake) => mistake.name === name);
    const firstToFail = recorded && Object.keys(recorded.failed)[0];
    if (firstToFail === undefined) return true;
    const isNew = !seen.has(firstToFail);
    seen.add(firstToFail);
    return isNew;
  });
}
