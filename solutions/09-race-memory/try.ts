// The same program 20 times over, to see how often it loses updates: npm run kata try 09
import '#shared/workers-under-tsx.ts';
import { incrementOnThreads, type Job } from './increment-on-threads.ts';

const threads = 2;
const times = 100_000;
const runs = 20;
const wanted = threads * times;
const format = (value: number): string => value.toLocaleString('en');

for (const work of ['increment', 'safeIncrement'] satisfies Job['work'][]) {
  const counts: number[] = [];
  for (let run = 0; run < runs; run++) counts.push(await incrementOnThreads(threads, times, work));
  const whole = counts.filter((count) => count === wanted).length;
  console.log(`${work}, ${threads} threads × ${format(times)}`);
  console.log(
    `  ${whole} of ${runs} runs end at ${format(wanted)}, the smallest count is ${format(Math.min(...counts))}`,
  );
}
