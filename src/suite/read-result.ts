import { collect, type Draft } from './drafts.ts';
import { finished, missing, withVerdict } from './checks.ts';
import { findFault } from './faults.ts';
import type { Message, ReportedError } from './messages.ts';
import type { Check, StartedCheck, SuiteResult, SuiteRun, TaskResult } from './results.ts';
import type { Ending } from './vitest-process.ts';

/**
 * @param messages all that the reporter has sent
 * @param ending how Vitest ended
 * @returns what came of each check, and a fault when the run cannot be trusted
 */
export function readResult(messages: readonly Message[], ending: Ending, run: SuiteRun): SuiteResult {
  const { drafts, strays } = collect(messages, run);
  const end = messages.find((message) => message.type === 'end');
  const unhandled = assign(end?.unhandled ?? [], drafts, run);
  const stopped = ending.how !== 'exited' && end === undefined;
  const running =
    stopped && ending.how !== 'first failure'
      ? (drafts.find(({ started, ended }) => started && !ended) ?? drafts.find(({ ended }) => !ended))
      : undefined;
  const checks = drafts.map((draft) => {
    if (draft === running) return finished(draft, stoppedError(ending, run), run);
    if (draft.errors.length > 0) return finished(draft, draft.errors[0], run);
    if (draft.ended?.state === 'passed') return finished(draft, undefined, run);
    return missing(draft, stopped);
  });
  const fault = findFault(messages, ending, { checks, strays, unhandled, stopped, run });
  const { how } = ending;
  return {
    tasks: byTask(drafts, checks),
    ...(stopped && how !== 'exited' && how !== 'first failure' ? { stopped: how } : {}),
    ...(how === 'exited' && end === undefined && drafts.length > 0 ? { killed: true } : {}),
    ...(fault ? { fault } : {}),
  };
}

/** @returns the check that begins with `message`, if one does */
export function readStart(messages: readonly Message[], message: Message, run: SuiteRun): StartedCheck | undefined {
  if (message.type !== 'check-started') return undefined;
  const draft = collect(messages, run).drafts.find(({ vitestId }) => vitestId === message.id);
  return draft && { id: draft.id, task: draft.task, title: draft.title };
}

/** @returns the check that `message` completes, if it completes one */
export function readCheck(messages: readonly Message[], message: Message, run: SuiteRun): Check | undefined {
  if (message.type !== 'check-ended') return undefined;
  const draft = collect(messages, run).drafts.find(({ vitestId }) => vitestId === message.id);
  if (!draft) return undefined;
  if (draft.errors.length > 0) return finished(draft, draft.errors[0], run);
  return message.state === 'passed' ? finished(draft, undefined, run) : missing(draft, false);
}

/** @returns whether a check has failed, and all that stand before it in the suite have ended: some run side by side */
export function firstFailureIsKnown(messages: readonly Message[], run: SuiteRun): boolean {
  for (const draft of collect(messages, run).drafts) {
    if (!draft.ended) return false;
    if (draft.errors.length > 0 && finished(draft, draft.errors[0], run).state === 'failed') return true;
  }
  return false;
}

/**
 * Gives an uncaught error to the check that was running if the student's code can have thrown it: if it carries a
 * verdict, or came in the one process of an inline run.
 * @returns the errors that belong to no check
 */
function assign(unhandled: readonly ReportedError[], drafts: readonly Draft[], { inline }: SuiteRun): ReportedError[] {
  return unhandled.filter((error) => {
    const draft = drafts.find(
      ({ title }) => error.test !== undefined && (title === error.test || title.endsWith(` › ${error.test}`)),
    );
    if (!draft || (!inline && !withVerdict(error).verdict)) return true;
    draft.errors.push(error);
    return false;
  });
}

function stoppedError({ how }: Ending, { timeoutMilliseconds, outputLimit }: SuiteRun): ReportedError {
  const message =
    how === 'timeout'
      ? `A check may take ${timeoutMilliseconds / 1000} s; the suite was stopped while this one ran.`
      : `The whole suite may print ${outputLimit / 2 ** 20} MiB; it was stopped while this check ran.`;
  return { name: 'Finding', message, verdict: how };
}

function byTask(drafts: readonly Draft[], checks: readonly Check[]): TaskResult[] {
  const titles = new Map(drafts.map(({ task, taskTitle }) => [task, taskTitle]));
  return [...titles]
    .sort(([a], [b]) => a - b)
    .map(([number, title]) => {
      const own = checks.filter(({ task }) => task === number);
      const first =
        own.find(({ state }) => state === 'failed' || state === 'missing') ??
        own.find(({ state }) => state === 'inconclusive');
      const earned = own.length > 0 && own.every(({ state }) => state === 'passed' || state === 'inconclusive');
      return { number, title, earned, verdict: first?.verdict ?? 'passed', checks: own };
    });
}
