// One schedule, run through once more with a record of every step: what the report and the timeline are made of.
import type { Finding } from './judge.ts';
import { arrayOf } from '../model/memory-layout.ts';
import type { MemoryLayout } from '../model/memory-layout.ts';
import { ELEMENT_BYTES, isPlain, Kind } from '../operations/operation.ts';
import type { StepRecord } from '../model/model.ts';
import type { SourceSites } from '../bodies/source-sites.ts';
import { stepText } from '../model/step-text.ts';
import type { Timeline, Value } from '../model/types.ts';
import type { Walker } from './walker.ts';

/** More memory cells than this are shown only if the schedule touches them. */
const CELLS_SHOWN = 8;

/** A step as it was, with what surrounds it. */
export interface TraceStep extends StepRecord {
  /** It took the turn from a thread that could have gone on. */
  readonly preemption: boolean;
  /** All memory after it, by word. */
  readonly memory: readonly (readonly Value[])[];
}

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

/** The schedule as lanes. */
export function timelineOf(
  trace: readonly TraceStep[],
  layout: MemoryLayout,
  lanes: readonly string[],
  sites: SourceSites,
): Timeline {
  const cells = shownCells(trace, layout);
  const initial = cells.map(({ word, element }) => layout.words[word]!.initial[element]!);
  const rows = trace.map((step, index) => {
    const site = sites.list[step.operation.site];
    return {
      step: index + 1,
      lane: step.thread,
      text: stepText(
        step.operation,
        step.result,
        step.timer,
        step.woken.map((thread) => lanes[thread]!),
        layout,
      ),
      file: site?.file,
      line: site?.line,
      preemption: step.preemption,
      values: cells.map(({ word, element }) => step.memory[word]![element]!),
    };
  });
  return { lanes, words: cells.map(({ name }) => name), initial, rows };
}

/** The notify that a sleeper missed: it woke nobody, and the sleeper did not look at the word again before it fell asleep. */
export function missedNotify(
  trace: readonly TraceStep[],
  sleeper: number,
): { notifier: number; notify: number; sleep: number } | undefined {
  const sleep = trace.findLastIndex((step) => step.thread === sleeper);
  const { offset } = trace[sleep]!.operation;
  for (let at = sleep - 1; at >= 0; at--) {
    const step = trace[at]!;
    if (step.operation.offset !== offset || step.operation.kind === Kind.PAUSE) continue;
    if (step.thread === sleeper) return undefined;
    if (step.operation.kind === Kind.NOTIFY && step.result === 0)
      return { notifier: step.thread, notify: at + 1, sleep: sleep + 1 };
  }
  return undefined;
}

/** The two steps of a data race, by number; the second is the last of the trace. */
export function racingSteps(trace: readonly TraceStep[]): { first: number; second: number } | undefined {
  const second = trace.findIndex((step) => step.races >= 0);
  if (second < 0) return undefined;
  const racer = trace[second]!;
  const first = trace.findLastIndex((step, at) => at < second && step.thread === racer.races && conflicts(step, racer));
  return { first: first + 1, second: second + 1 };
}

/** What a thread does in one step, as a noun: `plain write`. */
export function accessNoun(step: TraceStep): string {
  const { kind } = step.operation;
  if (isPlain(kind)) return kind === Kind.READ ? 'plain read' : 'plain write';
  return kind === Kind.LOAD || kind === Kind.WAIT ? 'atomic read' : 'atomic write';
}

/** Where in the source it failed: where the body threw, or else its last step. */
export function placeOf(finding: Finding, trace: readonly TraceStep[], sites: SourceSites): string {
  const { site, thread } = finding;
  const found = sites.list[site ?? -1];
  if (found) return ` (${baseName(found.file)}:${found.line})`;
  const last = finding.verdict === 'stuck' ? trace.findLast((step) => step.thread === thread) : undefined;
  const known = last && sites.list[last.operation.site];
  return known ? ` after ${baseName(known.file)}:${known.line}` : '';
}

/** The last part of a path or URL. */
export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).replace(/[?#].*$/, '');
}

function conflicts(one: TraceStep, other: TraceStep): boolean {
  const a = one.operation;
  const b = other.operation;
  if (a.kind >= Kind.NOTIFY || (!isPlain(a.kind) && !isPlain(b.kind))) return false;
  const readOnly = (step: TraceStep) => accessNoun(step).endsWith('read');
  if (readOnly(one) && readOnly(other)) return false;
  return a.offset < b.offset + ELEMENT_BYTES[b.type]! && b.offset < a.offset + ELEMENT_BYTES[a.type]!;
}

function memoryOf(layout: MemoryLayout, buffer: ArrayBuffer): Value[][] {
  return layout.words.map((word) => Array.from(arrayOf(word, buffer) as Iterable<Value>));
}

function shownCells(
  trace: readonly TraceStep[],
  layout: MemoryLayout,
): { word: number; element: number; name: string }[] {
  const all = layout.words.flatMap((word, index) =>
    Array.from({ length: word.length }, (_, element) => ({
      word: index,
      element,
      name: layout.nameAt(word.offset + element * word.bytes),
    })),
  );
  if (all.length <= CELLS_SHOWN) return all;
  const touched = new Set(
    trace.filter((step) => step.operation.kind !== Kind.PAUSE).map((step) => layout.nameAt(step.operation.offset)),
  );
  return all.filter(({ name }) => touched.has(name));
}
