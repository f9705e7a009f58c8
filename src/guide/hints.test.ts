import { expect, test } from 'vitest';
import { parseHints } from './hints.ts';

test('tasks, their steps, and code that looks like a heading', () => {
  const hints = parseHints(
    '# Hints\nIntro\n## Task 1: One\n\n### 1 Nudge\nlook\n\n### 2 Concept\n```md\n### not a step\n## Task 9\n```\nafter\n## Task 2\n### Near-code\n~~~~\n```\n# no heading\n~~~~\n## Appendix\n### 1 Not a hint\nx\n',
  );
  expect(hints).toEqual(
    new Map([
      [
        1,
        [
          { title: 'Nudge', text: 'look' },
          { title: 'Concept', text: '```md\n### not a step\n## Task 9\n```\nafter' },
        ],
      ],
      [2, [{ title: 'Near-code', text: '~~~~\n```\n# no heading\n~~~~' }]],
    ]),
  );
});

test('line ends of Windows are read as others are', () => {
  expect(parseHints('## Task 1\r\n### 1 Nudge\r\nlook\r\n').get(1)).toEqual([{ title: 'Nudge', text: 'look' }]);
});
