// Bodies that run in the calling thread, for tests of the search: no Worker, no wire, the same body host as in an
// agent.
import { BodyHost, controlBuffer, controlledAtomics, facade } from '../bodies/index.ts';
import { arrayOf, growHistory, markNotDeterministic, nodeToLocate, setSites } from '../model/index.ts';
import type { Executor, HistoryNode, InProcessBody, MemoryCopy, MemoryLayout, Model } from '../model/index.ts';
import { SourceSites } from '../steps/index.ts';
import type { RunAnswer } from '../steps/index.ts';

/** A body with its arguments. */
export interface BoundBody {
  readonly body: InProcessBody;
  readonly args: readonly unknown[];
}

/** Runs bodies that are functions of this process. */
export class InProcessExecutor implements Executor {
  readonly sites = new SourceSites();
  readonly #layout: MemoryLayout;
  readonly #hosts: readonly BodyHost[];
  readonly #calls: readonly (() => unknown)[];

  constructor(bodies: readonly BoundBody[], layout: MemoryLayout) {
    this.#layout = layout;
    this.#hosts = bodies.map(() => new BodyHost());
    this.#calls = bodies.map(({ body, args }, thread) => {
      const host = this.#hosts[thread]!;
      const memory = facadesOf(layout, host);
      const atomics = controlledAtomics(host);
      return () => body(memory, atomics, ...args);
    });
  }

  extend(thread: number, model: Model, steps: number): boolean {
    const node = model.nodes[thread]!;
    const answer = this.#run(thread, node, model, steps, false);
    if (!growHistory(node, answer, (site) => this.#siteOf(thread, site)))
      markNotDeterministic(node, this.#run(thread, node, model, 0, true).steps, this.#layout);
    return true;
  }

  locate(model: Model): Promise<void> {
    model.nodes.forEach((_, thread) => {
      const node = nodeToLocate(thread, model);
      if (node) setSites(node, this.#run(thread, node, model, 0, true).steps, (site) => this.#siteOf(thread, site));
    });
    return Promise.resolve();
  }

  revive(): Promise<void> {
    return Promise.resolve();
  }

  demonstrate(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  release(): void {
    // There is no agent.
  }

  #run(thread: number, node: HistoryNode, model: Model, steps: number, located: boolean): RunAnswer {
    const memory = model.state.buffer.slice(0, this.#layout.byteLength);
    return this.#hosts[thread]!.run(this.#calls[thread]!, {
      results: node.results(),
      memory,
      sleepers: model.sleepers(),
      steps,
      locate: located,
    });
  }

  #siteOf(thread: number, site: number): number {
    return site < 0 ? -1 : this.sites.intern(this.#hosts[thread]!.sites.list[site]!);
  }
}

function facadesOf(layout: MemoryLayout, host: BodyHost): MemoryCopy {
  const buffer = new SharedArrayBuffer(layout.byteLength);
  layout.initialize(buffer);
  controlBuffer(buffer, host, 0);
  return Object.fromEntries(layout.words.map((word) => [word.name, facade(arrayOf(word, buffer))]));
}
