import { placeText, type Check } from '#src/suite/index.ts';

/** @returns the first line of a check's sentence, with the place in the student's code */
export function headline(check: Check): string {
  const [first = ''] = (check.sentence ?? check.verdict).split('\n');
  const place = placeText(check);
  return place === undefined ? first : `${first} (${place})`;
}

/** @returns what stands below the headline: more of the sentence, the evidence, the known mistake; often nothing */
export function details({ sentence = '', evidence = '', mistake }: Check): string {
  const [, ...more] = sentence.split('\n');
  const looksLike = mistake === undefined ? '' : `This looks like a common mistake: "${mistake.misconception}"`;
  return [more.join('\n'), evidence, looksLike].filter((text) => text.trim() !== '').join('\n');
}

/** @returns all that a check says, for formats that keep a text as it is */
export const checkText = (check: Check): string =>
  [headline(check), details(check)].filter((text) => text !== '').join('\n');
