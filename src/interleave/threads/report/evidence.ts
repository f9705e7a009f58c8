// What a trace shows about a failure: the notify that came too early, the accesses that race, the line of code.
import { baseName } from '../../report/index.ts';
import type { TraceStep } from '../model/index.ts';
import type { FailingSchedule } from '../search/index.ts';
import { ELEMENT_BYTES, isPlain, Kind } from '../steps/index.ts';
import type { SourceSites } from '../steps/index.ts';

/**
 * The notify that a sleeper missed: it woke nobody, and the sleeper did not look at the word again before it fell
 * asleep.
 */
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
  return `${isPlain(step.operation.kind) ? 'plain' : 'atomic'} ${onlyReads(step) ? 'read' : 'write'}`;
}

/** Where in the source it failed: where the body threw, or else its last step. */
export function placeOf(failure: FailingSchedule, trace: readonly TraceStep[], sites: SourceSites): string {
  const { site, thread } = failure;
  const found = sites.list[site ?? -1];
  if (found) return ` (${baseName(found.file)}:${found.line})`;
  const last = failure.verdict === 'stuck' ? trace.findLast((step) => step.thread === thread) : undefined;
  const known = last && sites.of(last.operation);
  return known ? ` after ${baseName(known.file)}:${known.line}` : '';
}

function conflicts(one: TraceStep, other: TraceStep): boolean {
  const a = one.operation;
  const b = other.operation;
  if (a.kind >= Kind.NOTIFY || (!isPlain(a.kind) && !isPlain(b.kind))) return false;
  if (onlyReads(one) && onlyReads(other)) return false;
  return a.offset < b.offset + ELEMENT_BYTES[b.type]! && b.offset < a.offset + ELEMENT_BYTES[a.type]!;
}

function onlyReads({ operation: { kind } }: TraceStep): boolean {
  return kind === Kind.READ || kind === Kind.LOAD || kind === Kind.WAIT;
}
