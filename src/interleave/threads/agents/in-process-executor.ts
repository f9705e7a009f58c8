// Bodies that run in the calling thread, for tests of the search: no Worker, no protocol, the same body host as in an agent.
import { BodyHost } from '../bodies/body-host.ts';
import type { RunAnswer } from '../bodies/body-host.ts';
import { controlledAtomics } from '../bodies/controlled-atomics.ts';
import type { HistoryNode } from '../model/history.ts';
import type { MemoryLayout } from '../model/memory-layout.ts';
import type { Model } from '../model/model.ts';
import { arrayOf } from '../model/memory-layout.ts';
import { controlBuffer, facade } from '../bodies/shared-array-facade.ts';
import { SourceSites } from '../bodies/source-sites.ts';
import { absorb, disown, locatable, locate } from '../model/executor.ts';
import type { ThreadProgram } from '../model/executor.ts';
import type { InProcessBody, MemoryCopy } from '../model/types.ts';

/** A body with its arguments. */
export interface BoundBody {
  readonly body: InProcessBody;
  readonly args: readonly unknown[];
}

/** Threads whose bodies are functions of this process. */
export class InProcessProgram implements ThreadProgram {
  /** Source positions of all threads. */
  readonly sites = new SourceSites();
  private readonly layout: MemoryLayout;
  private readonly hosts: readonly BodyHost[];
  private readonly calls: readonly (() => unknown)[];

  constructor(bodies: readonly BoundBody[], layout: MemoryLayout) {
    this.layout = layout;
    this.hosts = bodies.map(() => new BodyHost());
    this.calls = bodies.map(({ body, args }, thread) => {
      const host = this.hosts[thread]!;
      const memory = facadesOf(layout, host);
      const atomics = controlledAtomics(host);
      return () => body(memory, atomics, ...args);
    });
  }

  extend(thread: number, model: Model, steps: number): boolean {
    const node = model.nodes[thread]!;
    const answer = this.run(thread, node, model, steps, false);
    if (!absorb(node, answer, (site) => this.siteOf(thread, site)))
      disown(node, this.run(thread, node, model, 0, true).steps, this.layout);
    return true;
  }

  /** Finds the source positions of the steps that led to the model's state. */
  locate(model: Model): Promise<void> {
    model.nodes.forEach((_, thread) => {
      const node = locatable(thread, model);
      if (node) locate(node, this.run(thread, node, model, 0, true).steps, (site) => this.siteOf(thread, site));
    });
    return Promise.resolve();
  }

  private run(thread: number, node: HistoryNode, model: Model, steps: number, located: boolean): RunAnswer {
    const memory = model.state.buffer.slice(0, this.layout.byteLength);
    return this.hosts[thread]!.run(this.calls[thread]!, {
      results: node.results(),
      memory,
      sleepers: model.sleepers(),
      steps,
      locate: located,
    });
  }

  private siteOf(thread: number, site: number): number {
    return site < 0 ? -1 : this.sites.intern(this.hosts[thread]!.sites.list[site]!);
  }
}

function facadesOf(layout: MemoryLayout, host: BodyHost): MemoryCopy {
  const buffer = new SharedArrayBuffer(layout.byteLength);
  layout.initialize(buffer);
  controlBuffer(buffer, host, 0);
  return Object.fromEntries(layout.words.map((word) => [word.name, facade(arrayOf(word, buffer))]));
}
