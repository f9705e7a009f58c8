import { readCounter, writeCounter } from './counter-file.ts';

const path = process.argv[2] ?? '';
let count = 0;

// Does what the parent says, step by step, until the parent closes the channel.
process.on('message', async (order: 'read' | 'write') => {
  if (order === 'read') count = await readCounter(path);
  else await writeCounter(path, count + 1);
  process.send?.(order);
});
