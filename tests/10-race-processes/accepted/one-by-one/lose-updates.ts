import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readCounter } from './counter-file.ts';

export async function loseUpdates(path: string, processes: number, rounds: number): Promise<number> {
  const stop = new AbortController();
  const children: ChildProcess[] = [];
  const closed: Promise<unknown>[] = [];
  const barrier = new EventEmitter();
  const counts = { read: 0, written: 0 };
  let failure: Error | undefined;

  function startOne(): void {
    const program = new URL('./lose-updates.process.ts', import.meta.url);
    const child = fork(program, [path, String(rounds)], { signal: stop.signal, killSignal: 'SIGKILL' });
    child.on('error', () => undefined);
    let written = 0;
    child.on('message', (what: 'read' | 'written') => {
      if (what === 'written') written++;
      counts[what]++;
      // The next process starts only when this one has read.
      if (children.length < processes) startOne();
      else if (counts[what] % processes === 0) for (const each of children) if (each.connected) each.send(what);
    });
    child.once('close', (code, signal) => {
      if (code !== 0 || written < rounds) {
        failure ??= new Error(`Expected a process to do ${rounds} rounds, but it ended (${signal ?? code})`);
        stop.abort();
      }
      if (children.every(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null)) barrier.emit('over');
    });
    children.push(child);
    closed.push(new Promise((resolve) => child.once('close', resolve)));
  }

  const over = once(barrier, 'over');
  startOne();
  await over;
  await Promise.all(closed);
  if (failure) throw failure;
  return readCounter(path);
}
