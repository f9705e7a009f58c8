// A machine in memory: processes that share a directory, ask whether an owner is alive, and can be killed.
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '#src/interleave/index.ts';
import type { LockFiles } from '#kata/14-file-lock/lock-files.ts';
import type { Owner } from '#kata/14-file-lock/owner.ts';
import { MemoryDirectory } from '../support/memory-files.ts';

/** The file that the lock protects. */
export const counter = '/data/counter';

/** What the processes of a schedule share. A process is a task of the scene (A, B, C …) and has its name. */
export class Machine {
  readonly directory: MemoryDirectory;
  /** Processes that are in their critical section. */
  readonly inside = new Set<string>();
  readonly #world: World;
  readonly #identities: ReadonlyMap<string, Owner>;
  readonly #attempts: ReadonlyMap<string, Attempt>;

  /** @param reused a process that got the pid of another one */
  constructor(world: World, reused: Record<string, string> = {}) {
    this.#world = world;
    this.#identities = new Map(
      processes.map((name, at) => [name, { pid: pidOf(reused[name] ?? name), started: `at tick ${700 + at}` }]),
    );
    this.#attempts = new Map(processes.map((name) => [name, new Attempt()]));
    this.directory = new MemoryDirectory(world, '/data', (text) => this.#nameIn(text) ?? text);
    this.directory.onChange = (by) => this.#changed(this.#attempt(by).again && !this.directory.isKilled(by));
  }

  /** @returns what a process passes to the lock */
  files(process: string): LockFiles {
    const own = this.directory.of(process);
    const attempt = this.#attempt(process);
    const noted = <R>(operation: () => Promise<R>): Promise<R> => {
      attempt.begin();
      return operation();
    };
    return {
      self: this.#identities.get(process) as Owner,
      isAlive: (owner) => this.#isAlive(owner),
      pause: () => this.#pause(attempt),
      mkdir: (path, options) => noted(() => own.mkdir(path, options)),
      readdir: (path) => noted(() => own.readdir(path)),
      readFile: (path, encoding) => noted(() => own.readFile(path, encoding)),
      writeFile: (path, text, options) => noted(() => own.writeFile(path, text, options)),
      link: (existing, path) => noted(() => own.link(existing, path)),
      rename: (from, to) => noted(() => own.rename(from, to)),
      unlink: (path) => noted(() => own.unlink(path)),
    };
  }

  kill(process: string): void {
    this.inside.delete(process);
    this.directory.kill(process);
  }

  /** The critical section: one step in which others may come in. */
  async work(process: string): Promise<void> {
    const attempt = this.#attempt(process);
    if (attempt.again) this.#changed(false);
    attempt.again = false;
    this.inside.add(process);
    this.#world.mark('is inside');
    await this.#world.operation('works');
    this.inside.delete(process);
  }

  /** @returns the files of the lock: all but the counter and what stands beside it for `increment` */
  get lockFiles(): string[] {
    return this.directory.paths.filter((path) => !/^counter(?!\.lock)/.test(path));
  }

  /** @returns the same with their contents */
  get lockTexts(): [path: string, text: string | undefined][] {
    return this.lockFiles.map((path) => [path, this.directory.text(`/data/${path}`)]);
  }

  state() {
    const files = this.lockFiles.map((path) => `${path.replace(/^.*[/.](?=.)/, '')}:${this.#ownerIn(path)}`);
    return { inside: [...this.inside].join(' '), 'lock files': files.join(' ') };
  }

  atMostOne(): true | string {
    return (
      this.inside.size <= 1 || `${[...this.inside].join(' and ')} hold the lock at the same time, but only one may`
    );
  }

  atMostOneFile(): true | string {
    const left = this.lockFiles;
    return left.length <= 1 || `at most one file of the lock may stay, but ${left.length} do: ${left.join(', ')}`;
  }

  #isAlive(owner: Owner): Promise<boolean> {
    const [name] = [...this.#identities].find(([, { pid }]) => pid === owner.pid) ?? [];
    return this.#world.operation(`is ${name ?? owner.pid} alive?`, () =>
      [...this.#identities].some(
        ([process, { pid, started }]) =>
          pid === owner.pid && started === owner.started && !this.directory.isKilled(process),
      ),
    );
  }

  /** The timer lets the explorer see that a process polls. */
  async #pause(attempt: Attempt): Promise<void> {
    await attempt.over();
    await sleep(1);
  }

  #attempt(process: string): Attempt {
    return this.#attempts.get(process) as Attempt;
  }

  #changed(byWaiting: boolean): void {
    for (const attempt of this.#attempts.values()) attempt.change(byWaiting);
  }

  #ownerIn(path: string): string {
    const text = this.directory.text(`/data/${path}`) ?? '';
    return this.#nameIn(text) ?? (text === '' ? '-' : '?');
  }

  /** @returns the process whose identity a file holds */
  #nameIn(text: string): string | undefined {
    return [...this.#identities].find(([, { started }]) => text.includes(started))?.[0];
  }
}

/** Retries without any change but by processes that wait. */
const patience = 2;

/**
 * An attempt of a process to get the lock. Another one without a change in between would see the same, so the process
 * sleeps until there is a change. Processes that wait can change something at each attempt, such as a draft. They would
 * wake each other (or themselves) forever, so such changes wake a process twice in a row at most.
 */
class Attempt {
  /** Whether the process has paused since it was last inside. */
  again = false;
  #running = false;
  #changed = false;
  #disturbed = false;
  #patience = patience;
  #wake: () => void = () => undefined;

  begin(): void {
    if (this.#running) return;
    this.#running = true;
    this.#changed = false;
    this.#disturbed = false;
  }

  change(byWaiting: boolean): void {
    if (byWaiting) this.#disturbed = true;
    else this.#changed = true;
    this.#wake();
  }

  /** @returns resolves when another attempt may see something else */
  async over(): Promise<void> {
    this.again = true;
    this.#running = false;
    while (!this.#isOutdated()) await new Promise<void>((wake) => (this.#wake = wake));
  }

  #isOutdated(): boolean {
    if (this.#changed) this.#patience = patience;
    else if (!this.#disturbed || this.#patience-- <= 0) return false;
    return true;
  }
}

const processes = ['A', 'B', 'C', 'W', 'X', 'Z'];

const pidOf = (process: string) => 4100 + processes.indexOf(process);
