import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onEarlyEnd } from '#src/system/index.ts';
import { killGroup, killRun } from './kill-run.ts';
import { reportDescriptor, type Message } from './messages.ts';

export interface VitestRun {
  /** Absolute path of the course that Vitest runs in. */
  root: string;
  /** Vitest's own arguments after `run`. */
  args: string[];
  launcher: (directory: string) => readonly string[];
  env: NodeJS.ProcessEnv;
  /** Wall clock until the next message: a busy machine may need long for all of them. */
  timeoutMilliseconds: number;
  /** Bytes on standard output and standard error together. */
  outputLimit: number;
  signal?: AbortSignal | undefined;
  /** Time is counted from when this resolves. */
  begin: Promise<void>;
  /** @returns whether that is enough: then the run is ended */
  onMessage: (message: Message) => boolean;
}

/** How the run ended, and the last kilobytes that it printed. */
export interface Ending {
  how: 'exited' | 'timeout' | 'too much output' | 'first failure';
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last few kilobytes of standard output and standard error. */
  output: string;
}

const reporter = fileURLToPath(new URL('./reporter.ts', import.meta.url));
const keptOutput = 4_000;
/** Milliseconds that results already on their way get once a flood of output begins. */
const flood = 250;

/**
 * Runs Vitest in a child process that leads its own process group. This process owns the clock and the output cap.
 * Whatever way the run ends, the whole tree is dead before the promise settles.
 * @returns how it ended; `onMessage` has received what happened before
 * @throws the reason of `signal` when that was aborted; the system's error when the child cannot be started
 */
export async function runVitest(run: VitestRun): Promise<Ending> {
  run.signal?.throwIfAborted();
  const marker = randomUUID();
  const vitest = join(run.root, 'node_modules/vitest/vitest.mjs');
  // The runner writes no file beside the configuration: a tree may be read-only.
  const loading = ['--configLoader', 'runner'];
  const options = ['run', '--root', run.root, ...loading, '--reporter', reporter, ...run.args];
  const [command = '', ...args] = [...run.launcher(run.root), process.execPath, vitest, ...options];
  const child = spawn(command, args, {
    cwd: run.root,
    env: { ...run.env, KATA_RUN: marker },
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const forget = onEarlyEnd(() => killRun(child, marker));
  try {
    return await watch(child, marker, run);
  } finally {
    forget();
    await killRun(child, marker);
  }
}

function watch(child: ChildProcess, marker: string, run: VitestRun): Promise<Ending> {
  return new Promise((resolve, reject) => {
    let how: Ending['how'] = 'exited';
    let printed = 0;
    let output = '';
    const stop = (why: Ending['how'], grace = 0) => {
      how = why;
      setTimeout(() => killGroup(child), grace);
    };
    let clock: NodeJS.Timeout | undefined;
    void run.begin.then(() => (clock = setTimeout(() => stop('timeout'), run.timeoutMilliseconds)));
    const abort = () => killGroup(child);
    run.signal?.addEventListener('abort', abort, { once: true });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        printed += chunk.length;
        output = (output + chunk.toString('utf8')).slice(-keptOutput);
        if (printed > run.outputLimit && how === 'exited') stop('too much output', flood);
      });
    }
    const lines = createInterface({ input: child.stdio[reportDescriptor] as Readable });
    // The last lines may arrive after the exit.
    let closed = false;
    lines.once('close', () => (closed = true));
    lines.on('line', (line) => {
      clock?.refresh();
      if (run.onMessage(JSON.parse(line) as Message) && how === 'exited') stop('first failure');
    });
    const done = () => {
      clearTimeout(clock);
      run.signal?.removeEventListener('abort', abort);
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    // Not 'close': a process that outlives the run may hold its pipes open. It is killed first.
    child.once('exit', (code, signal) => {
      done();
      const answer = () =>
        run.signal?.aborted ? reject(run.signal.reason as Error) : resolve({ how, code, signal, output });
      killRun(child, marker).then(() => (closed ? answer() : lines.once('close', answer)), reject);
    });
  });
}
