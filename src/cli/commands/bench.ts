import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { KataError } from '#src/course/index.ts';
import type { Context } from '../context.ts';
import { runNode } from '../node-child.ts';

/** What a benchmark's file exports: measures now, and prints line by line or returns all at the end. */
export interface Benchmark {
  readonly run: (print: (line: string) => void, options: BenchOptions) => Promise<string | void>;
}

export interface BenchOptions {
  /** Show only that everything runs: few items, one round, figures that mean nothing. */
  readonly quick?: boolean | undefined;
}

/** Name → file. */
const benchmarks: Readonly<Record<string, URL>> = {
  interleave: new URL('../../interleave/bench/bench.ts', import.meta.url),
  pools: new URL('../../../tests/benchmarks/pools.ts', import.meta.url),
};

const child = fileURLToPath(new URL('../bench-child.ts', import.meta.url));

/**
 * `kata bench`: the ratios that the READMEs claim, measured now.
 * @param names which benchmarks; all when empty
 * @param options passed on to each benchmark
 * @param files where each benchmark lies; a file that is missing is no benchmark
 * @returns the exit code: 1 where a benchmark failed
 */
export async function bench(
  { root, terminal }: Context,
  names: readonly string[],
  options: BenchOptions = {},
  files: Readonly<Record<string, URL>> = benchmarks,
): Promise<number> {
  const known = await present(files);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new KataError(
      `There is no benchmark "${unknown}". The benchmarks are: ${known.join(', ')}. All of them: npm run bench`,
    );
  for (const name of names.length === 0 ? known : names) {
    terminal.line(`${name}\n`);
    const code = await runNode(child, [(files[name] as URL).href, JSON.stringify(options)], {
      cwd: root,
      onLine: terminal.line,
    });
    if (code !== 0) return code;
    terminal.line();
  }
  return 0;
}

async function present(files: Readonly<Record<string, URL>>): Promise<string[]> {
  const names = Object.keys(files);
  const there = await Promise.all(
    names.map((name) =>
      access(files[name] as URL).then(
        () => true,
        () => false,
      ),
    ),
  );
  return names.filter((_, at) => there[at]);
}
