// The threads of one exploration, wherever they live: in this process (tests) or in agents.
import { InProcessProgram } from './in-process-executor.ts';
import type { BoundBody } from './in-process-executor.ts';
import type { Model } from '../model/model.ts';
import type { CheckedProgram } from '../model/check-program.ts';
import type { SourceSites } from '../bodies/source-sites.ts';
import type { ThreadProgram } from '../model/executor.ts';
import type { TraceStep } from '../search/trace.ts';
import { AgentProgram } from './agent-executor.ts';

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
