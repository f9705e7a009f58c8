import { readCounter, writeCounter } from './counter-file.ts';

const path = process.argv[2]!;
const rounds = Number.parseInt(process.argv[3]!, 10);
const waiting = new Map<string, () => void>();

process.on('message', (key: string) => waiting.get(key)?.());

function meet(step: 'read' | 'written', round: number): Promise<void> {
  const key = `${step} ${round}`;
  return new Promise((resolve) => {
    waiting.set(key, resolve);
    process.send!(key);
  });
}

async function run(round: number): Promise<void> {
  if (round === rounds) return;
  const next = (await readCounter(path)) + 1;
  await meet('read', round);
  await writeCounter(path, next);
  await meet('written', round);
  return run(round + 1);
}

run(0).then(
  () => process.disconnect(),
  (error: unknown) => {
    console.error(error);
    process.exit(3);
  },
);
