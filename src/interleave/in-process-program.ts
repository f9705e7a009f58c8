// Bodies that run in the calling thread, for tests of the search: no Worker, no protocol, the same body host as in an agent.
import { BodyHost } from './body-host.ts';
import { controlledAtomics } from './controlled-atomics.ts';
import type { MemoryLayout } from './memory-layout.ts';
import type { Model } from './model.ts';
import { arrayOf } from './memory-layout.ts';
import { controlBuffer, facade } from './shared-array-facade.ts';
import { SourceSites } from './source-sites.ts';
import { absorb } from './thread-program.ts';
import type { ThreadProgram } from './thread-program.ts';
import type { InProcessBody, MemoryCopy } from './types.ts';

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
    const host = this.hosts[thread]!;
    const node = model.nodes[thread]!;
    const memory = model.state.buffer.slice(0, this.layout.byteLength);
    const answer = host.run(this.calls[thread]!, { results: node.results(), memory, sleepers: model.sleepers(), steps });
    absorb(node, answer.steps, answer.end, this.layout, (site) => (site < 0 ? -1 : this.sites.intern(host.sites.list[site]!)));
    return true;
  }
}

function facadesOf(layout: MemoryLayout, host: BodyHost): MemoryCopy {
  const buffer = new SharedArrayBuffer(layout.byteLength);
  layout.initialize(buffer);
  controlBuffer(buffer, host, 0);
  return Object.fromEntries(layout.words.map((word) => [word.name, facade(arrayOf(word, buffer))]));
}
