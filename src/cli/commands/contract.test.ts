import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { slug, toyCourse, type ToyCourse } from '#src/testing/toy-course.ts';
import { cmd } from '../testing/cmd.ts';

const path = `tests/${slug}/CONTRACT.md`;
let toy: ToyCourse;
beforeAll(async () => {
  toy = await toyCourse();
});
afterAll(() => toy.remove());

test('writes the table, and names each gap in it', { timeout: 60_000 }, async () => {
  const complete = await readFile(join(toy.root, path), 'utf8');
  await rm(join(toy.root, path));
  await cmd(toy.root, 'contract', '01').output(`written: ${path}`).success();
  expect(await readFile(join(toy.root, path), 'utf8')).toBe(complete);

  await rm(join(toy.root, `tests/${slug}/mutants/throws.patch`));
  await rm(join(toy.root, `tests/${slug}/mutants/too-few.patch`));
  await cmd(toy.root, 'contract')
    .error('No mutant breaks 1.number: name it in a patch ("Breaks: 1.number"), or write one.')
    .output(`written: ${path}, 1 gap`)
    .failure();
  expect(await readFile(join(toy.root, path), 'utf8')).toContain('| 1.1 says the number |  |');
});
