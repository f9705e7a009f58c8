import { described, type Described } from '#src/exploration/index.ts';
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
  'two-increments': described(
    3,
    'processes A and B each call increment once, on the count 0',
    program('./increment-explored.ts', 'counter-file.ts', 'increments'),
  ),
  'two-replaced': described(
    4,
    'processes A and B each read the count 0 and replace the file by one with the count plus 1',
    replaced('increments'),
  ),
  'one-writer': described(4, 'one process replaces the count 5 by 6', replaced('replaces', [6])),
  'two-writers': described(4, 'processes A and B replace the count 5 by 6 and 7', replaced('replaces', [6, 7])),
  'three-writers': described(
    4,
    'processes A, B and C replace the count 5 by 10, 200 and 7',
    replaced('replaces', [10, 200, 7]),
  ),
} satisfies Record<string, Described<PromiseProgram>>;
