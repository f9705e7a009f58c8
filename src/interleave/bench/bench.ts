// How fast the explorer is, and what a stress test of the same programs on real threads finds in the same run.
import { Worker } from 'node:worker_threads';
import { loaderFlags } from '#src/loader/index.ts';
import { closeAgents, explore } from '../index.ts';
import type { ExploreOptions, MemorySpec, ThreadSpec } from '../index.ts';

const counters = new URL('../testing/fixtures/threads/counters.ts', import.meta.url);
const locks = new URL('../testing/fixtures/threads/locks.ts', import.meta.url);
const algorithms = new URL('../testing/fixtures/threads/broken-algorithms.ts', import.meta.url);

/** Real runs of each stress test. */
const STRESS_RUNS = 2000;

interface Case {
  readonly title: string;
  readonly options: ExploreOptions;
  /**
   * Also run it as a stress test: failing runs are counted by the invariant, or by a body that threw or never came
   * back.
   */
  readonly stress?: boolean;
}

function lanes(count: number, body: string, args: (lane: number) => readonly unknown[] = () => []): ThreadSpec[] {
  return [...'ABCD'.slice(0, count)].map((name, lane) => ({ name, body, args: args(lane) }));
}

function counts(wanted: number): NonNullable<ExploreOptions['invariant']> {
  return ({ count }) => (count as Int32Array)[0] === wanted;
}

const count: MemorySpec = { count: 1 };
const lockMemory: MemorySpec = { lock: 1, count: 1 };
const lost = (times: number, options: Partial<ExploreOptions>): ExploreOptions => ({
  module: counters,
  threads: lanes(2, 'loadThenStore', () => [times]),
  memory: count,
  ...options,
});

const CASES: readonly Case[] = [
  { title: 'lost update 2 × 5, c ≤ 2', options: lost(5, { bound: 2 }) },
  { title: 'lost update 2 × 5, c ≤ 3', options: lost(5, { bound: 3 }) },
  { title: 'lost update 2 × 5, all schedules', options: lost(5, { unbounded: true }) },
  {
    title: '3 threads × 2 atomic adds, all',
    options: { module: counters, threads: lanes(3, 'atomicAdd', () => [2]), memory: count, unbounded: true },
  },
  { title: '2 threads × 20 steps, c ≤ 3', options: lost(10, { bound: 3 }) },
  {
    title: '2 threads × 20 steps, plain enumeration',
    options: lost(10, { unbounded: true, cache: false, budget: { schedules: 100_000 } }),
  },
  {
    title: '3 threads × 10 steps, c ≤ 2',
    options: { module: counters, threads: lanes(3, 'loadThenStore', () => [5]), memory: count, bound: 2 },
  },
  {
    title: '3 threads × 10 steps, plain enumeration',
    options: {
      module: counters,
      threads: lanes(3, 'loadThenStore', () => [5]),
      memory: count,
      unbounded: true,
      cache: false,
      budget: { schedules: 100_000 },
    },
  },
  {
    title: 'futex mutex, 3 threads, c ≤ 2',
    options: {
      module: locks,
      threads: lanes(3, 'futexThreeStates'),
      memory: lockMemory,
      invariant: counts(3),
      bound: 2,
    },
  },
  {
    title: 'plain increment 2 × 1',
    stress: true,
    options: {
      module: counters,
      threads: lanes(2, 'plainIncrement', () => [1]),
      memory: count,
      invariant: counts(2),
      expectRaces: 'allow',
    },
  },
  {
    title: 'test-then-set lock',
    stress: true,
    options: { module: algorithms, threads: lanes(2, 'testThenSet'), memory: lockMemory, invariant: counts(2) },
  },
  {
    title: 'futex that forgets sleepers',
    options: { module: algorithms, threads: lanes(3, 'forgetsSleepers'), memory: lockMemory },
  },
  {
    title: '3 dining philosophers',
    options: { module: algorithms, threads: lanes(3, 'leftForkFirst', (lane) => [lane, 3]), memory: { forks: 3 } },
  },
];

/**
 * Runs everything once cold (first exploration of a module: Workers start) and once warm.
 * @param _print not used: the columns of the table need all rows
 * @param options with `quick` one program only, to see that everything runs
 * @returns a text table; times in ms
 */
export async function run(_print: unknown, { quick }: { quick?: boolean } = {}): Promise<string> {
  const rows = [
    [
      'program',
      'verdict',
      'schedules',
      'steps',
      'cold ms',
      'warm ms',
      'schedules/s',
      'steps/s',
      `stress: failing of ${STRESS_RUNS}`,
    ],
  ];
  for (const { title, options, stress } of quick ? CASES.slice(0, 1) : CASES) {
    closeAgents();
    const cold = await timed(options);
    // The best of three, since the first warm runs still compile.
    const runs = [await timed(options), await timed(options), await timed(options)];
    const { report, ms } = runs.reduce((best, each) => (each.ms < best.ms ? each : best));
    const rate = (amount: number) => Math.round((amount / ms) * 1000).toLocaleString('en');
    const failing = stress ? `${await stressed(options)}` : '';
    rows.push([
      title,
      report.verdict,
      String(report.schedules),
      String(report.steps),
      cold.ms.toFixed(1),
      ms.toFixed(1),
      rate(report.schedules),
      rate(report.steps),
      failing,
    ]);
  }
  closeAgents();
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function timed(options: ExploreOptions): Promise<{ report: Awaited<ReturnType<typeof explore>>; ms: number }> {
  const start = performance.now();
  const report = await explore(options);
  return { report, ms: performance.now() - start };
}

/** The same bodies at full speed: real Workers that start each run together, over real memory. @returns failing runs */
async function stressed({ module, threads, memory, invariant }: ExploreOptions): Promise<number> {
  const words = Object.fromEntries(Object.keys(memory).map((name) => [name, new Int32Array(new SharedArrayBuffer(4))]));
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const specs = threads as readonly ThreadSpec[];
  const workers = specs.map(
    ({ body, args }) =>
      new Worker(new URL('./stress-worker.ts', import.meta.url), {
        execArgv: [...process.execArgv, ...loaderFlags],
        workerData: { module: (module as URL).href, body, args, words, gate },
      }),
  );
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('message', resolve))));
  let failing = 0;
  for (let round = 1; round <= STRESS_RUNS; round++) {
    for (const word of Object.values(words)) Atomics.store(word, 0, 0);
    Atomics.store(gate, 1, 0);
    Atomics.store(gate, 0, round);
    Atomics.notify(gate, 0);
    for (let done = Atomics.load(gate, 1); done < specs.length; done = Atomics.load(gate, 1))
      Atomics.wait(gate, 1, done, 1000);
    if (invariant?.(words, {}) !== true) failing++;
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  return failing;
}
