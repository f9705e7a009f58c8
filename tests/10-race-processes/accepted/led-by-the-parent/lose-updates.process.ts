// Does what the parent says: read, write, or end.
import { readCounter, writeCounter } from './counter-file.ts';

const [path = '', rounds] = process.argv.slice(2);
let count = 0;
let written = 0;

async function obey(order: unknown): Promise<void> {
  if (order === 'read') count = await readCounter(path);
  else {
    await writeCounter(path, count + 1);
    written++;
  }
  process.send?.('done', () => {
    if (written === Number(rounds)) process.disconnect();
  });
}

process.on('message', (order) => void obey(order));
process.send?.('ready');
