import { fork, type ChildProcess } from 'node:child_process';
import type { Range } from './countdown.ts';
import { split } from './split.ts';

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface CountdownProcess {
  readonly name: string;
  readonly pid: number | undefined;
  readonly result: Promise<number>;
  join(): Promise<Exit>;
}

export interface StartOptions {
  signal?: AbortSignal;
}

let started = 0;

const launch = (signal?: AbortSignal): ChildProcess =>
  fork(new URL('./countdown.process.ts', import.meta.url), { signal });

function handleOf(child: ChildProcess): CountdownProcess {
  started += 1;
  const exit = new Promise<Exit>((resolve) =>
    child.once('close', (code: number | null, signal: NodeJS.Signals | null) => resolve({ code, signal })),
  );
  const result = new Promise<number>((resolve, reject) => {
    child.once('message', (sum) => resolve(Number(sum)));
    child.on('error', reject);
    void exit.then(({ code, signal }) => reject(new Error(`ended with ${code ?? signal}`)));
  });
  result.catch(() => undefined);
  return { name: `countdown-${started}`, pid: child.pid, result, join: () => exit };
}

export function startProcess(range: Range, { signal }: StartOptions = {}): CountdownProcess {
  const child = launch(signal);
  child.send(range, () => undefined);
  return handleOf(child);
}

export async function countdownOnProcesses(
  n: number,
  processes: number,
  { signal }: StartOptions = {},
): Promise<number> {
  const ranges = split(n, processes);
  const end = new AbortController();
  const children = ranges.map(() => launch(signal ? AbortSignal.any([signal, end.signal]) : end.signal));
  const handles = children.map(handleOf);
  let total = 0;
  try {
    for (const [index, child] of children.entries()) {
      child.send(ranges[index] as Range, () => undefined);
      total += (await handles[index]?.result) ?? 0;
    }
    return total;
  } finally {
    end.abort();
    await Promise.all(handles.map((each) => each.join()));
  }
}
