import { type ChildProcess, fork } from 'node:child_process';
import { readCounter } from './counter-file.ts';

class Member {
  readonly closed: Promise<{ code: number | null; how: string }>;
  readonly #child: ChildProcess;
  #answered: () => void = () => undefined;

  constructor(path: string, rounds: number) {
    this.#child = fork(new URL('./lose-updates.process.ts', import.meta.url), [path, `${rounds}`]);
    this.#child.on('message', () => this.#answered());
    this.#child.on('error', () => undefined);
    this.closed = new Promise((resolve) =>
      this.#child.once('close', (code, signal) =>
        resolve({ code, how: signal === null ? `exit code ${code}` : `signal ${signal}` }),
      ),
    );
  }

  /** Resolves at the next message, and rejects if the process has ended before it. */
  answer(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      void this.closed.then(({ how }) => reject(new Error(`A process ended too early, with ${how}`)));
    });
  }

  order(what: 'read' | 'write'): Promise<void> {
    const answer = this.answer();
    this.#child.send(what, () => undefined);
    return answer;
  }

  async end(): Promise<void> {
    const { code, how } = await this.closed;
    if (code !== 0) throw new Error(`A process ended with ${how}`);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

export async function loseUpdates(path: string, processes: number, rounds: number): Promise<number> {
  const members = Array.from({ length: processes }, () => new Member(path, rounds));
  try {
    await Promise.all(members.map((member) => member.answer()));
    for (let round = 0; round < rounds; round++) {
      await Promise.all(members.map((member) => member.order('read')));
      await Promise.all(members.map((member) => member.order('write')));
    }
    await Promise.all(members.map((member) => member.end()));
  } finally {
    for (const member of members) member.kill();
    await Promise.all(members.map((member) => member.closed));
  }
  return readCounter(path);
}
