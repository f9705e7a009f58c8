import type { ThrownError } from '../../common/index.ts';
import type { MemoryLayout, TraceStep } from '../model/index.ts';
import type { FailingSchedule } from '../search/index.ts';
import type { SourceSites } from '../steps/index.ts';
import { accessNoun, missedNotify, placeOf, racingSteps } from './evidence.ts';
import type { ThreadReport } from './thread-report.ts';

/**
 * @param failure a failing schedule, or a replayed one that ended well
 * @returns what a report says of it; a deadlock may turn out to be a lost wake-up
 */
export function describeFailure(
  failure: FailingSchedule,
  trace: readonly TraceStep[],
  names: readonly string[],
  layout: MemoryLayout,
  sites: SourceSites,
): Pick<ThreadReport, 'verdict' | 'reason' | 'sentence' | 'thrown'> {
  const { verdict, reason, message } = failure;
  if (verdict === 'data race') return { verdict, reason, sentence: raceSentence(trace, names, layout) };
  if (verdict !== 'deadlock') {
    const thrown = thrownAt(failure, sites);
    const sentence = `${message}${placeOf(failure, trace, sites)}`;
    return { verdict, reason, sentence, ...(thrown && { thrown }) };
  }
  const missed = names
    .map((_, thread) => thread)
    .filter((thread) => sleepsAtEnd(trace, thread))
    .flatMap((thread) => {
      const found = missedNotify(trace, thread);
      return found
        ? [
            `${names[found.notifier]!}'s notify at step ${found.notify} woke nobody, ` +
              `${names[thread]!} fell asleep at step ${found.sleep}`,
          ]
        : [];
    });
  if (missed.length === 0) return { verdict, reason, sentence: message };
  return { verdict: 'lost wake-up', reason: 'lost-wake-up', sentence: `${message}; ${missed[0]!}` };
}

/** A race in one sentence. */
function raceSentence(trace: readonly TraceStep[], names: readonly string[], layout: MemoryLayout): string {
  return sentenceOfRace(trace, names, layout, (number) => ` at step ${number}`);
}

/** The same of a race in a schedule that the report does not show: without the numbers of its steps. */
export function otherRaceSentence(trace: readonly TraceStep[], names: readonly string[], layout: MemoryLayout): string {
  return sentenceOfRace(trace, names, layout, () => '');
}

function sentenceOfRace(
  trace: readonly TraceStep[],
  names: readonly string[],
  layout: MemoryLayout,
  when: (number: number) => string,
): string {
  const steps = racingSteps(trace);
  if (!steps) return 'two accesses to the same memory are not ordered';
  const [first, second] = [trace[steps.first - 1]!, trace[steps.second - 1]!];
  const access = (step: TraceStep, number: number) =>
    `${names[step.thread]!}'s ${accessNoun(step)} of ${layout.nameAt(step.operation.offset)}${when(number)}`;
  const both = `${access(first, steps.first)} and ${access(second, steps.second)}`;
  return `${both} are not ordered by any atomic operation between them`;
}

function thrownAt({ thrown, site }: FailingSchedule, sites: SourceSites): ThrownError | undefined {
  const place = sites.list[site ?? -1];
  return thrown && place ? { ...thrown, file: place.file, line: place.line } : thrown;
}

function sleepsAtEnd(trace: readonly TraceStep[], thread: number): boolean {
  const last = trace.findLastIndex((step) => step.thread === thread || step.woken.includes(thread));
  return last >= 0 && trace[last]!.thread === thread && trace[last]!.result === undefined;
}
