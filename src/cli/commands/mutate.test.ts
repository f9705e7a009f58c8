import { afterAll, beforeAll, expect, test } from 'vitest';
import { slug, toyCourse, type ToyCourse } from '#src/testing/toy-course.ts';
import { cmd } from '../testing/cmd.ts';

let toy: ToyCourse;
beforeAll(async () => {
  toy = await toyCourse();
});
afterAll(() => toy.remove());

const entry = {
  file: 'answer.ts',
  before: "export const act = (): string => 'done';",
  after: 'x',
  reason: 'It is a toy.',
};
const list = (...entries: object[]) => toy.write(`tests/${slug}/equivalents.json`, JSON.stringify(entries));

test('judges every change of the reference, and names the survivors with the next step', async () => {
  const before = "export const say = (): number => (wanted > 41 ? wanted : 'x'.length);";
  await toy.write(
    `solutions/${slug}/answer.ts`,
    `import { wanted } from './given.ts';\n\n${before}\nexport const act = (): 'done' => 'done';\n`,
  );
  await list({ ...entry, before, after: before.replace('wanted > 41', 'true'), reason: 'wanted is always 42.' });
  const { out } = await cmd(toy.root, 'verify', '--mutate').failure();
  expect(out).toContain(`${slug}: 8 mutations, 1 don't compile`);
  expect(out).toMatch(/killed {5}01 answer\.ts:4 +ArrowFunction: failed in 2\.1 {2}\d+\.\d s, \d+ s left/);
  expect(out).toMatch(/equivalent 01 answer\.ts:3 +ConditionalExpression: wanted is always 42\./);
  expect(out).toContain(`solutions/${slug}/answer.ts:3  EqualityOperator, no check fails`);
  expect(out).toContain(`  - ${before}`);
  expect(out).toContain(`  + ${before.replace('wanted > 41', '(wanted >= 41)')}`);
  expect(out).toContain('npm run verify -- --mutate --exercise 01 --only <file:line>');
  expect(out).toContain(`${slug}: 4 killed, 2 survived, 1 equivalent, 1 don't compile`);
  expect(out).toContain('score 66.7 %, wanted 97 %');
}, 120_000);

test('draws a sample with the seed that it prints, and reports entries of the list that no longer hold', async () => {
  await toy.write(`solutions/${slug}/answer.ts`, "export const say = () => 42;\nexport const act = () => 'done';\n");
  await list(entry);
  const { out } = await cmd(toy.root, 'verify', '--mutate', '--sample', '1', '--seed', '3').failure();
  expect(out).toContain('a sample of 1 is judged (--seed 3)');
  expect(out).toContain(`Remove from tests/${slug}/equivalents.json what no longer survives, or correct its lines:`);
  expect(out).toContain(`  ${JSON.stringify(entry)}`);
  expect(out).toContain('score 100.0 %, wanted 97 %');
  await list();
  await cmd(toy.root, 'verify', '--mutate', '--only', 'answer.ts:2').output('0 survived').success();
}, 120_000);

test('names the field of the list that it cannot use', async () => {
  await list({ ...entry, reason: '' });
  await cmd(toy.root, 'verify', '--mutate')
    .error(`tests/${slug}/equivalents.json: [0].reason must be a string that is not empty, got ""`)
    .failure();
});
