import { fork, type ChildProcess } from 'node:child_process';
import { readCounter } from './counter-file.ts';

class Incrementer {
  readonly #child: ChildProcess;
  readonly ended: Promise<string>;

  constructor(path: string) {
    this.#child = fork(new URL('./lose-updates.process.ts', import.meta.url), [path]);
    this.ended = new Promise((resolve) => {
      // After `disconnect` on this side, 'close' never comes.
      this.#child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
      this.#child.on('error', (error) => this.#child.pid === undefined && resolve(error.message));
    });
  }

  ask(order: 'read' | 'write'): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.once('message', () => resolve());
      void this.ended.then((how) => reject(new Error(`A process ended: ${how}`)));
      this.#child.send(order, () => undefined);
    });
  }

  stop() {
    if (this.#child.connected) this.#child.disconnect();
  }
}

export async function loseUpdates(path: string, processes: number, rounds: number): Promise<number> {
  const all = Array.from({ length: processes }, () => new Incrementer(path));
  try {
    for (let round = 0; round < rounds; round++) {
      await Promise.all(all.map((each) => each.ask('read')));
      await Promise.all(all.map((each) => each.ask('write')));
    }
  } finally {
    for (const each of all) each.stop();
    await Promise.all(all.map((each) => each.ended));
  }
  return readCounter(path);
}
