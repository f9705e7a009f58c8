import { randomUUID } from 'node:crypto';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DoctorLine } from './doctor-line.ts';

/**
 * Writes and removes a small file in each place that the tools write to.
 * @param root the course's folder, absolute
 */
export async function folders(root: string): Promise<DoctorLine[]> {
  return Promise.all([
    folder(
      'progress',
      join(root, '.kata'),
      '.kata/',
      "Progress and kept files cannot be written; give yourself the right to write in the course's folder.",
    ),
    folder(
      'exercises',
      join(root, 'exercises'),
      'exercises/',
      "Answers cannot be saved; give yourself the right to write in the course's folder.",
    ),
    folder(
      'temporary files',
      tmpdir(),
      'the folder for temporary files',
      'The grader builds its trees there; point TMPDIR to a folder with space that can be written.',
    ),
  ]);
}

async function folder(name: string, path: string, shown: string, advice: string): Promise<DoctorLine> {
  const probe = join(path, `.doctor-${randomUUID()}`);
  try {
    await mkdir(path, { recursive: true });
    await writeFile(probe, 'x');
    await rm(probe);
  } catch (error) {
    return {
      name,
      level: 'bad',
      found: `${shown} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
      advice,
    };
  }
  const { bavail, bsize } = await statfs(path);
  const mebibytes = Math.floor((bavail * bsize) / 2 ** 20);
  if (mebibytes >= 200) return { name, level: 'ok', found: `${shown} can be written` };
  return {
    name,
    level: 'warn',
    found: `${shown} has ${mebibytes} MiB left`,
    advice: 'Free some space: a run that cannot write cannot judge.',
  };
}
