// What try.ts runs first: increments a counter in a file without any care. It waits for a message, so that both
// processes begin together.
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';

const [path = '', times] = process.argv.slice(2);
process.send?.('ready');
await once(process, 'message');
for (let done = 0; done < Number(times); done++) {
  const count = Number(await readFile(path, 'utf8'));
  await writeFile(path, String(count + 1));
}
process.disconnect();
