// Changes how the Workers of this process start. Runs in the student's process, inside the arena.
import { syncBuiltinESMExports } from 'node:module';
// The default export is the object that is changed.
// eslint-disable-next-line no-restricted-syntax
import threads, { type Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * From now on, every new Worker starts with the options that `change` returns.
 * @param change receives the options and the number of Workers started before
 * @param sent is called with each message that is posted to a Worker
 * @returns a function that restores the original Worker
 */
export function patchWorkers(
  change: (options: WorkerOptions, index: number) => WorkerOptions,
  sent: (value: unknown) => void = () => undefined,
): () => void {
  const { Worker: Original } = threads;
  let started = 0;
  const use = (constructor: typeof Worker) => {
    threads.Worker = constructor;
    syncBuiltinESMExports();
  };
  use(
    class extends Original {
      constructor(file: string | URL, options: WorkerOptions = {}) {
        super(file, change(options, started++));
      }

      override postMessage(...args: Parameters<Worker['postMessage']>): void {
        sent(args[0]);
        super.postMessage(...args);
      }
    },
  );
  return () => use(Original);
}

/** @returns options with which a Worker runs code before its own file */
export function withPreload(options: WorkerOptions, code: string): WorkerOptions {
  // A Worker refuses flags that hold for a whole process, such as its heap size.
  const flags = (options.execArgv ?? process.execArgv).filter((flag) => !flag.startsWith('--max-'));
  return { ...options, execArgv: [...flags, '--import', `data:text/javascript,${encodeURIComponent(code)}`] };
}
