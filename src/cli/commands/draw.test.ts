import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { slug, toyCourse, type ToyCourse } from '#src/testing/toy-course.ts';
import { cmd } from '../testing/cmd.ts';

const lesson = `exercises/${slug}/README.md`;
let toy: ToyCourse;
beforeAll(async () => {
  toy = await toyCourse();
});
afterAll(() => toy.remove());

test('writes a picture for each timeline with an image, and names each image without one', async () => {
  await cmd(toy.root, 'draw').success();
  const timeline = '```\n       A          count\n                      0\n    1  write → 1      1\n```\n';
  await toy.write(lesson, `${await readFile(join(toy.root, lesson), 'utf8')}\n${timeline}\n![A writes](write.svg)\n`);
  await cmd(toy.root, 'draw', '01').output(`written: exercises/${slug}/write.svg`).success();
  expect(await readFile(join(toy.root, `exercises/${slug}/write.svg`), 'utf8')).toContain('write → 1');

  await toy.write(lesson, `${await readFile(join(toy.root, lesson), 'utf8')}\n![More](more.svg)\n`);
  await cmd(toy.root, 'draw')
    .error(`${lesson}: the image more.svg must follow a code block with a timeline, as kata replay prints it.`)
    .failure();
});
