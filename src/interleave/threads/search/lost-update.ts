// A lost update: a thread writes what it has made of a value that another thread has changed since.
import type { StepRecord } from '../model/index.ts';
import { Kind, mayWrite } from '../steps/index.ts';

/** A step, and whether it left its cell of memory changed. */
export interface MemoryStep extends Pick<StepRecord, 'thread' | 'operation' | 'result'> {
  readonly changed: boolean;
}

/** Three steps, as indexes: the read, the write of another thread to that cell, and the write that came too late. */
export interface LostUpdate {
  readonly read: number;
  readonly between: number;
  readonly write: number;
}

/** @returns the update that the last of the steps loses, if it does */
export function lostByLast(steps: readonly MemoryStep[]): LostUpdate | undefined {
  const write = steps.length - 1;
  const last = steps[write];
  // A step that reads and writes at once can't write what is out of date.
  if (!last || (last.operation.kind !== Kind.WRITE && last.operation.kind !== Kind.STORE)) return undefined;
  let between: number | undefined;
  for (let at = write - 1; at >= 0; at--) {
    const { thread, operation, changed } = steps[at]!;
    if (operation.offset !== last.operation.offset || operation.kind === Kind.PAUSE || operation.kind === Kind.NOTIFY)
      continue;
    if (thread !== last.thread) {
      if (changed) between = at;
    } else if (mayWrite(operation.kind)) return undefined;
    else return between === undefined ? undefined : { read: at, between, write };
  }
  return undefined;
}
