import type { Executor, TraceStep } from './model/index.ts';
import type { FailingSchedule } from './search/index.ts';

/**
 * Runs a schedule once more, on real threads over real memory.
 * @returns whether it came out the same; undefined for a body that does not run to its end, or not the same way twice
 */
export async function demonstration(
  executor: Executor,
  { verdict }: FailingSchedule,
  trace: readonly TraceStep[],
): Promise<boolean | undefined> {
  if (verdict === 'stuck' || verdict === 'not deterministic' || verdict === 'uncontrolled access') return undefined;
  return executor.demonstrate(trace);
}
