import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadCourse } from '#src/course/index.ts';
import { loadPrograms } from './programs.ts';

test('every program of an exercise belongs to one of its tasks, so that the page can list it there', async () => {
  const root = new URL('../../', import.meta.url);
  const { exercises } = await loadCourse(fileURLToPath(root));
  const played: string[] = [];
  for (const { slug, tasks } of exercises) {
    const file = new URL(`tests/${slug}/explorations.ts`, root);
    if (!existsSync(file)) continue;
    played.push(slug);
    for (const { name, task } of await loadPrograms(file.href))
      expect([name, tasks[(task ?? 0) - 1]]).toEqual([name, expect.anything()]);
  }
  expect(played.length).toBeGreaterThan(0);
});
