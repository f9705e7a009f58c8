// Generations whose names show whether they are released: 7 is held by the owner that it names, 7.free is free.
import { randomUUID } from 'node:crypto';
import { codeOf, realFiles, type LockFiles } from './lock-files.ts';
import type { Owner } from './owner.ts';

export interface FileLock {
  release(): Promise<void>;
}

export interface FileLockOptions {
  files?: LockFiles;
}

class Generations {
  readonly #folder: string;
  readonly #files: LockFiles;

  constructor(path: string, files: LockFiles) {
    this.#folder = `${path}.lock`;
    this.#files = files;
  }

  async tryLock(): Promise<FileLock | undefined> {
    await this.#files.mkdir(this.#folder, { recursive: true });
    const names = await this.#names();
    const top = Math.max(0, ...names.map(numberOf));
    if (top > 0 && !names.includes(`${top}.free`) && (await this.#isHeld(top))) return undefined;
    const mine = top + 1;
    const created = await this.#create(mine);
    if (!created) return undefined;
    const now = await this.#names();
    if (now.some((name) => name !== String(mine) && numberOf(name) >= mine)) {
      await this.#remove(String(mine));
      return undefined;
    }
    for (const name of now) if (name !== String(mine)) await this.#remove(name);
    let held = true;
    return {
      release: async () => {
        if (!held) return;
        held = false;
        await this.#files.rename(this.#at(String(mine)), this.#at(`${mine}.free`));
      },
    };
  }

  pause(attempt: number): Promise<void> {
    return this.#files.pause(attempt);
  }

  #names(): Promise<string[]> {
    return this.#files.readdir(this.#folder);
  }

  #at(name: string): string {
    return `${this.#folder}/${name}`;
  }

  async #isHeld(generation: number): Promise<boolean> {
    try {
      const owner = JSON.parse(await this.#files.readFile(this.#at(String(generation)), 'utf8')) as Owner;
      return await this.#files.isAlive(owner);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return true;
      throw error;
    }
  }

  async #create(generation: number): Promise<boolean> {
    const draft = `draft-${randomUUID()}`;
    await this.#files.writeFile(this.#at(draft), JSON.stringify(this.#files.self), { flag: 'wx' });
    try {
      await this.#files.link(this.#at(draft), this.#at(String(generation)));
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOENT') return false;
      throw error;
    } finally {
      await this.#remove(draft);
    }
  }

  async #remove(name: string): Promise<void> {
    try {
      await this.#files.unlink(this.#at(name));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
}

export const tryLock = (path: string, files: LockFiles = realFiles): Promise<FileLock | undefined> =>
  new Generations(path, files).tryLock();

export async function withFileLock<T>(
  path: string,
  work: () => T | Promise<T>,
  { files = realFiles }: FileLockOptions = {},
): Promise<T> {
  const generations = new Generations(path, files);
  const wait = async (attempt: number): Promise<FileLock> =>
    (await generations.tryLock()) ?? (await generations.pause(attempt), await wait(attempt + 1));
  const lock = await wait(0);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

const numberOf = (name: string): number => Number(/^(\d+)(\.free)?$/.exec(name)?.[1] ?? 0);
