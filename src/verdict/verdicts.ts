/** Every name that a verdict can have, from best to worst kept in the order in which people meet them. */
export const verdicts = [
  'passed',
  'failed',
  'not implemented',
  'deadlock',
  'livelock',
  'lost update',
  'data race',
  'sequential in disguise',
  'did not do the work',
  'over the limit',
  'busy wait',
  'leak',
  'wrong order',
  'crash',
  'timeout',
  'too much output',
  'does not compile',
  'inconclusive',
] as const;

export type Verdict = (typeof verdicts)[number];

/** @returns whether `name` is one of {@link verdicts} */
export const isVerdict = (name: unknown): name is Verdict => (verdicts as readonly unknown[]).includes(name);
