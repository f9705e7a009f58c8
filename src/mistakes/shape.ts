/**
 * What two runs of the same mistake have in common: the sentence without its figures.
 * @example shapeOf('Item 3 came 2 times, not 1') === 'Item # came # times, not #'
 */
export const shapeOf = (sentence: string): string =>
  sentence
    .replace(/\s+/g, ' ')
    .replace(/\d[\d,.]*(?<=\d)/g, '#')
    // How many there are of them is no part of the shape either.
    .replace(/#(?:(?:, | and | or | )#)+/g, '#')
    .trim();

/** @returns the words of a text: names, properties, keywords */
export const wordsOf = (text: string): string[] => text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [];

/** @returns how much two collections have in common, from 0 to 1; 1 where both are empty */
export function similarity(one: Iterable<string>, other: Iterable<string>): number {
  const [a, b] = [new Set(one), new Set(other)];
  const all = new Set([...a, ...b]);
  if (all.size === 0) return 1;
  return [...a].filter((each) => b.has(each)).length / all.size;
}

const keywords = new Set(
  'await async for while do if else switch try catch finally throw return yield typeof'.split(' '),
);

/**
 * @param code TypeScript
 * @returns the words of a program that another author would choose, too: properties, classes and globals, keywords
 */
export function telltaleWords(code: string): string[] {
  const plain = code.replace(/\/\*[^]*?\*\/|(?<!:)\/\/.*/g, '');
  const properties = [...plain.matchAll(/\.\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu)].map(([, name]) => `.${name}`);
  return [...properties, ...wordsOf(plain).filter((word) => /^[A-Z]/.test(word) || keywords.has(word))];
}
