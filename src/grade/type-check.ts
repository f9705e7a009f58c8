import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loaderFlags } from '#src/loader/index.ts';
import { withoutPaths } from '#src/suite/index.ts';
import type { Diagnostic } from './record.ts';

const child = fileURLToPath(new URL('./type-check-child.ts', import.meta.url));
const toldAtMost = 20;

export interface TypeCheckOptions {
  /** The course, absolute: its tsconfig.json counts. */
  root: string;
  /** Files to report on, from the root with forward slashes; missing ones are ignored. */
  files: readonly string[];
  /** 30 s when left out. */
  timeoutMilliseconds?: number;
  signal?: AbortSignal;
}

/**
 * Asks the TypeScript compiler about a few files, in a child process.
 * @returns its errors in these files, from top to bottom, at most 20; none if it doesn't answer in time
 * @throws an AbortError when `signal` is aborted
 */
export async function typeCheck({
  root,
  files,
  timeoutMilliseconds = 30_000,
  signal,
}: TypeCheckOptions): Promise<Diagnostic[]> {
  const there = await Promise.all(
    files.map((file) =>
      access(join(root, file)).then(
        () => [file],
        () => [],
      ),
    ),
  );
  if (there.flat().length === 0) return [];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [...loaderFlags, child, root, ...there.flat()], {
      cwd: root,
      timeout: timeoutMilliseconds,
      killSignal: 'SIGKILL',
      maxBuffer: 16 << 20,
      signal,
    });
    return (JSON.parse(stdout) as Diagnostic[])
      .slice(0, toldAtMost)
      .map((each) => ({ ...each, message: withoutPaths(each.message, root) }));
  } catch (error) {
    if (signal?.aborted) throw error;
    // They only explain the verdict, so it stands without them.
    return [];
  }
}

/** @returns the diagnostic as a line: `split.ts:12:3 Type 'string' is not assignable to type 'number'.` */
export const diagnosticLine = ({ file, line, column, message }: Diagnostic): string =>
  `${file}:${line}:${column} ${message}`;
