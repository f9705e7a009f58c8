// One schedule, run through once more with a record of every step: what reports are made of.
import { arrayOf } from '../model/index.ts';
import type { MemoryLayout, TraceStep } from '../model/index.ts';
import type { Value } from '../steps/index.ts';
import type { Walker } from './walker.ts';

/** Runs a schedule whose operations are all known; the walker stands at its end afterwards. */
export function traceOf(walker: Walker, path: ArrayLike<number>): TraceStep[] {
  const { model } = walker;
  walker.rewind(0);
  const trace: TraceStep[] = [];
  for (let at = 0; at < path.length; at++) {
    walker.arrive();
    const thread = path[at]!;
    const timer = model.isAsleep(thread);
    const preemption = !timer && model.current >= 0 && model.current !== thread;
    walker.forward(thread);
    trace.push({ ...model.last!, preemption, memory: memoryOf(model.layout, model.state.buffer) });
  }
  return trace;
}

/** How many of its steps preempt. */
export function preemptionsOf(trace: readonly TraceStep[]): number {
  return trace.filter((step) => step.preemption).length;
}

function memoryOf(layout: MemoryLayout, buffer: ArrayBuffer): Value[][] {
  return layout.words.map((word) => Array.from(arrayOf(word, buffer) as Iterable<Value>));
}
