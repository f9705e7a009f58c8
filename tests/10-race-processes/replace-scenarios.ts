// Runs the student's replace-counter.ts inside the arena.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Files } from '#kata/10-race-processes/files.ts';
import { replaceCounter } from '#kata/10-race-processes/replace-counter.ts';
import { rethrowNotImplemented } from '#src/verdict/index.ts';
import { FakeFiles } from './fake-files.ts';

/** How a call ended, and what it left behind. */
export interface Replaced {
  error?: string;
  isSame?: boolean;
  isRangeError?: boolean;
  /** Whether it threw instead of returning a promise that rejects. */
  threw?: boolean;
  /** Names of all files afterwards. */
  left: string[];
  /** What the counter file holds. */
  text: string | undefined;
}

const folder = '/data';
const path = `${folder}/counter`;

/**
 * Calls replaceCounter for two counter files of one folder, with counts that differ and counts that don't: several
 * calls at the same time, then one more.
 * @returns the files that each call wrote
 */
export async function written(): Promise<string[][]> {
  const files = { [path]: '5', [`${folder}/other`]: '5' };
  const replaced = async ([file, count]: readonly [string, number]): Promise<string[]> => {
    const fake = new FakeFiles(files);
    await replaceCounter(file, count, fake.files);
    return fake.calls.filter((call) => call.startsWith('writeFile ')).map((call) => call.split(' ')[1] ?? '');
  };
  const atOnce = [
    [path, 6],
    [path, 6],
    [path, 7],
    [`${folder}/other`, 6],
  ] as const;
  return [...(await Promise.all(atOnce.map(replaced))), await replaced([path, 6])];
}

/** Some file operations fail. A removal takes a turn of the event loop, so that a call that doesn't wait shows. */
export async function replaceFailing(failing: (keyof Files)[], count = 6): Promise<Replaced> {
  const fake = new FakeFiles({ [path]: '5' });
  for (const name of failing) fake.failures[name] = Object.assign(new Error(`EIO: ${name} is broken`), { code: 'EIO' });
  const first = fake.failures[failing[0] as keyof Files];
  const described = (error: unknown) => {
    rethrowNotImplemented(error);
    return { error: String(error), isSame: error === first, isRangeError: error instanceof RangeError };
  };
  const left = () => ({ left: [...fake.texts.keys()], text: fake.texts.get(path) });
  const unlink = (file: string) => turn().then(() => fake.files.unlink(file));
  let call: Promise<void>;
  try {
    call = replaceCounter(path, count, { ...fake.files, unlink });
  } catch (error) {
    return { ...described(error), threw: true, ...left() };
  }
  const outcome = await call.then(() => ({}), described);
  return { ...outcome, ...left() };
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
