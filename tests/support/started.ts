import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';

/** @returns the Workers and child processes that this process starts from now on, in the order of their start */
export function watchStarted(): (Worker | ChildProcess)[] {
  const started: (Worker | ChildProcess)[] = [];
  subscribe('worker_threads', (message) => void started.push((message as { worker: Worker }).worker));
  subscribe('child_process', (message) => void started.push((message as { process: ChildProcess }).process));
  return started;
}

/** Right before its 'exit' event, a Worker loses its id, and a child process gets an exit code or a signal. */
export const isRunning = (started: Worker | ChildProcess): boolean =>
  'threadId' in started ? started.threadId !== -1 : started.exitCode === null && started.signalCode === null;
