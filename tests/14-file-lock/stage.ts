// What the scenarios have in common: who takes part, who dies, and who comes last.
import type { Scene, World } from '#src/interleave/index.ts';
import { Machine } from './machine.ts';

/** Who takes part in a scene. */
export interface Plot {
  /** Processes that begin together. */
  processes: readonly string[];
  /** One of them, which is killed at any step. */
  crash?: string;
  /** Whether a process X has died with the lock before they begin. */
  afterDeath?: boolean;
  /** Whether nobody comes when all others have ended. */
  last?: boolean;
  /** How often a process W has taken and released the lock before they begin. */
  earlier?: number;
  /** Processes that got the pid of another one: `{ A: 'X' }`. */
  reused?: Record<string, string>;
}

/** Sets the tasks of a scene. If somebody dies, a process Z comes when all others have ended. */
export class Stage {
  readonly machine: Machine;
  readonly #world: World;
  readonly #plot: Plot;
  readonly #begin = new Gate();
  readonly #ends: ReadonlyMap<string, Gate>;

  constructor(world: World, plot: Plot) {
    this.#world = world;
    this.#plot = plot;
    this.machine = new Machine(world, plot.reused);
    this.#ends = new Map(plot.processes.map((name) => [name, new Gate()]));
    if (!plot.afterDeath && !plot.earlier) this.#begin.open();
  }

  /** @returns the names of the processes that must come to their end */
  get #survivors(): string[] {
    const { processes, crash, afterDeath, last } = this.#plot;
    const late = last !== true && (crash !== undefined || afterDeath);
    return [...processes.filter((name) => name !== crash), ...(late ? ['Z'] : [])];
  }

  /**
   * @param visit what a process does
   * @param dies what X does before all others: it takes the lock and calls `die`, which never comes back
   */
  tasks(
    visit: (name: string) => Promise<unknown>,
    dies: (die: () => Promise<void>) => Promise<unknown>,
  ): Scene['tasks'] {
    const { processes, crash, afterDeath, earlier } = this.#plot;
    const tasks: Scene['tasks'] = {};
    if (earlier !== undefined)
      tasks['W'] = async () => {
        for (let time = 0; time < earlier; time++) await visit('W');
        this.#begin.open();
      };
    if (afterDeath) tasks['X'] = () => dies(() => this.#die('X'));
    for (const name of processes)
      tasks[name] = async () => {
        await this.#begin.opened;
        const value = await visit(name);
        this.#ends.get(name)?.open();
        return value;
      };
    if (crash !== undefined)
      tasks['crash'] = async () => {
        await this.#begin.opened;
        await this.#world.operation(`kill ${crash}`, () => {
          this.machine.kill(crash);
          this.#ends.get(crash)?.open();
        });
      };
    if (this.#survivors.includes('Z'))
      tasks['Z'] = async () => {
        await Promise.all([...this.#ends.values()].map((end) => end.opened));
        return visit('Z');
      };
    return tasks;
  }

  /** @returns a sentence if a process that lives has not returned */
  allDone(returned: Record<string, unknown>): string | undefined {
    const late = this.#survivors.find((name) => returned[name] === undefined);
    return late === undefined ? undefined : `process ${late} has not finished its work`;
  }

  async #die(process: string): Promise<void> {
    this.machine.kill(process);
    this.#begin.open();
    await Promise.resolve();
  }
}

/** Something that tasks wait for. */
export class Gate {
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));
}
