import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { KataError } from '#src/course/kata-error.ts';
import type { Context } from '../context.ts';

/** What src/<name>/bench.ts exports: measures now and prints line by line. */
export interface Benchmark {
  readonly run: (print: (line: string) => void) => Promise<void>;
}

/** `kata bench`: the ratios that the READMEs claim, measured now; all benchmarks, or the ones that are named. */
export async function bench({ root, terminal }: Context, names: readonly string[]): Promise<number> {
  const known = await benchmarks(root);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new KataError(`There is no benchmark "${unknown}"; there are: ${known.join(', ')}. Try: npm run bench${known[0] === undefined ? '' : ` -- ${known[0]}`}`);
  for (const name of names.length === 0 ? known : names) {
    terminal.line(`${name}\n`);
    const { run } = (await import(pathToFileURL(join(root, 'src', name, 'bench.ts')).href)) as Benchmark;
    await run(terminal.line);
    terminal.line();
  }
  return 0;
}

/** @returns the folders of src/ that have a bench.ts */
async function benchmarks(root: string): Promise<string[]> {
  const folders = (await readdir(join(root, 'src'))).sort();
  const has = await Promise.all(folders.map((folder) => access(join(root, 'src', folder, 'bench.ts')).then(() => true, () => false)));
  return folders.filter((_, at) => has[at]);
}
