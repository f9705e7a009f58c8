import { access } from 'node:fs/promises';
import { KataError } from '#src/course/index.ts';
import type { Context } from '../context.ts';

/** What a benchmark's file exports: measures now; prints line by line, or gives all at the end. */
export interface Benchmark {
  readonly run: (print: (line: string) => void) => Promise<string | void>;
}

/** Name → file. */
const files: Readonly<Record<string, URL>> = {
  interleave: new URL('../../interleave/bench/bench.ts', import.meta.url),
  pools: new URL('../../bench/pools.ts', import.meta.url),
};

/** `kata bench`: the ratios that the READMEs claim, measured now; all benchmarks, or the ones that are named. */
export async function bench({ terminal }: Context, names: readonly string[]): Promise<number> {
  const known = await present();
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new KataError(
      `There is no benchmark "${unknown}"; there are: ${known.join(', ')}. All of them: npm run bench`,
    );
  for (const name of names.length === 0 ? known : names) {
    terminal.line(`${name}\n`);
    const { run } = (await import((files[name] as URL).href)) as Benchmark;
    const text = await run(terminal.line);
    terminal.line(text ?? '');
  }
  return 0;
}

async function present(): Promise<string[]> {
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
