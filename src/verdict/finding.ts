import type { Verdict } from './verdicts.ts';

/**
 * What a suite throws when it knows more than "not equal": a named verdict, a sentence for the student, and the
 * evidence behind it.
 */
export class Finding extends Error {
  override name = 'Finding';
  readonly verdict: Verdict;
  /** Text to be shown under the sentence (a chart, a timeline, the student's own output), or nothing. */
  readonly evidence: string | undefined;

  constructor(verdict: Verdict, sentence: string, evidence?: string, options?: ErrorOptions) {
    super(evidence === undefined ? sentence : `${sentence}\n\n${evidence}`, options);
    this.verdict = verdict;
    this.evidence = evidence;
  }
}

/**
 * @param verdict the name that the grader gives to the failed check
 * @param sentence what happened, for the student: names the thing, what was wanted, what came
 * @param evidence more lines to look at, printed below the sentence
 * @returns the error to throw
 */
export const finding = (verdict: Verdict, sentence: string, evidence?: string, options?: ErrorOptions): Finding =>
  new Finding(verdict, sentence, evidence, options);

/**
 * Gives a failing assertion a name: what `check` throws is thrown on as a {@link Finding} with `verdict`, unless it has
 * one already.
 * @example await named('wrong order', () => expect(order).toEqual(['A', 'B']));
 * @returns what `check` returns
 */
export async function named<T>(verdict: Verdict, check: () => T | Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof Finding) throw error;
    throw finding(verdict, error instanceof Error ? error.message : String(error), undefined, { cause: error });
  }
}
