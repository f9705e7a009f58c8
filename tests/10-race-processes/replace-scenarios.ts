// Runs the student's replace-counter.ts inside the arena.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Files } from '#kata/10-race-processes/files.ts';
import { replaceCounter } from '#kata/10-race-processes/replace-counter.ts';
import { rethrowNotImplemented } from '#src/verdict/index.ts';
import { FakeFiles } from './fake-files.ts';

/** How a call ended, and what it left behind. */
export interface Replaced {
  error?: string;
  isSame?: boolean;
  isRangeError?: boolean;
  /** Names of all files afterwards. */
  left: string[];
  /** What the counter file holds. */
  text: string | undefined;
}

const folder = '/data';
const path = `${folder}/counter`;

/** @returns the files that each of some calls wrote, all calls in progress at the same time */
export async function written(calls: number): Promise<string[][]> {
  const fakes = Array.from({ length: calls }, () => new FakeFiles({ [path]: '5' }));
  await Promise.all(fakes.map(({ files }, count) => replaceCounter(path, count, files)));
  return fakes.map((fake) =>
    fake.calls.filter((call) => call.startsWith('writeFile ')).map((call) => call.split(' ')[1] ?? ''),
  );
}

/** Some file operations fail. */
export async function replaceFailing(failing: (keyof Files)[], count = 6): Promise<Replaced> {
  const fake = new FakeFiles({ [path]: '5' });
  for (const name of failing) fake.failures[name] = Object.assign(new Error(`EIO: ${name} is broken`), { code: 'EIO' });
  const first = fake.failures[failing[0] as keyof Files];
  const outcome = await replaceCounter(path, count, fake.files).then(
    () => ({}),
    (error: unknown) => {
      rethrowNotImplemented(error);
      return { error: String(error), isSame: error === first, isRangeError: error instanceof RangeError };
    },
  );
  return { ...outcome, left: [...fake.texts.keys()], text: fake.texts.get(path) };
}

/** Works on a real file, without the parameter `files`. */
export async function replaceOnDisk(text: string, count: number): Promise<{ text: string; left: string[] }> {
  const directory = await mkdtemp(join(tmpdir(), 'kata-counter-'));
  const file = join(directory, 'counter');
  try {
    await writeFile(file, text);
    await replaceCounter(file, count);
    return { text: await readFile(file, 'utf8'), left: await readdir(directory) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
