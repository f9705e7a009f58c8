// A process that outlives the referee for a moment: it learns of every guest, and ends what is left of them when the
// referee is gone, however it went (a kill -9 leaves no time to tidy up). One line of standard input per event:
// "+pid marker" or "-pid".
import '#src/system/no-inspector.ts';
import { createInterface } from 'node:readline';
import { killTree } from '#src/system/index.ts';

const guarded = new Map<number, string>();

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [pid, marker] = [Number.parseInt(line.slice(1), 10), line.slice(line.indexOf(' ') + 1)];
    if (line.startsWith('+')) guarded.set(pid, marker);
    else guarded.delete(pid);
  })
  .on('close', () => {
    void Promise.all([...guarded].map(([pid, marker]) => killTree({ pid, marker }).catch(() => []))).then(() =>
      process.exit(),
    );
  });
