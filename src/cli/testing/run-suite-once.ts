import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runSuite, type SuiteResult } from '#src/suite/index.ts';

const results = new Map<string, Promise<SuiteResult>>();

/**
 * A suite's result for these files, by a run of Vitest only the first time: many tests judge the same few answers. That
 * holds in any folder, since results name places from the course's root.
 */
export async function runSuiteOnce(options: Parameters<typeof runSuite>[0]): Promise<SuiteResult> {
  const { root, slug, project, tasks } = options;
  const texts = [await textsIn(join(root, project, slug)), await textsIn(join(root, 'tests', slug))];
  const key = JSON.stringify([slug, project, tasks, texts]);
  const result = results.get(key) ?? runSuite(options);
  results.set(key, result);
  return result;
}

function textsIn(folder: string): Promise<string[]> {
  const read = async (name: string) => `${name}\n${await readFile(join(folder, name), 'utf8')}`;
  return readdir(folder).then((names) => Promise.all(names.sort().map(read)));
}
