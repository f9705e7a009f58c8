import { readCounter, writeCounter } from './counter-file.ts';

// The first message is the job. Each further one allows the next step.
process.once('message', ({ path, rounds }: { path: string; rounds: number }) => {
  const step = (done: number): void => {
    if (done === rounds) return process.disconnect();
    readCounter(path).then((count) => {
      process.once('message', () => {
        writeCounter(path, count + 1).then(() => {
          process.once('message', () => step(done + 1));
          process.send!({ done, what: 'written' });
        }, fail);
      });
      process.send!({ done, what: 'read' });
    }, fail);
  };
  step(0);
});

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}
