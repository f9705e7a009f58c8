import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { KataError } from '#src/course/index.ts';
import { whyUnusable } from '#src/grade/index.ts';
import { isAlive, onEarlyEnd } from '#src/system/index.ts';

/**
 * Keeps other runs from a folder of results as long as this one writes there. Two runs would not damage anything,
 * since every file is written in one step, but their students would not be alone on the machine.
 * @returns gives the folder free
 * @throws {KataError} where another run has it, or it cannot be made
 */
export async function lock(out: string): Promise<() => Promise<void>> {
  const file = join(out, '.lock');
  const own = `${file}-${randomUUID()}`;
  try {
    await mkdir(out, { recursive: true });
    await writeFile(own, JSON.stringify({ pid: process.pid, host: hostname() }));
    // Linked with its content: no other run ever sees an empty one.
    while (!(await linked(own, file))) await removeAbandoned(out, file);
  } catch (error) {
    if (error instanceof KataError) throw error;
    throw new KataError(texts.unusable(out, whyUnusable(error as NodeJS.ErrnoException)));
  } finally {
    await rm(own, { force: true }).catch(() => undefined);
  }
  const forget = onEarlyEnd(() => rmSync(file, { force: true }));
  return async () => {
    await rm(file, { force: true });
    forget();
  };
}

const linked = (from: string, to: string): Promise<boolean> =>
  link(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );

/** Removes the lock of a run that was killed. */
async function removeAbandoned(out: string, file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(unlessMissing);
  if (text === undefined) return;
  const { pid, host } = holderIn(text);
  if (host !== hostname() || isAlive(pid)) throw new KataError(texts.taken(out, pid, host, file));
  const abandoned = `${file}-${randomUUID()}`;
  await rename(file, abandoned).catch(unlessMissing);
  // Another run may have found it abandoned, too, and may have put its own lock there before the rename.
  const renamed = await readFile(abandoned, 'utf8').catch(unlessMissing);
  if (renamed !== undefined && renamed !== text) await linked(abandoned, file);
  await rm(abandoned, { force: true });
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function holderIn(text: string): { pid: number; host: string } {
  try {
    return JSON.parse(text) as { pid: number; host: string };
  } catch {
    return { pid: 0, host: 'unknown' };
  }
}

const texts = {
  unusable: (out: string, reason: string) =>
    `Results cannot be written to "${out}", because ${reason}: name another folder with --out.`,
  taken: (out: string, pid: number, host: string, file: string) =>
    `Another run writes to "${out}" (process ${pid} on ${host}). Wait until it has ended, or name another folder ` +
    `with --out. If no such run exists, delete "${file}".`,
};
