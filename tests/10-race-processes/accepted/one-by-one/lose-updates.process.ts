import { readCounter, writeCounter } from './counter-file.ts';

const [, , path, rounds] = process.argv as [string, string, string, string];
const inbox: unknown[] = [];
let arrived: (() => void) | undefined;
process.on('message', (message) => {
  inbox.push(message);
  arrived?.();
});

const barrier = async (message: string) => {
  process.send!(message);
  while (inbox.shift() === undefined) await new Promise<void>((resolve) => (arrived = resolve));
};

let left = Number(rounds);
while (left-- > 0) {
  const count = await readCounter(path);
  await barrier('read');
  await writeCounter(path, count + 1);
  await barrier('written');
}
process.exit();
