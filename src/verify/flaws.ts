import type { Check } from '#src/suite/index.ts';

/** What a student cannot use in a failure, and what to say of it. */
const flaws: readonly [RegExp, string][] = [
  [
    /(?:^|[\s('"])(?:\.{0,2}\/)*(?:tests|src|node_modules)\/[\w@./-]+/m,
    "its text names a file that is not the student's",
  ],
  [/\b(?:scenarios|bodies|explorations|programs)\.ts\b/, 'its text names a file of the suite'],
  [/Object \(value\)|\[object Object\]|…\(\d+\)/, 'its text shows an object without its content'],
  [
    /expected ([^\n]{3,}?) to (?:deeply equal|be|equal|strictly equal) \1(?=$|\n| \/\/)/m,
    'both sides of its comparison look the same',
  ],
];

/** @returns what is wrong with the text of a failure, a few words each */
export function flawsOf({ sentence = '', evidence = '' }: Pick<Check, 'sentence' | 'evidence'>): string[] {
  const text = `${sentence}\n${evidence}`;
  return flaws.flatMap(([pattern, flaw]) => (pattern.test(text) ? [flaw] : []));
}
