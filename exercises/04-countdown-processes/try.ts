// Runs your code and prints how long it takes, without judging it: npm run kata try 04
import { countdown } from '#shared/countdown.ts';
import { countdownOnProcesses, startProcess } from './processes.ts';

/** Runs something, and prints its result and how long it took. */
async function time(title: string, run: () => unknown): Promise<void> {
  const start = performance.now();
  try {
    const result = JSON.stringify(await run());
    print(title, `wall ${duration(performance.now() - start)}   ${result}`);
  } catch (error) {
    print(title, String(error));
    process.exitCode = 1;
  }
}

const print = (title: string, text: string) => console.log(`  ${title.padEnd(17)}${text}`);

const duration = (ms: number) => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`).padStart(6);

for (const n of [50_000_000, 100_000]) {
  console.log(`countdown, ${n.toLocaleString('en')} steps`);
  await time('this process', () => countdown({ from: 0, to: n }));
  await time('two processes', () => countdownOnProcesses(n, 2));
}

console.log('one process, 100,000 steps');
await time('handle', () => {
  const { name, pid } = startProcess({ from: 0, to: 0 });
  return { name, pid };
});
await time('join', () => startProcess({ from: 0, to: 100_000 }).join());
await time('result', () => startProcess({ from: 0, to: 100_000 }).result);
await time('join, crashed', () => startProcess({ from: 0, to: 2 ** 32 + 1 }).join());
