// Runs the student's counter-file.ts inside the arena.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { increment, readCounter, writeCounter } from '#kata/10-race-processes/counter-file.ts';
import { InvalidCounterError } from '#kata/10-race-processes/invalid-counter-error.ts';
import { rethrowNotImplemented } from '#src/verdict/index.ts';
import { FakeFiles, type Call } from './fake-files.ts';

/** How a call ended, and what it did with the files. */
export interface Outcome {
  value?: unknown;
  /** What it rejected with, as text. */
  error?: string;
  code?: unknown;
  isInvalidCounterError?: boolean;
  isRangeError?: boolean;
  /** Whether this is the very error that the file operation failed with. */
  isSame?: boolean;
  /** Whether it threw instead of returning a promise that rejects. */
  threw?: boolean;
  calls: Call[];
  /** What the file holds afterwards. */
  text: string | undefined;
}

export type Work = 'readCounter' | 'writeCounter' | 'increment';

const path = 'counter';

/** Calls a function on a file that holds `text`; without one, there is no file. */
export async function work(name: Work, text: string | undefined, count = 0): Promise<Outcome> {
  return outcomeOf(name, new FakeFiles(text === undefined ? {} : { [path]: text }), count);
}

/** The same, and one of the file operations fails. */
export async function workFailing(name: Work, failing: 'readFile' | 'writeFile', count = 0): Promise<Outcome> {
  const fake = new FakeFiles({ [path]: '5' });
  fake.failures[failing] = Object.assign(new Error('EIO: the disk is broken'), { code: 'EIO' });
  return outcomeOf(name, fake, count);
}

/** @returns whether the function had settled before its last file operation had */
export async function settlesTooEarly(name: Work, count = 0): Promise<boolean> {
  let release: () => void = () => undefined;
  const hold = new Promise<void>((resolve) => (release = resolve));
  let held = 0;
  const last = name === 'increment' ? 2 : 1;
  const fake = new FakeFiles({ [path]: '5' }, () => (++held === last ? hold : Promise.resolve()));
  let settled = false;
  const call = start(name, fake, count).finally(() => (settled = true));
  for (let turns = 0; turns < 20; turns++) await turn();
  const early = settled;
  release();
  await call;
  return early;
}

/** Works on a real file, without the parameter `files`. */
export async function onDisk(
  text: string,
  count: number,
): Promise<{ read: unknown[]; texts: string[]; code: unknown }> {
  const folder = await mkdtemp(join(tmpdir(), 'kata-counter-'));
  const file = join(folder, 'counter');
  try {
    await writeFile(file, text);
    const texts: string[] = [];
    const read: unknown[] = [await readCounter(file), await increment(file), await readCounter(file)];
    texts.push(await readFile(file, 'utf8'));
    await writeCounter(file, count);
    texts.push(await readFile(file, 'utf8'));
    const missing = await readCounter(join(folder, 'missing')).catch((error: unknown) => error);
    return { read, texts, code: (missing as { code?: unknown } | undefined)?.code };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function outcomeOf(name: Work, fake: FakeFiles, count: number): Promise<Outcome> {
  const described = (error: unknown) => {
    rethrowNotImplemented(error);
    return {
      error: String(error),
      code: (error as { code?: unknown } | undefined)?.code,
      isInvalidCounterError:
        error instanceof InvalidCounterError && error.path === path && error.text === fake.texts.get(path),
      isRangeError: error instanceof RangeError,
      isSame: Object.values(fake.failures).includes(error),
    };
  };
  let call: Promise<unknown>;
  try {
    call = start(name, fake, count);
  } catch (error) {
    return { ...described(error), threw: true, calls: fake.calls, text: fake.texts.get(path) };
  }
  const outcome = await call.then((value: unknown) => ({ value }), described);
  return { ...outcome, calls: fake.calls, text: fake.texts.get(path) };
}

function start(name: Work, { files }: FakeFiles, count: number): Promise<unknown> {
  switch (name) {
    case 'readCounter':
      return readCounter(path, files);
    case 'writeCounter':
      return writeCounter(path, count, files);
    case 'increment':
      return increment(path, files);
  }
}
