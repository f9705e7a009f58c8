// A setup file of each suite. Where Node does not strip types, what a student has saved is stripped here, once:
// otherwise each process that a check starts would load the compiler for it. A prepared run has it loaded by then.
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { beforeAll } from 'vitest';
import { loadCompiler, stripChanged } from './strip-cached.js';

if (process.env['KATA_BEGIN'] !== undefined) loadCompiler();

// eslint-disable-next-line no-empty-pattern -- Vitest reads from the source what a hook asks for.
beforeAll(async ({}, { file }) => {
  const slug = basename(dirname(file.filepath));
  const folders = [slug, 'shared'].map((name) => join(process.cwd(), file.projectName ?? 'exercises', name));
  const names = await Promise.all(
    folders.map(async (folder) => {
      const all = await readdir(folder).catch(() => []);
      return all.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
    }),
  );
  await stripChanged(names.flat());
});
