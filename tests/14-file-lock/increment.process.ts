// A process that increments a counter once it is told to. It is forked by count-run.ts.
import { once } from 'node:events';
import { increment } from '#kata/14-file-lock/increment.ts';

const [path = '', times] = process.argv.slice(2);
const told = once(process, 'message');
process.send?.('ready');
await told;
for (let i = 0; i < Number(times); i++) await increment(path);
process.disconnect();
