import { once } from 'node:events';
import { readCounter, writeCounter } from './counter-file.ts';

const [path = '', rounds] = process.argv.slice(2);

/** Reports to the parent, which answers when all processes have reported. */
async function arriveAndWait(): Promise<void> {
  process.send?.('here');
  await once(process, 'message');
}

for (let round = 0; round < Number(rounds); round++) {
  const count = await readCounter(path);
  await arriveAndWait(); // Now all have read.
  await writeCounter(path, count + 1);
  await arriveAndWait(); // Now all have written.
}
// An open channel would keep this process alive.
process.disconnect();
