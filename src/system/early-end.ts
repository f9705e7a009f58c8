/** What has to be undone when the process ends before its work does, latest first. */
const cleanUps: (() => void | Promise<void>)[] = [];
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `cleanUp` when this process ends early: at `process.exit` and at an uncaught error only its part up to the first
 * `await`, at Ctrl-C or a plain kill the whole of it. Nobody else gets to it: a process group of its own hears no
 * Ctrl-C.
 * @returns to be called when `cleanUp` is no longer needed
 */
export function onEarlyEnd(cleanUp: () => void | Promise<void>): () => void {
  if (cleanUps.length === 0) listen();
  cleanUps.push(cleanUp);
  return () => {
    const at = cleanUps.indexOf(cleanUp);
    if (at < 0) return;
    cleanUps.splice(at, 1);
    if (cleanUps.length === 0) forget();
  };
}

function listen(): void {
  process.on('exit', onExit);
  for (const signal of signals) process.on(signal, onSignal);
}

function forget(): void {
  process.off('exit', onExit);
  for (const signal of signals) process.off(signal, onSignal);
}

function onExit(): void {
  for (const cleanUp of cleanUps.splice(0).reverse()) void cleanUp();
}

function onSignal(signal: NodeJS.Signals): void {
  void cleanAll().finally(() => {
    forget();
    // Without listeners the signal ends the process as the sender expects. Another listener ends it in its own time.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  });
}

async function cleanAll(): Promise<void> {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
}
