import { expect, test } from 'vitest';
import { parseRequirements } from './requirements.ts';

test('requirements are the bullets with an id, on one line; bullets without one and code blocks are not', () => {
  const lesson = `## Task 1: Say

- \`say()\` returns the
  number. <!-- 1.number -->
- Think first.

\`\`\`md
- An example. <!-- 1.example -->
\`\`\`

## Task 2: Act

- It ends.
  <!-- 2.ends -->
`;
  const wanted = [
    { id: '1.number', sentence: '`say()` returns the number.' },
    { id: '2.ends', sentence: 'It ends.' },
  ];
  expect(parseRequirements(lesson)).toEqual(wanted);
  expect(parseRequirements(lesson.replaceAll('\n', '\r\n'))).toEqual(wanted);
});
