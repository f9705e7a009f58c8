// Your code on the lecture's pages, timed as a notebook cell would: npm run kata try 05 <origin>
// Start a server in another terminal first (npm run kata serve); it prints its origin.
import { fetchPages } from './fetch-pages.ts';

const [, , origin = 'http://127.0.0.1:8080'] = process.argv;
const ids = Array.from({ length: 20 }, (_, index) => 349_000 + 10 * index);

for (const concurrency of [1, 2, 5, 20]) {
  const start = performance.now();
  try {
    const pages = await fetchPages(origin, ids, { concurrency });
    console.log(`${pages.length} pages, ${concurrency} at a time   wall ${(performance.now() - start).toFixed(0)} ms`);
  } catch (error) {
    console.error(
      `fetchPages with concurrency ${concurrency} rejected: ${String(error)}\nIs there a server at ${origin}? Start one with: npm run kata serve`,
    );
    process.exitCode = 1;
    break;
  }
}
