// Runs one benchmark: argv is the URL of its file. A process for each, so that its Workers can load TypeScript on Node 20.
import type { Benchmark } from './commands/bench.ts';

const [url = ''] = process.argv.slice(2);
const { run } = (await import(url)) as Benchmark;
const text = await run((line) => console.log(line));
if (text !== undefined) console.log(text);
