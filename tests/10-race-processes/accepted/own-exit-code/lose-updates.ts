import { type ChildProcess, fork } from 'node:child_process';
import { readCounter } from './counter-file.ts';

export function loseUpdates(path: string, processes: number, rounds: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const running = new Set<ChildProcess>();
    const reports = new Map<string, number>();
    let failure: Error | undefined;

    const fail = (error: Error) => {
      failure ??= error;
      for (const child of running) child.kill('SIGKILL');
    };

    const onReport = (report: unknown) => {
      const key = String(report);
      const count = (reports.get(key) ?? 0) + 1;
      reports.set(key, count);
      if (count === processes) for (const child of running) child.send(key, () => undefined);
    };

    const onEnd = (child: ChildProcess, written: number, code: number | null, signal: string | null) => {
      running.delete(child);
      if (code !== 0 || written < rounds)
        fail(new Error(`Process ${child.pid} ended after ${written} rounds: code ${code}, signal ${signal}`));
      if (running.size > 0) return;
      if (failure) reject(failure);
      else readCounter(path).then(resolve, reject);
    };

    for (let i = 0; i < processes; i++) {
      const child = fork(new URL('lose-updates.process.ts', import.meta.url), [path, String(rounds)]);
      let written = 0;
      running.add(child);
      child
        .on('message', (report) => {
          if (String(report).startsWith('written')) written++;
          onReport(report);
        })
        .on('error', (error) => {
          if (child.pid !== undefined) return;
          running.delete(child);
          fail(error);
          if (running.size === 0) reject(failure!);
        })
        .on('close', (code, signal) => onEnd(child, written, code, signal));
    }
  });
}
