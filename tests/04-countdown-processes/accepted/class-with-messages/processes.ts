import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { countdown, type Range } from '#shared/countdown.ts';
import { split } from './split.ts';

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface StartOptions {
  signal?: AbortSignal;
}

export class CountdownProcess {
  static #next = 1;
  name = `Process-${CountdownProcess.#next++}`;
  result: Promise<number>;
  #child: ChildProcess;
  #exit: Exit | undefined;

  constructor(range: Range, signal: AbortSignal | undefined) {
    this.#child = fork(new URL('./countdown.process.ts', import.meta.url), { serialization: 'advanced' });
    this.#child.on('exit', (code, by) => (this.#exit = { code, signal: by }));
    this.result = new Promise((resolve, reject) => {
      this.#child.on('message', resolve);
      this.#child.on('close', (code, by) => reject(new Error(`gone: ${by ?? `code ${code}`}`)));
      this.#child.on('error', reject);
      const abort = () => {
        reject(signal?.reason as Error);
        this.#child.kill('SIGKILL');
      };
      signal?.addEventListener('abort', abort, { once: true });
      if (signal?.aborted) abort();
    });
    this.result.then(
      () => undefined,
      () => undefined,
    );
    this.#child.send(range, () => undefined);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async join(): Promise<Exit> {
    if (this.#exit === undefined) await once(this.#child, 'exit');
    return this.#exit as Exit;
  }
}

export const startProcess = (range: Range, options?: StartOptions): CountdownProcess =>
  new CountdownProcess(range, options?.signal);

export function countdownOnProcesses(n: number, processes: number, { signal }: StartOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const ranges = split(n, processes).filter(({ from, to }) => to > from);
    if (ranges.length === 0) return resolve(countdown({ from: 0, to: 0 }));
    const children = ranges.map((range) => startProcess(range, { signal }));
    let sum = 0;
    let open = children.length;
    for (const child of children) {
      child.result.then(
        async (part) => {
          sum += part;
          await child.join();
          open -= 1;
          if (open === 0) resolve(sum);
        },
        async (error: Error) => {
          for (const { pid, join } of children.map((each) => ({ pid: each.pid, join: () => each.join() }))) {
            try {
              process.kill(Number(pid), 'SIGKILL');
            } catch {
              // Gone already.
            }
            await join();
          }
          reject(error);
        },
      );
    }
  });
}
