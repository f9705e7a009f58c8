import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '#src/system/index.ts';

/**
 * Runs `work` while no other process, and no other call in this one, runs its own with the same lock. A process that is
 * killed meanwhile leaves a lock that the next one takes.
 *
 * The folder holds generations, files named 1, 2, 3 and so on. The highest one decides: if it is empty, the lock is
 * free, and otherwise it names its owner. Creating the next generation takes the lock, which only one process can do.
 * @param folder the lock, absolute; it is made where it is missing
 * @param patience milliseconds to wait for others: one update takes a few, but a suspended process keeps the lock
 * @returns what `work` returns
 * @throws what `work` throws; the system's error where the folder cannot be written; an error with the code EBUSY where
 *   others hold the lock for longer
 */
export async function withLock<T>(folder: string, work: () => Promise<T>, patience = 5_000): Promise<T> {
  const generation = await take(folder, patience);
  try {
    return await work();
  } finally {
    // Emptied, not deleted: without its highest number the folder would begin again with one that is in use. On a full
    // disk this works, too.
    await writeFile(generation, '');
  }
}

async function take(folder: string, patience: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const deadline = Date.now() + patience; ;) {
    const generation = await tryToTake(folder);
    if (generation !== undefined) return generation;
    if (Date.now() > deadline) throw Object.assign(new Error('the lock is taken'), { code: 'EBUSY' });
    await sleep(2 + 20 * Math.random());
  }
}

async function tryToTake(folder: string): Promise<string | undefined> {
  const last = highest(await readdir(folder));
  if (last > 0 && (await isHeld(join(folder, String(last))))) return undefined;
  const mine = join(folder, String(last + 1));
  if (!(await create(mine, folder))) return undefined;
  const names = await readdir(folder);
  if (highest(names) > last + 1) {
    // `last` was out of date: others have come and gone, and have deleted generations.
    await rm(mine, { force: true });
    return undefined;
  }
  // Lower generations, and drafts of the dead. A living process makes a new draft.
  for (const name of names) if (name !== String(last + 1)) await rm(join(folder, name), { force: true });
  return mine;
}

const highest = (names: readonly string[]): number =>
  Math.max(0, ...names.filter((name) => /^\d+$/.test(name)).map(Number));

async function isHeld(generation: string): Promise<boolean> {
  const text = await readFile(generation, 'utf8').catch(unlessCode('ENOENT'));
  // Gone: a newer owner has deleted it.
  if (text === undefined) return true;
  const [pid, host] = text.split(' ');
  return text !== '' && (host !== hostname() || isAlive(Number(pid)));
}

/** @returns whether it was created, in one step with its content; not where another process was faster */
async function create(generation: string, folder: string): Promise<boolean> {
  const draft = join(folder, `${randomUUID()}.draft`);
  try {
    await writeFile(draft, `${process.pid} ${hostname()}`);
    return (await link(draft, generation).then(() => true, unlessCode('EEXIST', 'ENOENT'))) ?? false;
  } finally {
    await rm(draft, { force: true });
  }
}

const unlessCode =
  (...codes: readonly string[]) =>
  (error: NodeJS.ErrnoException): undefined => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
