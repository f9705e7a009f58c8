// Runs one benchmark: argv is the URL of its file, and its options as JSON. Each has a process for itself, so that its
// Workers can load TypeScript on Node 20.
import type { Benchmark, BenchOptions } from './commands/bench.ts';

const [url = '', options = '{}'] = process.argv.slice(2);
const { run } = (await import(url)) as Benchmark;
const text = await run((line) => console.log(line), JSON.parse(options) as BenchOptions);
if (text !== undefined) console.log(text);
