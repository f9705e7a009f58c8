import type { Check } from '#src/suite/index.ts';
import type { Mistake } from './mistake.ts';
import { shapeOf, similarity, telltaleWords, wordsOf } from './shape.ts';

/** From 0 to 1: what a mistake must score at least to be named. */
const goodMatch = 0.6;
/** From -1 to 1: what the words in the code must say at least for a mistake; fewer words than these say nothing. */
const leastCode = -0.5;
const fewestSigns = 3;

/**
 * Finds the known mistake that shows as these checks do. Checks that did not run count neither for nor against it.
 * @param checks of the task that failed, in the order of the suite
 * @param code what the student wrote, all files together
 * @returns the best match, or nothing where none is good
 */
export function recognize(checks: readonly Check[], mistakes: readonly Mistake[], code: string): Mistake | undefined {
  const first = checks.find(({ state }) => state === 'failed');
  if (first === undefined || first.verdict === 'not implemented' || first.verdict === 'does not compile')
    return undefined;
  const used = new Set(telltaleWords(code));
  const scored = mistakes
    .filter(({ failed }) => first.id in failed)
    .map((mistake) => ({ mistake, score: failureScore(checks, first, mistake), code: codeScore(used, mistake) }))
    .filter(({ score }) => score >= goodMatch)
    .filter(({ code, mistake }) => code >= leastCode || countSigns(mistake) < fewestSigns);
  // What fails says more than the words in the code, which only part mistakes that show in the same way.
  const best = scored.sort((a, b) => b.score + b.code / 4 - (a.score + a.code / 4))[0];
  return best?.mistake;
}

/** @returns from 0 to 1: how alike the failures are */
function failureScore(checks: readonly Check[], first: Check, { failed, sentence }: Mistake): number {
  const ended = checks.filter(({ state }) => state !== 'missing');
  const now = ended.filter(({ state }) => state === 'failed').map(({ id, verdict }) => `${id} ${verdict}`);
  const then = ended.filter(({ id }) => id in failed).map(({ id }) => `${id} ${failed[id]}`);
  const shape = shapeOf(first.sentence ?? '');
  const sentences = shape === sentence ? 1 : similarity(wordsOf(shape), wordsOf(sentence));
  return (similarity(now, then) + sentences) / 2;
}

const countSigns = ({ uses, lacks }: Mistake): number => uses.length + lacks.length;

/** @returns from -1 to 1: how far the words in the code are those of the mistake */
function codeScore(used: ReadonlySet<string>, { uses, lacks }: Mistake): number {
  const signs = [...uses.map((word) => used.has(word)), ...lacks.map((word) => !used.has(word))];
  if (signs.length === 0) return 0;
  return (2 * signs.filter(Boolean).length) / signs.length - 1;
}
