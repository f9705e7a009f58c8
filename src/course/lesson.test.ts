import { expect, test } from 'vitest';
import { parseHints, taskHeadings, usualMistakes } from './lesson.ts';

test('hints have steps for each task; headings inside code blocks are code', () => {
  const hints = parseHints(
    '# Hints\nIntro\n## Task 1: One\n\n### 1 Nudge\nlook\n\n### 2 Concept\n```md\n### not a step\n## Task ' +
      '9\n```\nafter\n## Task 2\n### Near-code\n~~~~\n```\n# no heading\n~~~~\n## Appendix\n### 1 Not a hint\nx\n',
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

test('hints may have Windows line endings', () => {
  expect(parseHints('## Task 1\r\n### 1 Nudge\r\nlook\r\n').get(1)).toEqual([{ title: 'Nudge', text: 'look' }]);
});

test('the headings of the tasks, in order, without the headings of other sections and of examples', () => {
  const lesson =
    '# 01 · Toy\n\n## Why\n\n## Task 1: Say `x`\n\n```md\n## Task 9: No\n```\n\n## Task 2: Act\r\n\n### Task 3\n';
  expect(taskHeadings(lesson)).toEqual(['Task 1: Say `x`', 'Task 2: Act']);
});

test('the usual mistakes are the rows of their table', () => {
  const other = '| a | b |\n| - | - |\n| no | no |';
  const notes = `# Notes\n\n${other}\n\n## Usual mistakes\n\n| mistake | result |\n| - | - |\n| \`x\` | hangs |\n`;
  expect(usualMistakes(notes)).toEqual([['`x`', 'hangs']]);
  expect(usualMistakes('# Notes\n')).toEqual([]);
});
