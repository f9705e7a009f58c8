import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loaderFlags } from '#src/loader/index.ts';
import { withLock } from './progress-lock.ts';

const counting = fileURLToPath(new URL('./fixtures/count-up.ts', import.meta.url));
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kata-lock-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('several processes, and several calls in each, lose no update', async () => {
  const children = Array.from({ length: 3 }, () => fork(counting, [folder, '12'], { execArgv: [...loaderFlags] }));
  const codes = await Promise.all(children.map((child) => once(child, 'exit').then(([code]) => code as number)));
  expect(codes).toEqual([0, 0, 0]);
  expect(await readFile(join(folder, 'count'), 'utf8')).toBe('36');
});

test('the lock of a dead process is taken, and one that was released is free', async () => {
  const lock = join(folder, 'lock');
  const child = fork(counting, [folder, 'die'], { execArgv: [...loaderFlags] });
  await once(child, 'exit');
  expect(await withLock(lock, () => Promise.resolve('mine'))).toBe('mine');
  await expect(withLock(lock, () => Promise.reject(new Error('work failed')))).rejects.toThrow('work failed');
  expect(await withLock(lock, () => Promise.resolve('again'))).toBe('again');
});

test('a lock that stays taken ends in EBUSY', async () => {
  const lock = join(folder, 'lock');
  await mkdir(lock);
  await writeFile(join(lock, '1'), `${process.pid} ${hostname()}`);
  await expect(withLock(lock, () => Promise.resolve(), 100)).rejects.toMatchObject({ code: 'EBUSY' });
});
