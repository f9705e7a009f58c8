import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const src = fileURLToPath(new URL('..', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kata-launcher-'));
});
afterEach(() => rm(folder, { recursive: true }));

const node = (...args: string[]) =>
  new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
    // Vitest's own workers may carry a loader in NODE_OPTIONS; a student's shell does not.
    const env = { ...process.env, NODE_OPTIONS: '' };
    execFile(process.execPath, args, { env }, (error, out, err) => resolve({ code: error?.code ?? 0, out, err }));
  });

test('runs from any folder', async () => {
  const { code, out } = await node(join(src, 'cli/kata.js'), 'list');
  expect(out).toContain('03-countdown-threads');
  expect(code).toBe(0);
});

test('an unknown exercise ends with 1 and one sentence, no stack', async () => {
  const { code, err } = await node(join(src, 'cli/kata.js'), 'run', 'nothing-like-it');
  expect(err).toMatch(/^There is no exercise "nothing-like-it"\. Nearest: .+\n$/);
  expect(code).toBe(1);
});

test.each([
  ['stdout', 'list', 0],
  ['stderr', 'lst', 2],
] as const)('ends quietly when nobody reads its %s any more', async (closed, command, wanted) => {
  const child = spawn(process.execPath, [join(src, 'cli/kata.js'), command], { stdio: 'pipe' });
  child[closed].destroy();
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  expect({ code, said }).toEqual({ code: wanted, said: '' });
});

test('says that packages are missing, and the command that brings them', async () => {
  await cp(src, join(folder, 'src'), { recursive: true });
  await cp(join(src, '../package.json'), join(folder, 'package.json'));
  const { code, err } = await node(join(folder, 'src/cli/kata.js'), 'list');
  expect(err).toMatch(
    /^The course's packages are not installed \(".+" is missing\)\. Run npm ci, then the command again\.\n$/,
  );
  expect(code).toBe(1);
});

test('says that Node is too old', async () => {
  const old =
    "data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: " +
    "'20.18.3' } })";
  const { code, err } = await node('--import', old, join(src, 'cli/kata.js'), 'list');
  expect(err).toBe(
    'The kata need Node.js 20.19 or later, and this is 20.18.3. Install a newer one from https://nodejs.org, then ' +
      'run the command again.\n',
  );
  expect(code).toBe(1);
});
