import { fork } from 'node:child_process';
import { readCounter } from './counter-file.ts';

export function loseUpdates(path: string, processes: number, rounds: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const children = Array.from({ length: processes }, () =>
      fork(new URL('./lose-updates.process.ts', import.meta.url)),
    );
    const arrived = new Set<unknown>();
    let failure: Error | undefined;
    let running = processes;
    let steps = 0;
    // Nothing may hang forever, whatever happens. This is no way to put steps in order.
    const emergency = setTimeout(() => children.forEach((child) => child.kill('SIGKILL')), 30_000);
    for (const child of children) {
      child.send({ path, rounds }, () => undefined);
      child.on('error', (error) => (failure ??= error));
      child.on('message', () => {
        arrived.add(child);
        if (arrived.size < processes) return;
        arrived.clear();
        steps++;
        for (const each of children) each.send('next', () => undefined);
      });
      child.on('close', (code, signal) => {
        running--;
        if (code !== 0 || steps < 2 * rounds) {
          failure ??= new Error(`A process ended too early, with ${signal ?? `exit code ${code}`}`);
          for (const each of children) each.kill();
        }
        if (running > 0) return;
        clearTimeout(emergency);
        if (failure) reject(failure);
        else resolve(readCounter(path));
      });
    }
  });
}
