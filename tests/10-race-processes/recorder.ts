// Records what a process does with the counter file. The scenario installs it in the process that calls loseUpdates,
// and preloads it into every process that this one starts.
// The default exports are the objects that this file changes.
// eslint-disable-next-line no-restricted-syntax
import fs, { appendFileSync, existsSync, readFileSync } from 'node:fs';
// eslint-disable-next-line no-restricted-syntax
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { every, hurryTimers, sleep } from '../support/hurried-timers.ts';

/** A step of one process: the beginning or the end of an operation on the counter file, with the text of the file. */
export interface Step {
  pid: number;
  what: 'read' | 'has read' | 'write' | 'has written';
  text?: string;
}

/** A line of the log: a step; or a process waits for its gate; or it has done nothing for a while, once more. */
export type Line = Step | { pid: number; what: 'gate' | 'idle' };

/**
 * What a process does that the others don't: wait for a gate somewhere, or exit with code 0 right at its start or when
 * it has written for the first time.
 */
export type Role = 'free' | 'gate at start' | 'gate in writes' | 'gate at exit' | 'exits' | 'exits after a write';

/** Where a recorded process finds everything. */
export interface Place {
  /** The counter file. */
  counter: string;
  /** The folder of log, roles and gates. */
  folder: string;
}

/** The environment variable through which a child process learns its {@link Place}. */
export const variable = 'KATA_RECORDER';

export const logFile = (folder: string): string => join(folder, 'log');
export const roleFile = (folder: string, pid: number): string => join(folder, `${pid}.role`);
export const gateFile = (folder: string, pid: number, gate: number): string => join(folder, `${pid}.gate${gate}`);

const turnMilliseconds = 4;
/** Turns of the event loop without a step after which a process counts as idle once more. */
const quietTurns = 12;
/** The same for a process that has done no step yet: it may still be loading its modules. */
const quietTurnsAtStart = 25 * quietTurns;

type AnyFunction = (...args: unknown[]) => unknown;
const names = ['readFile', 'writeFile', 'rename'] as const;
const syncNames = ['readFileSync', 'writeFileSync'] as const;
const asynchronous = pick(promises, names);
const synchronous = pick(fs, syncNames);

/** Writes the steps of this process into the log, from its construction to `restore`. */
export class Recorder {
  readonly #place: Place;
  readonly #restoreTimers: () => void;
  readonly #pulse: NodeJS.Timeout;
  #role: Role = 'free';
  #gates = 0;
  #active = false;
  #quiet = 0;

  constructor(place: Place) {
    this.#place = place;
    this.#restoreTimers = hurryTimers(1_000);
    Object.assign(promises, {
      readFile: (...args: unknown[]) => this.#read(args),
      writeFile: (...args: unknown[]) => this.#write(args),
      rename: (...args: unknown[]) => this.#rename(args),
    });
    Object.assign(fs, {
      readFileSync: (...args: unknown[]) => this.#readSync(args),
      writeFileSync: (...args: unknown[]) => this.#writeSync(args),
    });
    syncBuiltinESMExports();
    this.#pulse = every(turnMilliseconds, () => this.#turn()).unref();
  }

  /** Waits until the scenario has given this process a role, and for its gate at the start, if it has one. */
  async begin(): Promise<void> {
    const file = roleFile(this.#place.folder, process.pid);
    await isThere(file);
    this.#role = readFileSync(file, 'utf8') as Role;
    if (this.#role === 'exits') process.exit(0);
    if (this.#role === 'gate at start') await this.#gate();
    if (this.#role === 'gate at exit') process.once('exit', () => this.#gateSync());
  }

  restore(): void {
    clearInterval(this.#pulse);
    Object.assign(promises, asynchronous);
    Object.assign(fs, synchronous);
    this.#restoreTimers();
  }

  async #read(args: unknown[]): Promise<unknown> {
    if (!this.#isCounter(args[0])) return asynchronous.readFile(...args);
    this.#note({ what: 'read' });
    const text = await asynchronous.readFile(...args);
    this.#note({ what: 'has read', text: String(text) });
    return text;
  }

  async #write(args: unknown[]): Promise<void> {
    if (!this.#isCounter(args[0])) return void (await asynchronous.writeFile(...args));
    this.#note({ what: 'write', text: String(args[1]) });
    if (this.#role === 'gate in writes') {
      // What writeFile does, with a pause between its two steps.
      await asynchronous.writeFile(args[0], '');
      await this.#gate();
    }
    await asynchronous.writeFile(...args);
    this.#written();
  }

  async #rename(args: unknown[]): Promise<void> {
    if (!this.#isCounter(args[1])) return void (await asynchronous.rename(...args));
    this.#note({ what: 'write', text: String(await asynchronous.readFile(args[0])) });
    if (this.#role === 'gate in writes') await this.#gate();
    await asynchronous.rename(...args);
    this.#written();
  }

  #readSync(args: unknown[]): unknown {
    if (!this.#isCounter(args[0])) return synchronous.readFileSync(...args);
    this.#note({ what: 'read' });
    const text = synchronous.readFileSync(...args);
    this.#note({ what: 'has read', text: String(text) });
    return text;
  }

  #writeSync(args: unknown[]): void {
    if (!this.#isCounter(args[0])) return void synchronous.writeFileSync(...args);
    this.#note({ what: 'write', text: String(args[1]) });
    synchronous.writeFileSync(...args);
    this.#written();
  }

  #written(): void {
    this.#note({ what: 'has written' });
    if (this.#role === 'exits after a write') process.exit(0);
  }

  async #gate(): Promise<void> {
    this.#note({ what: 'gate' });
    await isThere(gateFile(this.#place.folder, process.pid, this.#gates++));
  }

  /** Nothing asynchronous happens in a process that exits. */
  #gateSync(): void {
    this.#note({ what: 'gate' });
    const file = gateFile(this.#place.folder, process.pid, this.#gates++);
    const nobody = new Int32Array(new SharedArrayBuffer(4));
    while (!existsSync(file)) Atomics.wait(nobody, 0, 0, turnMilliseconds);
  }

  #turn(): void {
    this.#quiet++;
    if (!this.#active && this.#quiet < quietTurnsAtStart) return;
    if (this.#quiet % quietTurns === 0) this.#log({ pid: process.pid, what: 'idle' });
  }

  #note(line: Omit<Step, 'pid'> | { what: 'gate' }): void {
    this.#active = true;
    this.#quiet = 0;
    this.#log({ pid: process.pid, ...line });
  }

  /** Appends in one step, so the lines stand in the order in which things happened, over all processes. */
  #log(line: Line): void {
    appendFileSync(logFile(this.#place.folder), `${JSON.stringify(line)}\n`);
  }

  #isCounter(path: unknown): boolean {
    const text = path instanceof URL ? fileURLToPath(path) : path;
    return typeof text === 'string' && resolve(text) === this.#place.counter;
  }
}

async function isThere(file: string): Promise<void> {
  while (!existsSync(file)) await sleep(turnMilliseconds / 2);
}

function pick<Name extends string>(module: object, wanted: readonly Name[]): Record<Name, AnyFunction> {
  const functions = module as Record<Name, AnyFunction>;
  return Object.fromEntries(wanted.map((name) => [name, functions[name]])) as Record<Name, AnyFunction>;
}

const given = process.env[variable];
if (given !== undefined && isMainThread) await new Recorder(JSON.parse(given) as Place).begin();
