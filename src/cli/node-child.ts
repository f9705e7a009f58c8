import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { loaderFlags } from '#src/loader/index.ts';

export interface NodeChildOptions {
  readonly cwd: string;
  /** Makes `#kata/…` mean solutions/ instead of exercises/. */
  readonly solution?: boolean | undefined;
  /** Called with each line of standard output; without it the child prints on this process's terminal. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a TypeScript file in a Node process for itself. Its Workers and child processes inherit the loader, which
 * Workers of this process would not do on Node 20.
 * @param file absolute
 * @returns its exit code; 1 where a signal ended it
 */
export async function runNode(
  file: string,
  args: readonly string[],
  { cwd, solution, onLine }: NodeChildOptions,
): Promise<number> {
  const conditions = solution ? ['--conditions', 'solutions'] : [];
  const child = spawn(process.execPath, [...loaderFlags, ...conditions, file, ...args], {
    cwd,
    stdio: ['inherit', onLine ? 'pipe' : 'inherit', 'inherit'],
  });
  if (onLine && child.stdout) createInterface({ input: child.stdout }).on('line', onLine);
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}
