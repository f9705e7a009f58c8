import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import type { Range } from '#shared/countdown.ts';
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

const program = fileURLToPath(new URL('./countdown.process.ts', import.meta.url));
let last = 0;

export function startProcess({ from, to }: Range, options: StartOptions = {}): CountdownProcess {
  const child = spawn(process.execPath, [...process.execArgv, program, `${from}`, `${to}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = () => void child.kill('SIGKILL');
  options.signal?.addEventListener('abort', end);
  if (options.signal?.aborted) end();
  const exit = new Promise<Exit>((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  void exit.then(() => options.signal?.removeEventListener('abort', end));
  const result = Promise.all([text(child.stdout), text(child.stderr), exit]).then(
    ([sum, complaint, { code, signal }]) => {
      options.signal?.throwIfAborted();
      if (sum.trim() === '') throw new Error(`no sum: code ${code}, signal ${signal}`, { cause: complaint });
      return Number(sum);
    },
  );
  void result.catch(() => {});
  return { name: `counter ${(last += 1)}`, pid: child.pid, result, join: async () => exit };
}

export async function countdownOnProcesses(n: number, processes: number, options: StartOptions = {}): Promise<number> {
  const handles = split(n, processes).map((range) => {
    const own = new AbortController();
    options.signal?.addEventListener('abort', () => own.abort(options.signal?.reason), { once: true });
    if (options.signal?.aborted) own.abort(options.signal.reason);
    return { own, handle: startProcess(range, { signal: own.signal }) };
  });
  try {
    return (await Promise.all(handles.map(({ handle }) => handle.result))).reduce((a, b) => a + b, 0);
  } catch (error) {
    for (const { own } of handles) own.abort(error);
    throw error;
  } finally {
    await Promise.all(handles.map(({ handle }) => handle.join()));
  }
}
