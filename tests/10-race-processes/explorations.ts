import type { PromiseProgram } from '#src/interleave/index.ts';

const program =
  (module: string, source: string, scenario: string, ...args: unknown[]) =>
  (): PromiseProgram => ({
    module: new URL(module, import.meta.url),
    scenario,
    args,
    source: `#kata/10-race-processes/${source}`,
  });

const replaced = (scenario: string, ...args: unknown[]) =>
  program('./replace-explored.ts', 'replace-counter.ts', scenario, ...args);

/** What the suite explores. `npm run kata replay 10 <name> <schedule>` replays one schedule of it. */
export const explorations = {
  'two-increments': program('./increment-explored.ts', 'counter-file.ts', 'increments'),
  'two-replaced': replaced('increments'),
  'one-writer': replaced('replaces', [6]),
  'two-writers': replaced('replaces', [6, 7]),
  'three-writers': replaced('replaces', [10, 200, 7]),
};
