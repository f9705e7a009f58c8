// Runs in the student's process, inside the arena: calls loseUpdates and records what its processes do with the file.
import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rethrowNotImplemented } from '#src/verdict/index.ts';
import { sleep } from '../support/hurried-timers.ts';
import { isRunning } from '../support/started.ts';
import { gateFile, logFile, Recorder, roleFile, variable, type Line, type Role, type Step } from './recorder.ts';

/** One child process that doesn't run as the others do. */
export interface Disturbance {
  /** Its number, in the order in which they were started, from 0. */
  child: number;
  /** `killed` when its first message has arrived. */
  role: Exclude<Role, 'free'> | 'killed';
}

/** What happened in one call of loseUpdates. */
export interface Recording {
  /** Process id of the caller. */
  parent: number;
  /** Process ids of the children, in the order in which they were started. */
  children: number[];
  /** Children that had not ended when the promise settled. */
  alive: number;
  /** Exit codes and signals with which children have ended. */
  endings: (number | string)[];
  /** In the order in which they happened, over all processes. */
  steps: Step[];
  /** What the promise resolved to, of whatever type. */
  result?: unknown;
  /** What it rejected with, and its causes. */
  error?: string;
  /** What the file holds in the end, undefined if there is none. */
  text: string | undefined;
}

const pause = 4;
/** Times that a process must have been idle, one after the other, before it counts as at rest. */
const idleTimes = 2;
/** Looks at the log after which a process that is alone counts as alone for good. */
const turnsAlone = 50;

/**
 * Calls loseUpdates on a fresh counter file.
 * @param start what the file holds, or null if there is none
 */
export async function record(
  start: string | null,
  processes: number,
  rounds: number,
  disturbance?: Disturbance,
): Promise<Recording> {
  const folder = await mkdtemp(join(tmpdir(), 'kata-counter-'));
  const counter = join(folder, 'counter');
  if (start !== null) await writeFile(counter, start);
  writeFileSync(logFile(folder), '');
  const children = watchChildren(folder, disturbance);
  const recorder = new Recorder({ counter, folder });
  // fork passes this process's flags on to each child.
  const flags = process.execArgv;
  process.execArgv = [...flags, '--import', new URL('./recorder.ts', import.meta.url).href];
  process.env[variable] = JSON.stringify({ counter, folder });
  const lines = () =>
    readFileSync(logFile(folder), 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  try {
    // Only now, so that the modules take the functions that record.
    const { loseUpdates } = await import('#kata/10-race-processes/lose-updates.ts');
    let alive: number | undefined;
    const call = outcomeOf(loseUpdates(counter, processes, rounds)).finally(
      () => (alive = children.started.filter(isRunning).length),
    );
    if (disturbance && disturbance.role !== 'killed')
      await openGates(folder, children.started, disturbance.child, lines, () => alive !== undefined);
    const outcome = await call;
    return {
      parent: process.pid,
      children: children.started.map(({ pid }) => Number(pid)),
      steps: lines().filter((line): line is Step => line.what !== 'idle' && line.what !== 'gate'),
      alive: alive ?? 0,
      endings: children.started.flatMap(({ exitCode, signalCode }) => exitCode ?? signalCode ?? []),
      ...outcome,
      text: existsSync(counter) ? readFileSync(counter, 'utf8') : undefined,
    };
  } finally {
    recorder.restore();
    children.forget();
    delete process.env[variable];
    process.execArgv = flags;
    await rm(folder, { recursive: true, force: true });
  }
}

/** Records a call in which a process starts late, after another call of the same process has failed. */
export async function recordAfterFailure(start: string): Promise<Recording> {
  // Usually, others have reported by the time that this one is gone, so reports are left over.
  await record(start, 3, 2, { child: 1, role: 'exits after a write' });
  return record(start, 2, 1, { child: 1, role: 'gate at start' });
}

async function outcomeOf(call: Promise<unknown>): Promise<Pick<Recording, 'result' | 'error'>> {
  try {
    return { result: await call };
  } catch (error) {
    rethrowNotImplemented(error);
    return { error: chain(error) };
  }
}

const chain = (error: unknown): string =>
  error instanceof Error && error.cause !== undefined
    ? `${String(error)}, caused by ${chain(error.cause)}`
    : String(error);

/** Gives every child process its role as soon as it has a process id. */
function watchChildren(folder: string, { child: disturbed, role }: Partial<Disturbance> = {}) {
  const started: ChildProcess[] = [];
  const watch = (message: unknown) => {
    const { process: child } = message as { process: ChildProcess };
    const own = started.push(child) - 1 === disturbed ? role : undefined;
    if (own === 'killed') child.once('message', () => child.kill('SIGKILL'));
    child.once('spawn', () =>
      writeFileSync(roleFile(folder, Number(child.pid)), own === undefined || own === 'killed' ? 'free' : own),
    );
  };
  subscribe('child_process', watch);
  return { started, forget: () => unsubscribe('child_process', watch) };
}

/**
 * Lets the disturbed child go on, again and again, but only when the others have come to rest: they have done all that
 * they can do without it.
 */
async function openGates(
  folder: string,
  started: readonly ChildProcess[],
  disturbed: number,
  lines: () => Line[],
  isOver: () => boolean,
): Promise<void> {
  for (let gate = 0, turns = 0; !isOver(); turns++) {
    await sleep(pause);
    const child = started[disturbed];
    const all = lines();
    const isOf =
      (process: ChildProcess | undefined) =>
      ({ pid }: Line) =>
        pid === process?.pid;
    if (all.filter(({ what }) => what !== 'idle').findLast(isOf(child))?.what !== 'gate') continue;
    const others = started.filter((each) => each !== child && isRunning(each));
    const idle = all.slice(all.findLastIndex(({ what }) => what !== 'idle') + 1);
    const atRest = others.every((other) => idle.filter(isOf(other)).length >= idleTimes);
    // If there are no others, the caller may be about to start some.
    if (!atRest || (others.length === 0 && turns < turnsAlone)) continue;
    writeFileSync(gateFile(folder, Number(child?.pid), gate++), '');
    turns = 0;
  }
}
