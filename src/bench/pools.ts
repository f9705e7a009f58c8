import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { contenders, type Contender } from './pool-contenders.ts';

const SIZE = 2;
const ROUNDS = 3;
const names = Object.keys(contenders);
const peers = ['piscina', 'tinypool', 'workerpool'];

/** A row of the table: what a pool is asked to do. */
interface Measure {
  readonly title: string;
  readonly unit: 'µs an item' | 'ms';
  /** Times are divided by it. */
  readonly items: number;
  readonly work: (pool: Contender) => Promise<unknown>;
}

const trivial = (count: number): number[] => new Array<number>(count).fill(0);
const shuffled = Array.from({ length: 204 }, (_, index) => (index % 51 === 0 ? 50 : 1));

const measures: readonly Measure[] = [
  {
    title: 'trivial, one by one',
    unit: 'µs an item',
    items: 3_000,
    work: async (pool) => {
      for (const item of trivial(3_000)) await pool.run(item);
    },
  },
  {
    title: 'trivial, all at once',
    unit: 'µs an item',
    items: 20_000,
    work: (pool) => Promise.all(trivial(20_000).map((item) => pool.run(item))),
  },
  {
    title: '100 000 trivial, map in chunks of 1 000',
    unit: 'µs an item',
    items: 100_000,
    work: (pool) => pool.map(trivial(100_000), 1_000),
  },
  { title: '400 tasks of 1 ms', unit: 'ms', items: 1, work: (pool) => pool.map(new Array<number>(400).fill(1)) },
  { title: '12 tasks of 50 ms', unit: 'ms', items: 1, work: (pool) => pool.map(new Array<number>(12).fill(50)) },
  { title: '4 of 50 ms among 200 of 1 ms', unit: 'ms', items: 1, work: (pool) => pool.map(shuffled) },
];

/** Best of the rounds, in the measure's unit, by the pool's name. */
type Row = Readonly<Record<string, number>>;

/**
 * The reference pools beside piscina, tinypool and workerpool, two Workers each, in the same rounds and rotating order.
 * @returns the table as Markdown; a cell is the best of the rounds, lower is better. Takes about a minute.
 */
export async function run(): Promise<string> {
  const rows: [Measure, Row][] = [];
  const startUp = await bestOf(names, async (name) => {
    const pool = contenders[name]!(SIZE);
    const time = await milliseconds(() => Promise.all([pool.run(0), pool.run(0)]));
    await pool.end();
    return time;
  });
  rows.push([
    { title: 'start-up: from `new` to the first two results', unit: 'ms', items: 1, work: async () => {} },
    startUp,
  ]);
  const pools = new Map(names.map((name) => [name, contenders[name]!(SIZE)]));
  try {
    // The first items of a Worker pay for its start and for cold code.
    for (const pool of pools.values()) await pool.map(trivial(2_000));
    for (const measure of measures) {
      const factor = measure.unit === 'ms' ? 1 : 1000 / measure.items;
      rows.push([
        measure,
        await bestOf(names, async (name) => factor * (await milliseconds(() => measure.work(pools.get(name)!)))),
      ]);
    }
  } finally {
    await Promise.all([...pools.values()].map((pool) => pool.end()));
  }
  return table(rows);
}

async function bestOf(of: readonly string[], measure: (name: string) => Promise<number>): Promise<Row> {
  const best: Record<string, number> = {};
  for (let round = 0; round < ROUNDS; round++) {
    // Another first each time, so that nobody always runs on the others' garbage.
    for (const name of [...of.slice(round % of.length), ...of.slice(0, round % of.length)]) {
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

function table(rows: readonly (readonly [Measure, Row])[]): string {
  const lines = rows.map(([{ title, unit }, row]) => {
    const best = Math.min(...peers.map((name) => row[name]!));
    const times = names.map((name) => digits(row[name]!));
    return `| ${[`${title} (${unit})`, ...times, `${digits(row['ThreadPool']! / best)} ×`].join(' | ')} |`;
  });
  const head = ['', ...names, 'ThreadPool : best peer'];
  return [
    `${SIZE} Workers each, best of ${ROUNDS} rounds, Node ${process.version}, ${availableParallelism()} processors; lower is better.`,
    '',
    `| ${head.join(' | ')} |`,
    `|${head.map((_, at) => (at === 0 ? '---' : '---:')).join('|')}|`,
    ...lines,
  ].join('\n');
}

const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(await run());
