import type { Check, runSuite as runSuiteType, SuiteResult, TaskResult } from '#src/suite/index.ts';
import { runSuite } from '#src/suite/index.ts';

type Run = Parameters<typeof runSuiteType>[0] & { readonly tasks: number[]; readonly signal: AbortSignal };

/**
 * The one place where a session runs a suite.
 * @param everything runs every check; otherwise the first one that fails ends the run
 */
export async function runUntilFailure(
  run: Run,
  everything: boolean,
  judge: typeof runSuiteType = runSuite,
): Promise<SuiteResult> {
  if (everything) return judge(run);
  const checks: Check[] = [];
  const end = new AbortController();
  try {
    return await judge({
      ...run,
      signal: AbortSignal.any([run.signal, end.signal]),
      onCheck(check) {
        if (end.signal.aborted) return;
        checks.push(check);
        run.onCheck?.(check);
        if (check.state === 'failed') end.abort(new Error('A check has failed.'));
      },
    });
  } catch (error) {
    if (run.signal.aborted || !end.signal.aborted) throw error;
    return { tasks: byTask(checks) };
  }
}

const byTask = (checks: readonly Check[]): TaskResult[] =>
  [...new Set(checks.map(({ task }) => task))]
    .sort((a, b) => a - b)
    .map((number) => {
      const own = checks.filter(({ task }) => task === number);
      const failed = own.find(({ state }) => state === 'failed');
      const earned = failed === undefined && number < Math.max(...checks.map(({ task }) => task));
      return { number, title: '', earned, verdict: failed?.verdict ?? 'passed', checks: own };
    });
