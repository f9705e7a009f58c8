import { printable } from '#src/grade/index.ts';

/**
 * Shows what would hide or turn around the text beside it: direction overrides and isolates, invisible separators.
 * @returns the text with a readable sign for each of them
 */
export const visible = (text: string): string =>
  printable(text).replace(
    /[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu,
    (character) => `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );

/** @returns the value with every text in it {@link visible}, apart from keys */
export const allVisible = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_, each: unknown) => (typeof each === 'string' ? visible(each) : each)) as T;
