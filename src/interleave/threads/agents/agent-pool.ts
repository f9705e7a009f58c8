// Agents that wait for the next exploration with the module already imported: a Worker takes tens of milliseconds to
// start.
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Agent } from './agent.ts';

/** Idle agents kept. */
const KEPT = 8;

const idle: { agent: Agent; key: string }[] = [];
const resolveFrom = createRequire(import.meta.url);

/** A module as given, ready for `import()` in an agent. Paths are relative to the working directory. */
export function moduleSpecifier(module: string | URL): string {
  if (module instanceof URL) return module.href;
  if (/^(\.{0,2}[/\\]|[A-Za-z]:[/\\])/.test(module)) return pathToFileURL(module).href;
  return module;
}

/** An agent that has imported the module, or a fresh one. */
export function takeAgent(specifier: string): Agent {
  const key = versionOf(specifier);
  for (let at = idle.length - 1; at >= 0; at--) {
    const { agent } = idle[at]!;
    if (agent.gone) idle.splice(at, 1);
    else if (idle[at]!.key === key) return idle.splice(at, 1)[0]!.agent;
  }
  return new Agent();
}

/** Keeps an agent at rest for a later exploration of the same module. */
export function keepAgent(agent: Agent, specifier: string): void {
  idle.push({ agent, key: versionOf(specifier) });
  while (idle.length > KEPT) idle.shift()!.agent.terminate();
}

/** Ends all idle agents. They never keep the process alive; this is for those who count threads. */
export function closeAgents(): void {
  for (const { agent } of idle.splice(0)) agent.terminate();
}

/**
 * A changed file is a new module: an agent that has imported the old one is of no use. (What that file imports is not
 * watched.)
 */
function versionOf(specifier: string): string {
  try {
    const file = specifier.startsWith('file:') ? fileURLToPath(specifier) : resolveFrom.resolve(specifier);
    const { mtimeMs, size } = statSync(file);
    return `${specifier} ${mtimeMs} ${size}`;
  } catch {
    return specifier;
  }
}
