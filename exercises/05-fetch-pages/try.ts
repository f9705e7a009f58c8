// Runs your code and prints how long it takes, without judging it: npm run kata try 05 <origin>
// Start a server in another terminal first (npm run kata serve). It prints its origin.
import { request } from 'undici';
import { fetchPages } from './fetch-pages.ts';

const [, , origin = 'http://127.0.0.1:8080'] = process.argv;
const ids = Array.from({ length: 20 }, (_, index) => 349_000 + 10 * index);

/** One page after the other, with nothing that handles errors. */
async function plainLoop(): Promise<string[]> {
  const pages: string[] = [];
  for (const id of ids) {
    const { body } = await request(`${origin}/post/${id}/`);
    pages.push(await body.text());
  }
  return pages;
}

/** Prints how long it takes to fetch all pages, and how much CPU time this process spends on it. */
async function time(title: string, run: () => Promise<string[]>): Promise<void> {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  try {
    const { length } = await run();
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(cpuBefore);
    const cpu = (user + system) / 1000;
    print(title, `${length} pages   wall ${wall.toFixed(0).padStart(4)} ms   CPU ${cpu.toFixed(0).padStart(3)} ms`);
  } catch (error) {
    print(title, String(error));
    process.exitCode = 1;
  }
}

const print = (title: string, text: string) => console.log(`${title.padEnd(27)}${text}`);

await time('plain loop', plainLoop);
if (process.exitCode === 1) console.error(`Is a server running at ${origin}? Start one with: npm run kata serve`);
for (const concurrency of [1, 2, 5, 20]) {
  await time(`fetchPages, ${concurrency} at a time`, () => fetchPages(origin, ids, { concurrency }));
}
