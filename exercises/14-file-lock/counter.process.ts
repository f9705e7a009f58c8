// Given. A process that try.ts starts: it increments a counter, or keeps its lock until it is killed.
import { readFile, writeFile } from 'node:fs/promises';
import { withFileLock } from './file-lock.ts';
import { increment } from './increment.ts';

const [path = '', job, times] = process.argv.slice(2);

if (job === 'hold') {
  await withFileLock(path, async () => {
    process.send?.('holds');
    await new Promise(() => setInterval(() => undefined, 1_000));
  });
}
for (let i = 0; i < Number(times); i++) {
  if (job === 'locked') await increment(path);
  else await writeFile(path, String(Number(await readFile(path, 'utf8')) + 1));
}
process.disconnect();
