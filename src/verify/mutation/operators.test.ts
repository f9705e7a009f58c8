import { expect, test } from 'vitest';
import { mutationsOf } from './operators.ts';

const content = `export function open(count: number, gate: boolean, key: boolean): boolean {
  return gate || count > 0 && key;
}
`;

test('applies each operator to the text of the file, and leaves all else as it is', async () => {
  const mutations = await mutationsOf('open.ts', content);
  const lines = mutations.map(({ line, operator, before, after }) => [line, operator, before, after]);
  expect(lines).toContainEqual([
    2,
    'EqualityOperator',
    'return gate || count > 0 && key;',
    'return gate || (count >= 0) && key;',
  ]);
  expect(lines).toContainEqual([
    2,
    'LogicalOperator',
    'return gate || count > 0 && key;',
    'return gate || (count > 0 || key);',
  ]);
  const [emptied] = mutations.filter(({ operator }) => operator === 'BlockStatement');
  expect(emptied).toMatchObject({
    line: 1,
    before: 'export function open(count: number, gate: boolean, key: boolean): boolean {',
    after: 'export function open(count: number, gate: boolean, key: boolean): boolean {}',
    text: 'export function open(count: number, gate: boolean, key: boolean): boolean {}\n',
  });
});

test('makes no text twice, and goes from top to bottom', async () => {
  const mutations = await mutationsOf('open.ts', content);
  expect(new Set(mutations.map(({ text }) => text)).size).toBe(mutations.length);
  const lines = mutations.map(({ line }) => line);
  expect(lines).toEqual(lines.toSorted((one, other) => one - other));
});
