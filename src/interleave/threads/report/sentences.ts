// The wording of reports: what failed, and what was covered.
import type { Finding } from '../search/judge.ts';
import type { MemoryLayout } from '../model/memory-layout.ts';
import type { SourceSites } from '../bodies/source-sites.ts';
import { accessNoun, missedNotify, placeOf, racingSteps } from '../search/trace.ts';
import type { TraceStep } from '../search/trace.ts';
import type { Verdict } from '../model/types.ts';

/** The facts that a coverage sentence is made of. */
export interface Coverage {
  readonly schedules: number;
  readonly threads: number;
  /** Why the search ended. */
  readonly ended: 'exhausted' | 'bound' | 'failed' | { readonly budget: string };
  /** Preemptions of the schedules that were being visited when it ended. */
  readonly preemptions: number;
  readonly cut: number;
  readonly steps: number;
  readonly heldBack: boolean;
  /** Timers that may fire early, where any was met. */
  readonly timers: number | undefined;
  readonly racesAllowed: boolean;
  readonly random: { readonly schedules: number; readonly seed: number; readonly failed: boolean } | undefined;
}

/** The verdict with its sentence; a deadlock is looked at for a lost wake-up. */
export function judgementOf(
  finding: Finding,
  trace: readonly TraceStep[],
  names: readonly string[],
  layout: MemoryLayout,
  sites: SourceSites,
): { verdict: Verdict; sentence: string } {
  if (finding.verdict === 'data race') return { verdict: 'data race', sentence: raceSentence(trace, names, layout) };
  if (finding.verdict !== 'deadlock')
    return { verdict: finding.verdict, sentence: `${finding.message}${placeOf(finding, trace, sites)}` };
  const missed = names
    .map((_, thread) => thread)
    .filter((thread) => sleepsAtEnd(trace, thread))
    .flatMap((thread) => {
      const found = missedNotify(trace, thread);
      return found
        ? [
            `${names[found.notifier]!}'s notify at step ${found.notify} woke nobody, ${names[thread]!} fell asleep at step ${found.sleep}`,
          ]
        : [];
    });
  if (missed.length === 0) return { verdict: 'deadlock', sentence: finding.message };
  return { verdict: 'lost wake-up', sentence: `${finding.message}; ${missed[0]!}` };
}

/** A race in one sentence. */
export function raceSentence(trace: readonly TraceStep[], names: readonly string[], layout: MemoryLayout): string {
  const steps = racingSteps(trace);
  if (!steps) return 'two accesses to the same memory are not ordered';
  const [first, second] = [trace[steps.first - 1]!, trace[steps.second - 1]!];
  const told = (step: TraceStep, number: number) =>
    `${names[step.thread]!}'s ${accessNoun(step)} of ${layout.nameAt(step.operation.offset)} at step ${number}`;
  return `${told(first, steps.first)} and ${told(second, steps.second)} are not ordered by any atomic operation between them`;
}

/** What was covered and what was not. */
export function coverageSentence(of: Coverage): string {
  const threads = `${of.threads} ${of.threads === 1 ? 'thread' : 'threads'}`;
  const limits = [
    of.cut > 0 ? `${schedulesText(of.cut)} cut at ${of.steps} steps, what would follow is not covered` : '',
    of.heldBack ? 'a thread that repeats a fruitless read waits until the others have moved' : '',
    of.timers !== undefined ? `at most ${of.timers} ${of.timers === 1 ? 'timer fires' : 'timers fire'} early` : '',
    of.racesAllowed ? 'data races allowed' : '',
    of.random && !of.random.failed
      ? `${schedulesText(of.random.schedules)} beyond the bound, drawn with seed ${of.random.seed}, did not fail`
      : '',
  ].filter((limit) => limit !== '');
  return [main(of, threads), ...limits].join('; ');
}

function main(of: Coverage, threads: string): string {
  const seen = schedulesText(of.schedules);
  if (of.random?.failed)
    return `found among random schedules (number ${of.random.schedules}, seed ${of.random.seed}) after ${seen} with at most ${preemptionsText(of.preemptions)} did not fail`;
  const uncut = of.cut === 0 ? 'cover' : 'visit, as far as they go,';
  if (of.ended === 'exhausted') return `${seen} ${uncut} every run of ${threads}`;
  if (of.ended === 'bound')
    return `${seen} ${uncut} every run of ${threads} with at most ${preemptionsText(of.preemptions)}; beyond that not covered`;
  if (of.ended === 'failed') {
    const fewer =
      of.preemptions === 0
        ? 'without any preemption'
        : `with ${preemptionsText(of.preemptions)}; no run with fewer fails`;
    return `schedule ${of.schedules} of the search fails, ${fewer}`;
  }
  const covered =
    of.preemptions === 0
      ? 'no preemption bound is covered'
      : `every run of ${threads} with at most ${preemptionsText(of.preemptions - 1)} is covered`;
  return `stopped after ${seen} (${of.ended.budget}): ${covered}, those with ${preemptionsText(of.preemptions)} in part`;
}

/** `1 preemption`, `no preemption`. */
export function preemptionsText(count: number): string {
  return count === 0 ? 'no preemption' : count === 1 ? '1 preemption' : `${count} preemptions`;
}

function schedulesText(count: number): string {
  return count === 1 ? '1 schedule' : `${count} schedules`;
}

function sleepsAtEnd(trace: readonly TraceStep[], thread: number): boolean {
  const last = trace.findLastIndex((step) => step.thread === thread || step.woken.includes(thread));
  return last >= 0 && trace[last]!.thread === thread && trace[last]!.result === undefined;
}
