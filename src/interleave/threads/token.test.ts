import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSchedule, tokenOf } from './token.ts';

describe('a token', () => {
  test('is short where a thread runs for a while', () => {
    expect(tokenOf([0, 0, 0, 0, 0, 1, 1, 0, 0, 0], 1)).toBe('c1:0x5,1x2,0x3');
  });

  test('gives the schedule back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 })), fc.nat(9), (path, preemptions) => {
        expect(parseSchedule(tokenOf(path, preemptions), ['A', 'B', 'C'])).toEqual(path);
      }),
    );
  });
});

describe('a written schedule', () => {
  test('may have * for x, as older tokens do', () => {
    expect(parseSchedule('c1:0*2,1*1', ['A', 'B'])).toEqual([0, 0, 1]);
  });

  test('is lane names in a row, or a list of them', () => {
    expect(parseSchedule('AAB AB', ['A', 'B'])).toEqual([0, 0, 1, 0, 1]);
    expect(parseSchedule(['reader', 'writer'], ['writer', 'reader'])).toEqual([1, 0]);
  });

  test.each([
    [
      'ABX',
      'The schedule names `X` at step 3, but the threads are A, B: write the schedule with these names, ' +
        'or a token such as c1:0x5,1x2.',
    ],
    [
      'c1:0x5,7x2',
      "The schedule's token has the part `7x2`, wanted `thread x steps` such as `0x5`, with a thread from 0 to 1: " +
        'copy the token whole from the report.',
    ],
  ])('that cannot be read is refused in a sentence: %s', (schedule, sentence) => {
    expect(() => parseSchedule(schedule, ['A', 'B'])).toThrow(
      expect.objectContaining({ name: 'TypeError', message: sentence, reason: 'invalid-schedule' }),
    );
  });
});
