// Runs in the student's process, inside the arena. Handles can't be sent to another process, so the scenarios collect
// what the checks need as plain data.
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { rethrowNotImplemented } from '#src/verdict/index.ts';
import type { Range } from '#shared/countdown.ts';
import { isRunning, watchStarted } from '../support/started.ts';
import {
  countdownOnProcesses,
  startProcess,
  type CountdownProcess,
  type Exit,
} from '#kata/04-countdown-processes/processes.ts';

/** What a handle reports while its process runs. */
export interface Start {
  pid: unknown;
  parent: number;
  /** Whether the process was running when `startProcess` had returned. */
  aliveAtFirst: boolean;
  sum: number;
}

/** Uses the result and nothing else. */
export const resultOf = (range: Range): Promise<number> => startProcess(range).result;

/** The results of several processes that run at the same time, or their errors as text. */
export const resultsOf = (ranges: readonly Range[]): Promise<(number | string)[]> =>
  Promise.all(ranges.map((range) => startProcess(range).result.catch(refusal)));

export async function start(range: Range): Promise<Start> {
  const { pid, result } = startProcess(range);
  return { pid, parent: process.pid, aliveAtFirst: isAlive(pid), sum: await result };
}

export async function startAndJoin(range: Range): Promise<{ pid: unknown; exit: Exit; aliveAfterJoin: boolean }> {
  const handle = startProcess(range);
  const exit = await handle.join();
  return { pid: handle.pid, exit, aliveAfterJoin: isAlive(handle.pid) };
}

export async function joinTwice(range: Range): Promise<[Exit, Exit]> {
  const handle = startProcess(range);
  return [await handle.join(), await handle.join()];
}

/** Awaits the result and the end of the process, and only then calls `join` for the first time. */
export async function joinLate(range: Range): Promise<{ sum: number; exit: Exit }> {
  const handle = startProcess(range);
  const sum = await handle.result;
  while (isAlive(handle.pid)) await pause(5);
  await turn();
  return { sum, exit: await handle.join() };
}

/** @returns the names of two processes that run at the same time, and of one that is started when they have ended */
export async function namesOfThree(range: Range): Promise<string[]> {
  const handles = [startProcess(range), startProcess(range)];
  await Promise.all(handles.map((each) => each.join()));
  const last = startProcess(range);
  await last.join();
  return [...handles, last].map(({ name }) => name);
}

/** How a process ended that was made to fail. */
export interface Ending {
  /** The error of `result` and its causes as text, without the process's name and pid; undefined if it resolved. */
  error: string | undefined;
  sum: number | undefined;
  exit: Exit;
  /** What a second `join()` resolved to. */
  again: Exit;
}

export const crash = (range: Range): Promise<Ending> => endingOf(startProcess(range));

export function killed(range: Range, signal: NodeJS.Signals): Promise<Ending> {
  const handle = startProcess(range);
  process.kill(Number(handle.pid), signal);
  return endingOf(handle);
}

/** Makes every Node.js process that this one starts run `process.exit(0)` before its own program. */
export function exitsSilently(range: Range): Promise<Ending> {
  process.env['NODE_OPTIONS'] = '--import data:text/javascript,process.exit(0)';
  return endingOf(startProcess(range));
}

/** Joins and never uses `result`. An unhandled rejection would end this process within the next turns. */
export async function joinOnly(range: Range, when: 'at once' | 'when it has ended'): Promise<Exit> {
  const handle = startProcess(range);
  if (when === 'when it has ended') {
    while (isAlive(handle.pid)) await pause(5);
    for (let turns = 0; turns < 5; turns++) await turn();
  }
  const exit = await handle.join();
  for (let turns = 0; turns < 5; turns++) await turn();
  return exit;
}

export async function aborted(
  range: Range,
  when: 'before' | 'during',
  reason: unknown = new Error('enough'),
): Promise<Ending> {
  const controller = new AbortController();
  if (when === 'before') controller.abort(reason);
  const handle = startProcess(range, { signal: controller.signal });
  if (when === 'during') void turn().then(() => controller.abort(reason));
  return endingOf(handle);
}

/** A sum, and how busy this process's event loop was while it was computed: a share of the time, 0 to 1. */
export async function attendProcesses(n: number, count: number): Promise<{ sum: number; utilization: number }> {
  const before = performance.eventLoopUtilization();
  const sum = await countdownOnProcesses(n, count);
  return { sum, utilization: performance.eventLoopUtilization(before).utilization };
}

/** Counts for several pairs [n, processes], one after the other. Returns sums, or errors as text. */
export async function sumEach(pairs: readonly (readonly [number, number])[]): Promise<(number | string)[]> {
  const results: (number | string)[] = [];
  for (const [n, count] of pairs) results.push(await countdownOnProcesses(n, count).catch(refusal));
  return results;
}

/** @returns the error of a call and its causes as text; undefined if it resolved */
export const errorOf = (n: number, count: number): Promise<string | undefined> =>
  countdownOnProcesses(n, count).then(() => undefined, chain);

/** No child process gets to answer before `count` of them have been started: all are stopped until then. */
export function sumOnceAllHaveStarted(n: number, count: number): Promise<number> {
  const children: ChildProcess[] = [];
  subscribe('child_process', (message) => {
    const { process: child } = message as { process: ChildProcess };
    children.push(child);
    child.once('spawn', () => {
      if (children.length < count) child.kill('SIGSTOP');
      else for (const each of children) each.kill('SIGCONT');
    });
  });
  return countdownOnProcesses(n, count);
}

/**
 * Makes two calls that fail, one by an error and one by its signal, and a longer one at the same time.
 * @returns what the failed calls, the longer one and a call after them resolved to, or their errors as text
 */
export async function sumsDespiteFailure(
  n: number,
  longer: number,
  failing: number,
  count: number,
): Promise<(number | string)[]> {
  const during = countdownOnProcesses(longer, count).catch(refusal);
  const failed = await countdownOnProcesses(failing, count).catch(refusal);
  const aborted = await abortedGroup(failing - 1, count).catch(refusal);
  return [failed, aborted, await during, await countdownOnProcesses(n, count).catch(refusal)];
}

export function abortedGroup(n: number, count: number, when: 'before' | 'during' = 'during'): Promise<number> {
  const controller = new AbortController();
  const abort = () => controller.abort(new Error('enough'));
  if (when === 'before') abort();
  else void turn().then(abort);
  return countdownOnProcesses(n, count, { signal: controller.signal });
}

/**
 * Makes a call reject, by an abort if no part of it throws.
 * @returns how many of its child processes had not ended when it rejected
 */
export async function runningWhenRejected(n: number, count: number, how: 'fails' | 'aborts'): Promise<number> {
  const children = watchStarted();
  await (how === 'aborts' ? abortedGroup(n, count) : countdownOnProcesses(n, count)).catch(rethrowNotImplemented);
  return children.filter(isRunning).length;
}

/**
 * Kills one of several child processes as soon as it has started.
 * @param which its index, in the order of their start
 */
export function oneOfGroupKilled(n: number, count: number, which: number): Promise<number> {
  let started = 0;
  subscribe('child_process', (message) => {
    const { process: child } = message as { process: ChildProcess };
    if (started++ === which) child.once('spawn', () => child.kill('SIGKILL'));
  });
  return countdownOnProcesses(n, count);
}

async function endingOf(handle: CountdownProcess): Promise<Ending> {
  const [result] = await Promise.allSettled([handle.result]);
  const exit = await handle.join();
  const again = await handle.join();
  if (result.status === 'fulfilled') return { error: undefined, sum: result.value, exit, again };
  // Both may hold what a check looks for, such as a 1.
  const error = [handle.name, handle.pid].reduce<string>(
    (text, known) => (String(known) === '' ? text : text.replaceAll(String(known), '…')),
    chain(result.reason),
  );
  return { error, sum: undefined, exit, again };
}

function chain(error: unknown): string {
  return error instanceof Error && error.cause !== undefined
    ? `${String(error)}, caused by ${chain(error.cause)}`
    : String(error);
}

function refusal(error: unknown): string {
  rethrowNotImplemented(error);
  return String(error);
}

function isAlive(pid: unknown): boolean {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}
