import { expect, test } from 'vitest';
import { flawsOf } from './flaws.ts';

test.each([
  ['the line is down (scenarios.ts:31)', 'its text names a file of the suite'],
  ['A threw (tests/08-race-await/programs.ts:3)', "its text names a file that is not the student's"],
  ['expected Object (value) to be null', 'its text shows an object without its content'],
  ['expected { a: 1, …(5) } to be something', 'its text shows an object without its content'],
  ['expected [ 1, 2 ] to deeply equal [ 1, 2 ]', 'both sides of its comparison look the same'],
])('%s', (sentence, flaw) => {
  expect(flawsOf({ sentence })).toContain(flaw);
});

test.each([
  'The balance is 150, all deposits give 170 (withdraw.ts:12).',
  'expected 1 to be 12',
  'Look at exercises/08-race-await/withdraw.ts:3.',
])('nothing is wrong with: %s', (sentence) => {
  expect(flawsOf({ sentence, evidence: '  1  A  read → 0' })).toEqual([]);
});
