// The threads of one exploration, wherever they live: in this process (tests) or in agents.
import { InProcessProgram } from './in-process-program.ts';
import type { BoundBody } from './in-process-program.ts';
import type { Model } from './model.ts';
import type { CheckedProgram } from './program-spec.ts';
import type { SourceSites } from './source-sites.ts';
import type { ThreadProgram } from './thread-program.ts';
import type { TraceStep } from './trace.ts';
import { AgentProgram } from './agent-program.ts';

/** Threads that can be asked, run for real, and given back. */
export interface Cast extends ThreadProgram {
  readonly sites: SourceSites;
  /** Finds the source positions of the steps that led to the model's state. */
  locate(model: Model): Promise<void>;
  /** Replaces agents that are away. */
  revive(): Promise<void>;
  /**
   * Runs a schedule on the real threads over real shared memory.
   * @returns whether every step did what the trace says; undefined if there are no real threads
   */
  demonstrate(trace: readonly TraceStep[]): Promise<boolean | undefined>;
  /** Gives the agents back. */
  release(): void;
}

/** @throws {Error} if the module cannot be imported or lacks a body */
export async function openCast(program: CheckedProgram): Promise<Cast> {
  if (typeof program.lanes[0]!.body === 'string') return AgentProgram.open(program);
  const threads = new InProcessProgram(program.lanes as readonly BoundBody[], program.layout);
  return Object.assign(threads, {
    revive: () => Promise.resolve(),
    demonstrate: () => Promise.resolve(undefined),
    release: () => undefined,
  });
}
