import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { loaderFlags } from '#src/loader/index.ts';
import { Sealer, readFrames } from './channel.ts';
import { type Reply, type Request, channelDescriptor, keyBytes } from './messages.ts';
import {
  type ProcessEntry,
  UnkillableError,
  descendants,
  endStrays,
  findTree,
  isSandboxed,
  killTree,
  studentCommand,
  unmarkedStrays,
} from '#src/system/index.ts';
import { finding } from '#src/verdict/index.ts';
import { forgetTree, guardTree } from './reaper-process.ts';

/** Bytes of output that are kept to be shown; the rest is counted only. */
const keptOutput = 4_096;
/**
 * Mebibytes that a guest's JavaScript heap may take: plenty for every exercise, and soon full where an answer eats
 * memory. It goes by NODE_OPTIONS, since Workers refuse the flag in an execArgv that a student passes on.
 */
const heapMebibytes = 512;

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const guestFile = path('./guest.ts');

/**
 * The conditions of package.json's imports that lead to the reference and to a suite's own sums; Vitest's other
 * conditions are not for students' processes.
 */
const conditionsOf = (execArgv: readonly string[]): string[] =>
  execArgv.filter((flag) => /^--conditions=(solutions|salted|salt-\d+)$/.test(flag));

/**
 * Whose code a guest runs: a student's, the reference's (which needs no sandbox), or the explorer's, which in turn runs
 * the student's in threads of the same process.
 */
export type Role = 'student' | 'reference' | 'explorer';

/**
 * Node's permission model, without which student code could open an inspector session to its own process and read the
 * channel's key there. The explorer's threads of student code share a process with the one that judges: they may not
 * write to files either (such as the process's memory), nor start processes.
 * @param directory the course
 */
function permissionFlags(role: Role, directory: string): string[] {
  const known = process.allowedNodeEnvironmentFlags;
  const [flag] = ['--permission', '--experimental-permission'].filter((each) => known.has(each));
  if (flag === undefined) return [];
  if (role === 'explorer') {
    const packages = dirname(realpathSync(join(directory, 'node_modules', 'typescript')));
    const readable = [directory, packages];
    return [flag, '--no-warnings', '--allow-worker', ...readable.map((folder) => `--allow-fs-read=${folder}/*`)];
  }
  const all = ['--allow-fs-read=*', '--allow-fs-write=*', '--allow-child-process', '--allow-worker'];
  const warnings = ['ExperimentalWarning', 'SecurityWarning'].map((each) => `--disable-warning=${each}`);
  return [flag, ...all, ...['--allow-net'].filter((each) => known.has(each)), ...warnings];
}

/** The environment variable by which everything that a guest starts is found. */
const markerName = 'KATA_GUEST';

/** What cannot be killed is the machine's fault. */
function inconclusive(error: unknown): never {
  throw error instanceof UnkillableError ? finding('inconclusive', error.message) : error;
}

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * A child process that student code can be called in, as the referee sees it: a channel, its output, and a way to end
 * it and all it started.
 */
export class GuestProcess {
  readonly pid: number;
  /** Settles when the process has ended and its output is read to the end. */
  readonly ended: Promise<Ending>;
  /** Standard output and error as they came, cut off at {@link keptOutput} bytes. */
  output = '';
  /** Bytes of output in all. */
  outputBytes = 0;
  /** Whether something unsealed came over the channel: student code wrote to it. */
  forged = false;
  /** Called for each reply, and once with undefined when the process has ended. */
  listener: (reply: Reply | undefined) => void = () => undefined;
  /** Called when output has come. */
  onOutput: () => void = () => undefined;

  /** Of the machine, told by this process's start. */
  slowness = 1;

  readonly #isWrapped: boolean;
  readonly #child: ChildProcess;
  readonly #channel: Duplex;
  readonly #sealer: Sealer;
  readonly #marker = `${markerName}=${randomUUID()}`;

  /**
   * @param directory where the process runs: file names that the student writes without a folder land there
   * @param role whose code it runs
   */
  constructor(directory: string, role: Role) {
    const [name, value] = this.#marker.split('=') as [string, string];
    const { NODE_OPTIONS: _, VITEST: __, ...environment } = process.env;
    const flags = [
      ...permissionFlags(role, directory),
      ...loaderFlags,
      ...['--import', path('./witness.js')],
      ...conditionsOf(process.execArgv),
    ];
    const own = [process.execPath, ...flags, guestFile] as const;
    const [command, ...args] = role === 'reference' ? own : studentCommand(own, directory);
    this.#isWrapped = isSandboxed && role !== 'reference';
    this.#child = spawn(
      command,
      args,
      // A process group: one kill reaches whatever it starts.
      {
        cwd: directory,
        detached: process.platform !== 'win32',
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
        env: { ...environment, NODE_OPTIONS: `--max-old-space-size=${heapMebibytes}`, [name]: value },
      },
    );
    if (this.#child.pid === undefined) {
      this.#child.once('error', () => undefined);
      throw new Error(
        'The arena cannot start a process: the machine refuses any more. End some programs, then run the command ' +
          'again.',
      );
    }
    this.pid = this.#child.pid;
    guardTree(this.pid, this.#marker);
    this.#channel = this.#child.stdio[channelDescriptor] as Duplex;
    this.#channel.on('error', () => undefined);
    const key = randomBytes(keyBytes);
    this.#sealer = new Sealer(key);
    this.#channel.write(key);
    readFrames(
      this.#channel,
      new Sealer(key),
      (message) => this.listener(message as Reply),
      () => {
        this.forged = true;
        // The request that waits must hear of it now.
        this.listener(undefined);
      },
    );
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.outputBytes += Buffer.byteLength(text);
        if (this.output.length < keptOutput) this.output = (this.output + text).slice(0, keptOutput);
        this.onOutput();
      });
    }
    this.ended = new Promise((resolve) => {
      // 'exit', not 'close': a grandchild may hold the output open for as long as it likes.
      this.#child.once('exit', (code, signal) => {
        this.#channel.destroy();
        // What the pipes already hold is still read before the end is reported.
        setImmediate(() => {
          resolve({ code, signal });
          this.listener(undefined);
        });
      });
    });
  }

  /** The process that runs the student's code: a sandbox has one more around it. */
  get mainPid(): number {
    return (this.#isWrapped ? descendants(this.pid)[0] : undefined) ?? this.pid;
  }

  send(request: Request): void {
    this.#channel.write(this.#sealer.seal(request));
  }

  /** Whether the process still runs, as far as this side knows. */
  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && !this.forged;
  }

  /** Output counts from here on: what comes belongs to the next call. */
  forgetOutput(): void {
    this.output = '';
    this.outputBytes = 0;
  }

  /** @returns what runs beside the guest and was started by it, as "command (pid)" */
  async started(): Promise<string[]> {
    const found = await findTree({ pid: this.pid, marker: this.#marker });
    return this.#others([...found, ...(await unmarkedStrays(markerName))], this.mainPid);
  }

  #others(found: readonly ProcessEntry[], main: number): string[] {
    return found.filter(({ pid }) => pid !== this.pid && pid !== main).map(({ pid, command }) => `${command} (${pid})`);
  }

  /** Lets the referee's own process end while this one waits for work. */
  unref(): void {
    this.#child.unref();
    for (const stream of [this.#channel, this.#child.stdout, this.#child.stderr])
      (stream as unknown as { unref?: () => void } | null)?.unref?.();
  }

  ref(): void {
    this.#child.ref();
    for (const stream of [this.#channel, this.#child.stdout, this.#child.stderr])
      (stream as unknown as { ref?: () => void } | null)?.ref?.();
  }

  /**
   * Ends the process and everything that it started, detached or not.
   * @returns what was found running beside the guest itself, as "command (pid)"
   */
  async end(): Promise<string[]> {
    const main = this.mainPid;
    const found = await killTree({ pid: this.pid, marker: this.#marker }).catch(inconclusive);
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    await this.ended;
    forgetTree(this.pid);
    // Two guests may run at once: what has lost its marker belongs to the one that ends first.
    return this.#others([...found, ...(await endStrays(markerName).catch(inconclusive))], main);
  }
}
