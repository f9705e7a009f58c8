// Processes that increment one counter in a real file. Runs on the student's side.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @returns what the counter is in the end, from 0, and the exit codes of the processes */
export async function countRun(processes: number, times: number): Promise<{ count: string; codes: unknown[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'kata-count-'));
  const path = join(folder, 'counter');
  try {
    const children = Array.from({ length: processes }, () =>
      fork(new URL('./increment.process.ts', import.meta.url), [path, String(times)]),
    );
    const ends = Promise.all(children.map((child) => once(child, 'exit')));
    // They begin together. If the first one were through before the second one has loaded, no lock would be needed.
    await Promise.race([Promise.all(children.map((child) => once(child, 'message'))), ends]);
    for (const child of children) if (child.connected) child.send('go');
    const exits = await ends;
    return { count: await readFile(path, 'utf8'), codes: exits.map(([code, signal]) => (code ?? signal) as unknown) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
