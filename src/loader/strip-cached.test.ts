import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stripCached, stripChanged } from './strip-cached.js';

const kept = (typed: string): string =>
  join(process.cwd(), `node_modules/.cache/kata-strip-types/${createHash('sha256').update(typed).digest('hex')}.js`);

test('types become blanks, so that every token stays at its place', () => {
  const typed = `export const id: string = '${randomUUID()}';\n`;
  const plain = stripCached('a.ts', typed);
  expect(plain).toBe(typed.replace(': string', '        '));
  expect(stripCached('b.ts', typed)).toBe(plain);
});

test('a text that does not parse is refused with its place, each time', () => {
  for (const file of ['a.ts', 'b.ts'])
    expect(() => stripCached(file, 'const a = 1;\nconst = 2;\n')).toThrow(new RegExp(`^${file}:2:7 `));
});

test('files that have changed are kept for other processes, unless Node strips types itself', async () => {
  const path = await mkdtemp(join(tmpdir(), 'kata-strip-'));
  try {
    const typed = `export const id: string = '${randomUUID()}';\n`;
    await writeFile(join(path, 'good.ts'), typed);
    await writeFile(join(path, 'broken.ts'), 'const = 2;');
    await stripChanged(['missing.ts', 'broken.ts', 'good.ts'].map((name) => join(path, name)));
    const { typescript } = process.features as { typescript?: string | false };
    expect(existsSync(kept(typed))).toBe(!typescript);
  } finally {
    await rm(path, { recursive: true });
  }
});
