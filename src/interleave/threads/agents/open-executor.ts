import type { CheckedProgram, Executor } from '../model/index.ts';
import { AgentExecutor } from './agent-executor.ts';
import { InProcessExecutor, type BoundBody } from './in-process-executor.ts';

/** @throws {ExplorerError} if the module cannot be imported or lacks a body */
export async function openExecutor(program: CheckedProgram): Promise<Executor> {
  return typeof program.threads[0]!.body === 'string'
    ? AgentExecutor.open(program)
    : new InProcessExecutor(program.threads as readonly BoundBody[], program.layout);
}
