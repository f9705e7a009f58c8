/** Clean-ups to run if the process ends early, the latest first. */
const cleanUps: (() => void | Promise<void>)[] = [];
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `cleanUp` if this process ends early. At Ctrl-C or SIGTERM all of it runs; at `process.exit` and at an uncaught
 * error, only the part before its first `await`. Needed because a child that leads its own process group does not
 * receive Ctrl-C.
 * @returns a function that cancels this, for when `cleanUp` is no longer needed
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
    // Without listeners, the signal ends the process as its sender expects. Another listener decides by itself.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  });
}

async function cleanAll(): Promise<void> {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
}
