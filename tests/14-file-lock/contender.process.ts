// A process that works under the lock on real files, and dies where its job says. It is forked by crash-run.ts.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { withFileLock } from '#kata/14-file-lock/file-lock.ts';
import { realFiles, type LockFiles } from '#kata/14-file-lock/lock-files.ts';
import type { Job, Report, Tally } from './crash-run.ts';

const job = JSON.parse(process.argv[2] ?? '{}') as Job;
let operations = 0;

const tell = (report: Report) => new Promise<void>((sent) => process.send?.(report, () => sent()));
const die = () => process.kill(process.pid, 'SIGKILL');

/** Each file operation counts, inside the critical section and outside; one of them is the last. */
async function counted<T>(operation: () => Promise<T>): Promise<T> {
  const last = ++operations === job.death?.at;
  if (last && job.death?.when === 'before') die();
  const running = operation();
  if (last && job.death?.when === 'during') die();
  const value = await running;
  if (last) die();
  return value;
}

const files: LockFiles = {
  ...realFiles,
  mkdir: (path, options) => counted(() => realFiles.mkdir(path, options)),
  readdir: (path) => counted(() => realFiles.readdir(path)),
  readFile: (path, encoding) => counted(() => realFiles.readFile(path, encoding)),
  writeFile: (path, text, options) => counted(() => realFiles.writeFile(path, text, options)),
  link: (existing, path) => counted(() => realFiles.link(existing, path)),
  rename: (from, to) => counted(() => realFiles.rename(from, to)),
  unlink: (path) => counted(() => realFiles.unlink(path)),
};

const read = () => counted(() => readFile(job.path, 'utf8'));

for (let round = 1; round <= job.rounds; round++) {
  await withFileLock(
    job.path,
    async () => {
      const before = await read();
      const tally = JSON.parse(before) as Tally;
      tally.total++;
      tally.by[job.name] = (tally.by[job.name] ?? 0) + 1;
      await turn();
      if (job.stays) {
        await tell({ kind: 'stays' });
        await new Promise(() => setInterval(() => undefined, 1_000));
      }
      if ((await read()) !== before) await tell({ kind: 'intruder' });
      // Named after the process: if two are inside at once, each must still write a whole file.
      const draft = `${job.path}.${job.name}`;
      await writeFile(draft, JSON.stringify(tally));
      await counted(() => rename(draft, job.path));
    },
    { files },
  );
  await tell({ kind: 'round', round });
}
process.disconnect();
