// Processes that work under the lock on real files while others of them are killed. Runs on the student's side.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** What a process does. */
export interface Job {
  name: string;
  path: string;
  /** How often it takes the lock. */
  rounds: number;
  /** The file operation at which it kills itself, counted from 1. */
  death?: { at: number; when: 'before' | 'during' | 'after' };
  /** Keeps the lock until it is killed. */
  stays?: boolean;
}

/** What a process reports: the end of a round, or what it found wrong. */
export type Report = { kind: 'round'; round: number } | { kind: 'intruder' } | { kind: 'stays' };

/** The file that they work on. */
export interface Tally {
  total: number;
  by: Record<string, number>;
}

/** What came of a run. */
export interface CrashRun {
  processes: number;
  kills: number;
  /** Of these, killed with the lock for sure. */
  holding: number;
  /** Processes that found the file changed by another one while they held the lock. */
  intruders: number;
  /** Rounds that the processes have reported. */
  reported: number;
  /** Sentences about counts that are wrong. */
  wrong: string[];
  /** What stayed in the folder besides the counter. */
  left: string[];
  /** Whether all processes stood still until patience was at an end. */
  stalled: boolean;
}

/** Milliseconds without any report and any end of a process. */
const patience = 20_000;

/**
 * Keeps `processes` running, most of them bound to be killed at a point drawn from `seed`, until `kills` were. Then as
 * many finish their work, and one more.
 */
export async function crashRun(processes: number, kills: number, seed: number): Promise<CrashRun> {
  const folder = await mkdtemp(join(tmpdir(), 'kata-lock-'));
  const path = join(folder, 'counter');
  await writeFile(path, JSON.stringify({ total: 0, by: {} } satisfies Tally));
  const run = new Run(path, kills, seed);
  try {
    await Promise.all(Array.from({ length: processes }, () => run.keepOneRunning()));
    if (!run.stalled) await run.one({ rounds: 1 });
    return { processes, ...(await run.result(folder)) };
  } finally {
    run.end();
    await rm(folder, { recursive: true, force: true });
  }
}

class Run {
  stalled = false;
  readonly #path: string;
  readonly #kills: number;
  readonly #random: () => number;
  readonly #running = new Set<ChildProcess>();
  readonly #rounds = new Map<string, number>();
  readonly #killed = new Set<string>();
  readonly #wrong: string[] = [];
  #started = 0;
  #holding = 0;
  #intruders = 0;
  #news = 0;

  constructor(path: string, kills: number, seed: number) {
    this.#path = path;
    this.#kills = kills;
    this.#random = randomFrom(seed);
  }

  async keepOneRunning(): Promise<void> {
    while (!this.stalled) {
      const doomed = this.#killed.size < this.#kills;
      await this.one(doomed ? this.#doom() : { rounds: 3 });
      if (!doomed) return;
    }
  }

  /** Runs a process to its end. */
  async one(plan: Omit<Job, 'name' | 'path'>): Promise<void> {
    const name = `p${++this.#started}`;
    const job: Job = { name, path: this.#path, ...plan };
    const child = fork(new URL('./contender.process.ts', import.meta.url), [JSON.stringify(job)]);
    this.#running.add(child);
    child.on('message', (report: Report) => this.#take(name, report, child));
    const watch = this.#watch();
    // Its last reports may come after its end.
    const [[code, signal]] = (await Promise.all([once(child, 'exit'), once(child, 'disconnect')])) as [
      [number | null, NodeJS.Signals | null],
      unknown,
    ];
    clearInterval(watch);
    this.#running.delete(child);
    this.#news++;
    if (this.stalled) return;
    if (signal === 'SIGKILL') this.#killed.add(name);
    else if (code !== 0) this.#wrong.push(`process ${name} ended with ${signal ?? `exit code ${code}`}`);
  }

  end(): void {
    for (const child of this.#running) child.kill('SIGKILL');
  }

  async result(folder: string): Promise<Omit<CrashRun, 'processes'>> {
    const { total, by } = JSON.parse(await readFile(this.#path, 'utf8')) as Tally;
    const sum = Object.values(by).reduce((a, b) => a + b, 0);
    if (total !== sum) this.#wrong.push(`the total is ${total}, but the processes have counted ${sum}`);
    for (const name of new Set([...Object.keys(by), ...this.#rounds.keys()])) {
      const [rounds, counted] = [this.#rounds.get(name) ?? 0, by[name] ?? 0];
      // A killed process may have counted once more, and not have come to report it.
      if (counted !== rounds && !(this.#killed.has(name) && counted === rounds + 1))
        this.#wrong.push(`process ${name} completed ${rounds} updates, but ${counted} of them are in the file`);
    }
    const own = new RegExp(`^${basename(this.#path)}(\\.p\\d+)?$`);
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    return {
      kills: this.#killed.size,
      holding: this.#holding,
      intruders: this.#intruders,
      reported: [...this.#rounds.values()].reduce((a, b) => a + b, 0),
      wrong: this.#wrong,
      left: names.filter((each) => each.isFile() && !own.test(each.name)).map((each) => each.name),
      stalled: this.stalled,
    };
  }

  #take(name: string, report: Report, child: ChildProcess): void {
    this.#news++;
    if (report.kind === 'round') this.#rounds.set(name, report.round);
    else if (report.kind === 'intruder') this.#intruders++;
    else {
      this.#holding++;
      child.kill('SIGKILL');
    }
  }

  /** One in four is killed from outside while it holds the lock, the others at any of their operations. */
  #doom(): Omit<Job, 'name' | 'path'> {
    if (this.#random() < 0.25) return { rounds: 100, stays: true };
    const when = (['before', 'during', 'after'] as const)[Math.floor(this.#random() * 3)] ?? 'after';
    return { rounds: 100, death: { at: 1 + Math.floor(this.#random() * 40), when } };
  }

  #watch(): NodeJS.Timeout {
    let seen = -1;
    let quiet = 0;
    return setInterval(() => {
      quiet = this.#news === seen ? quiet + 100 : 0;
      seen = this.#news;
      if (quiet < patience) return;
      this.stalled = true;
      this.end();
    }, 100);
  }
}

/** mulberry32 */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
