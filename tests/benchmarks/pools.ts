import { availableParallelism } from 'node:os';
import { contenders, type Contender } from './pool-contenders.ts';

const SIZE = 2;
const names = Object.keys(contenders);
const peers = ['piscina', 'tinypool', 'workerpool'];

/** A row of the table: what a pool is asked to do. */
interface Measure {
  readonly title: string;
  readonly unit: 'µs an item' | 'ms';
  /** How many milliseconds each item computes. */
  readonly items: readonly number[];
  readonly work: (pool: Contender, items: readonly number[]) => Promise<unknown>;
}

const trivial = (count: number): number[] => new Array<number>(count).fill(0);
const map: Measure['work'] = (pool, items) => pool.map(items);

const measures: readonly Measure[] = [
  {
    title: 'trivial, one by one',
    unit: 'µs an item',
    items: trivial(3_000),
    work: async (pool, items) => {
      for (const item of items) await pool.run(item);
    },
  },
  {
    title: 'trivial, all at once',
    unit: 'µs an item',
    items: trivial(20_000),
    work: (pool, items) => Promise.all(items.map((item) => pool.run(item))),
  },
  {
    title: '100 000 trivial, map in chunks of 1 000',
    unit: 'µs an item',
    items: trivial(100_000),
    work: (pool, items) => pool.map(items, 1_000),
  },
  { title: '400 tasks of 1 ms', unit: 'ms', items: new Array<number>(400).fill(1), work: map },
  { title: '12 tasks of 50 ms', unit: 'ms', items: new Array<number>(12).fill(50), work: map },
  {
    title: '4 of 50 ms among 200 of 1 ms',
    unit: 'ms',
    items: Array.from({ length: 204 }, (_, index) => (index % 51 === 0 ? 50 : 1)),
    work: map,
  },
];

/** Best of the rounds, in the measure's unit, by the pool's name. */
type Row = Readonly<Record<string, number>>;

/**
 * Measures the reference pools beside piscina, tinypool and workerpool, two Workers each, in the same rounds and in
 * rotating order. Takes about a minute.
 * @param print called with each line of a Markdown table; a cell is the best of the rounds, lower is better
 * @param options with `quick` one round of at most ten items a row, to see that everything runs
 */
export async function run(print: (line: string) => void, { quick }: { quick?: boolean } = {}): Promise<void> {
  const rounds = quick ? 1 : 3;
  print(
    `${SIZE} Workers each, ${quick ? 'one round' : `best of ${rounds} rounds`}, Node ${process.version}, ` +
      `${availableParallelism()} processors; lower is better.\n`,
  );
  const head = ['', ...names, 'ThreadPool : best peer'];
  print(`| ${head.join(' | ')} |`);
  print(`|${head.map((_, at) => (at === 0 ? '---' : '---:')).join('|')}|`);
  const startUp = await bestOf(rounds, async (name) => {
    const pool = contenders[name]!(SIZE);
    const time = await milliseconds(() => Promise.all([pool.run(0), pool.run(0)]));
    await pool.end();
    return time;
  });
  print(line('start-up: from `new` to the first two results (ms)', startUp));
  const pools = new Map(names.map((name) => [name, contenders[name]!(SIZE)]));
  try {
    // The first items of a Worker pay for its start and for cold code.
    for (const pool of pools.values()) await pool.map(trivial(quick ? 10 : 2_000));
    for (const { title, unit, items, work } of measures) {
      const some = quick ? items.slice(0, 10) : items;
      const factor = unit === 'ms' ? 1 : 1000 / some.length;
      const row = await bestOf(
        rounds,
        async (name) => factor * (await milliseconds(() => work(pools.get(name)!, some))),
      );
      print(line(`${title} (${unit})`, row));
    }
  } finally {
    await Promise.all([...pools.values()].map((pool) => pool.end()));
  }
}

async function bestOf(rounds: number, measure: (name: string) => Promise<number>): Promise<Row> {
  const best: Record<string, number> = {};
  for (let round = 0; round < rounds; round++) {
    // Another first each time, so that nobody always runs on the others' garbage.
    for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
      best[name] = Math.min(best[name] ?? Infinity, await measure(name));
    }
  }
  return best;
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function line(title: string, row: Row): string {
  const best = Math.min(...peers.map((name) => row[name]!));
  const times = names.map((name) => digits(row[name]!));
  return `| ${[title, ...times, `${digits(row['ThreadPool']! / best)} ×`].join(' | ')} |`;
}

const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
