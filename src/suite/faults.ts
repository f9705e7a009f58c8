import { stripVTControlCharacters } from 'node:util';
import type { Message, ReportedError } from './messages.ts';
import type { Check, Fault, SuiteRun } from './results.ts';
import type { Ending } from './vitest-process.ts';
import { withoutPaths } from './without-paths.ts';

interface Evidence {
  checks: readonly Check[];
  strays: readonly string[];
  unhandled: readonly ReportedError[];
  stopped: boolean;
  run: SuiteRun;
}

/** @returns what makes the run untrustworthy: everything here must agree before its checks count */
export function findFault(
  messages: readonly Message[],
  ending: Ending,
  { checks, strays, unhandled, stopped, run }: Evidence,
): Fault | undefined {
  const clean = (text: string) => withoutPaths(stripVTControlCharacters(text), run.root).trim();
  const output = clean(ending.output);
  const fault = (sentence: string): Fault => ({ sentence: clean(sentence), ...(output ? { output } : {}) });
  const broken = messages.find((message) => message.type === 'file-ended' && message.errors.length > 0);
  if (broken?.type === 'file-ended')
    return fault(`${broken.file} could not be run: ${broken.errors[0]?.message ?? 'unknown error'}`);
  if (strays[0] !== undefined)
    return fault(`The check "${strays[0]}" must stand in a describe('Task N: …') of its suite.`);
  const [error] = unhandled;
  if (error) return fault(`The suite's process had an uncaught error: ${error.name}: ${error.message}`);
  if (stopped)
    return checks.length > 0
      ? undefined
      : fault(`The suite was stopped (${ending.how}) before its first check was known.`);
  const end = messages.find((message) => message.type === 'end');
  if (!end) {
    const how = ending.signal ? `was killed from outside (${ending.signal})` : `ended with exit code ${ending.code}`;
    return fault(messages.length > 0 ? `The run ${how} before the suite had ended.` : `Vitest ${how} before it began.`);
  }
  if (checks.length === 0)
    return fault(run.tasks ? `The suite has no checks for task ${run.tasks.join(', ')}.` : 'The suite has no checks.');
  const failed = messages.some(
    (message) => (message.type === 'check-ended' && message.state === 'failed') || message.type === 'group-failed',
  );
  const reason = failed ? 'failed' : 'passed';
  // Vitest counts an uncaught error in its exit code, but not in its reason.
  const code = failed || end.unhandled.length > 0 ? 1 : 0;
  if (end.reason !== reason || (ending.how === 'exited' && ending.code !== code)) {
    return fault(
      `The checks say ${reason}, Vitest says ${end.reason} and ended with exit code ${ending.code}` +
        `${ending.signal ? ` (${ending.signal})` : ''}.`,
    );
  }
  return undefined;
}
