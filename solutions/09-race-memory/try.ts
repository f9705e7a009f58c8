// The lecture's notebook cell, x += 1 in two threads: npm run kata try 09
import { incrementOnThreads, type Job } from './increment-on-threads.ts';

const times = 100_000;
const runs = 20;

for (const work of ['increment', 'safeIncrement'] satisfies Job['work'][]) {
  const counts: number[] = [];
  for (let run = 0; run < runs; run++) counts.push(await incrementOnThreads(2, times, work));
  const whole = counts.filter((count) => count === 2 * times).length;
  console.log(`${work}, two threads × ${times.toLocaleString('en')}, ${runs} runs`);
  console.log(
    `  ${whole} runs lost nothing   smallest count ${Math.min(...counts).toLocaleString('en')} of ${(2 * times).toLocaleString('en')}\n`,
  );
}
