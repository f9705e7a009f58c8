// Each lock on real threads, many times over: npm run kata try 13
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import '#shared/workers-under-tsx.ts';
import type { Round } from './try.worker.ts';

const rounds = 10;
/** Milliseconds after which threads that have started and not ended count as hung. */
const patience = 1_000;

interface Program {
  name: Round['program'];
  threads: number;
  /** What the two balances must be in the end. */
  wanted: readonly [number, number];
}

const programs: readonly Program[] = [
  { name: 'spin-lock', threads: 2, wanted: [102, 100] },
  { name: 'futex-lock', threads: 3, wanted: [103, 100] },
  { name: 'withdraw', threads: 3, wanted: [20, 100] },
  { name: 'transfer', threads: 2, wanted: [100, 100] },
];

for (const { name, threads, wanted } of programs) {
  const tally = { right: 0, wrong: 0, hung: 0 };
  for (let round = 0; round < rounds; round++) tally[await play(name, threads, wanted)]++;
  console.log(`${name.padEnd(10)}  ${rounds} rounds: ${tally.right} right, ${tally.wrong} wrong, ${tally.hung} hung`);
}

async function play(
  program: Round['program'],
  threads: number,
  wanted: readonly number[],
): Promise<'right' | 'wrong' | 'hung'> {
  const words = new Int32Array(new SharedArrayBuffer(8));
  const money = new Int32Array(new SharedArrayBuffer(8)).fill(100);
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const workers = Array.from({ length: threads }, (_, thread) => {
    const round: Round = { program, threads, thread, gate, words, money };
    return new Worker(new URL('./try.worker.ts', import.meta.url), { workerData: round });
  });
  const ends = Promise.all(workers.map((worker) => once(worker, 'exit')));
  try {
    await Promise.race([ends, Promise.all(workers.map((worker) => once(worker, 'message')))]);
    if ((await Promise.race([ends, setTimeout(patience, 'late', { ref: false })])) === 'late') return 'hung';
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return wanted.every((amount, account) => money[account] === amount) ? 'right' : 'wrong';
}
