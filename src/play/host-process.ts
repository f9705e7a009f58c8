import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loaderFlags } from '#src/loader/index.ts';
import type { HostCalls } from './page-data.ts';

const hostFile = fileURLToPath(new URL('./host.ts', import.meta.url));

/** What to play. */
export interface Played {
  /** Of the module that exports the programs. */
  readonly url: string;
  /** Number of the exercise, undefined for free play. */
  readonly exercise: string | undefined;
  /** Plays the reference instead of the reader's code. */
  readonly solution: boolean;
}

/** What kept a call from its answer; the message is for the reader. */
export class HostError extends Error {
  override name = 'HostError';
}

interface Call {
  readonly name: keyof HostCalls;
  readonly args: readonly unknown[];
  settle(value: unknown): void;
  fail(error: HostError): void;
}

/** The process in which the reader's code runs: started at the first call, and again after it has ended. */
export class HostProcess {
  readonly #played: Played;
  readonly #cwd: string;
  readonly #limit: number;
  #child: ChildProcess | undefined;
  #last = 0;
  readonly #waiting = new Map<number, Call>();

  /** @param limit milliseconds for one call, after which the process is ended */
  constructor(played: Played, cwd: string, limit: number) {
    this.#played = played;
    this.#cwd = cwd;
    this.#limit = limit;
  }

  /** @throws {HostError} a sentence: what the call was rejected with, or that the code has ended or blocked it */
  call<Name extends keyof HostCalls>(
    name: Name,
    ...args: Parameters<HostCalls[Name]>
  ): Promise<Awaited<ReturnType<HostCalls[Name]>>> {
    const id = ++this.#last;
    return new Promise((settle, fail) => {
      const timer = setTimeout(() => {
        this.#stop(`Your code did not come back within ${this.#limit / 1000} s, and its process was ended.`);
      }, this.#limit);
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(id);
      };
      this.#waiting.set(id, {
        name,
        args,
        settle: (value) => (done(), settle(value as Awaited<ReturnType<HostCalls[Name]>>)),
        fail: (error) => (done(), fail(error)),
      });
      this.#send(id, name, args);
    });
  }

  /** Starts with the code as it is now: whoever waits for an answer gets that of the new code. */
  restart(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    for (const [id, { name, args }] of this.#waiting) this.#send(id, name, args);
  }

  /** Ends the process, and whoever waits for an answer gets none. */
  end(): void {
    this.#stop('Nobody waits for this answer any more.');
  }

  #send(id: number, name: string, args: readonly unknown[]): void {
    this.#child ??= this.#start();
    this.#child.send({ id, name, args });
  }

  #start(): ChildProcess {
    const { url, exercise, solution } = this.#played;
    const child = fork(hostFile, [url, exercise ?? ''], {
      cwd: this.#cwd,
      execArgv: [...loaderFlags, ...(solution ? ['--conditions=solutions'] : [])],
      // What the code prints is no part of this command's output.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.on('message', ({ id, value, error }: { id: number; value?: unknown; error?: string }) => {
      const asked = this.#waiting.get(id);
      if (error === undefined) asked?.settle(value);
      else asked?.fail(new HostError(error));
    });
    child.on('exit', (code, signal) => {
      if (this.#child === child) this.#stop(`Your code has ended its process (${signal ?? `exit code ${code}`}).`);
    });
    // The process ended before it had read a call: 'exit' comes next.
    child.on('error', () => undefined);
    return child;
  }

  #stop(sentence: string): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    for (const call of [...this.#waiting.values()]) call.fail(new HostError(sentence));
  }
}
