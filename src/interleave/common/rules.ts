// The caller's rules about a program (`invariant`, `always`, `atEnd`), and how outcomes are compared.

/**
 * What a rule answers: `true` or nothing if it holds, `false` or a sentence if it does not. A throw counts as a
 * sentence.
 */
export type RuleAnswer = boolean | string | undefined | void;

/**
 * Asks a rule.
 * @param sentenceOf makes a sentence of what the rule threw
 * @returns how the rule is broken, or `undefined` if it holds
 */
export function brokenRule(
  ask: () => RuleAnswer,
  sentenceOf: (error: unknown) => string,
): { sentence: string; thrown?: unknown } | undefined {
  try {
    const judgement = ask();
    if (judgement === false) return { sentence: 'the invariant does not hold' };
    return typeof judgement === 'string' ? { sentence: judgement } : undefined;
  } catch (error) {
    return { sentence: sentenceOf(error), thrown: error };
  }
}

/** @returns a text that is equal for equal outcomes; unlike JSON it knows bigints and `undefined` */
export function outcomeKey(outcome: unknown): string {
  return JSON.stringify(outcome, (_key, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value === undefined ? 'undefined' : value,
  );
}
