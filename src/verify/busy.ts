import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onEarlyEnd } from '#src/system/index.ts';

const program = fileURLToPath(new URL('./busy-process.js', import.meta.url));

/**
 * Keeps processors busy, to show that verdicts do not depend on a quiet machine.
 * @param count how many processes, each wanting one processor for itself
 * @returns a function that ends them and resolves when they are gone
 */
export function startBusyProcesses(count: number): () => Promise<void> {
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, [program], { stdio: ['pipe', 'ignore', 'inherit'] }),
  );
  const exits = children.map((child) => new Promise<void>((resolve) => child.once('exit', () => resolve())));
  const kill = () => children.forEach((child) => child.kill('SIGKILL'));
  const forget = onEarlyEnd(kill);
  return async () => {
    kill();
    await Promise.all(exits);
    forget();
  };
}
