import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCourse } from '#src/course/index.ts';
import { toyCourse } from '#src/testing/toy-course.ts';
import { buildTree } from './tree.ts';

test('shared files come from their untouched copy: what a student made of them has no effect', async () => {
  const toy = await toyCourse();
  try {
    const manifest = JSON.parse(await readFile(join(toy.root, 'exercises/course.json'), 'utf8')) as object;
    await toy.write('exercises/course.json', JSON.stringify({ ...manifest, shared: ['count.ts'] }));
    await toy.write('exercises/shared/count.ts', 'export const count = 0;\n');
    await toy.write('tests/shared/skeleton.json', JSON.stringify({ 'count.ts': ['export const count = 1;', ''] }));
    const [exercise] = (await loadCourse(toy.root)).exercises;
    const tree = await buildTree(toy.root, exercise!);
    try {
      const shared = await readFile(join(tree.root, 'exercises/shared/count.ts'), 'utf8');
      expect(shared).toBe('export const count = 1;\n');
    } finally {
      await tree.remove();
    }
  } finally {
    await toy.remove();
  }
});
