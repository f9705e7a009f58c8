// A process that increments a counter. It is forked by count-run.ts.
import { increment } from '#kata/14-file-lock/increment.ts';

const [path = '', times] = process.argv.slice(2);
for (let i = 0; i < Number(times); i++) await increment(path);
process.disconnect();
