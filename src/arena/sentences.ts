import { type Verdict, formatFrame, inAnyExercise, studentFrame } from '#src/verdict/index.ts';
import type { Ending } from './guest-process.ts';
import type { LoadProblem } from './load-diagnosis.ts';
import type { Outcome, Reason } from './observation.ts';
import { type CallNames, describeCall } from './subject.ts';
import type { Ended, Limits, Supervised } from './supervision.ts';

/** What is known of a request that is over. */
export interface Report {
  readonly subject: string;
  readonly calls: CallNames;
  readonly name: string;
  readonly args: readonly unknown[];
  readonly ended: Ended;
  readonly ending: Ending | undefined;
  readonly uncaught: Supervised['uncaught'];
  readonly limits: Limits;
  readonly printed: string;
  /** Whether the call had settled before: what came then came from something that it left running. */
  readonly settled: boolean;
  /** Names of the student's files that run in Workers or child processes, where one of these still computes. */
  readonly workerFiles: readonly string[];
  /** What the look at the source found, where the module does not load. */
  readonly loadProblem: LoadProblem | undefined;
}

/** How a request ended, by name and as a sentence for the student. */
export interface Explanation {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly sentence: string;
}

/** @returns the verdict a suite's call gets where its outcome is not what the suite handles itself */
export function verdictOf(outcome: Outcome): Verdict {
  switch (outcome) {
    case 'value':
    case 'error':
    case 'forged':
      return 'failed';
    case 'timeout':
    case 'never settles':
      return 'timeout';
    case 'starved':
      return 'inconclusive';
    case 'exit':
    case 'crash':
    case 'memory':
      return 'crash';
    case 'too much output':
      return 'too much output';
    case 'does not load':
    case 'no such export':
      return 'does not compile';
  }
}

/** @returns how the request ended, by name and as a sentence for the student */
export function sentenceOf(report: Report): Explanation {
  const { ended } = report;
  const call = describeCall(report, report.name, report.args);
  switch (ended.by) {
    case 'reply':
      return ofReply(report, call, ended.reply);
    case 'end':
      return ofEnd(report, call);
    case 'timeout':
      return {
        outcome: 'timeout',
        reason: ended.hang,
        sentence:
          `${call} had not settled after ${report.limits.limit / 1000} s: ${hangs[ended.hang]}.` +
          (report.workerFiles.length > 0 ? ` Does a loop in ${report.workerFiles.join(' or ')} never end?` : ''),
      };
    case 'starvation':
      return {
        outcome: 'starved',
        reason: 'machine-busy',
        sentence:
          `${call} had not settled when this machine, busy with other work, had given it ${seconds(ended.given)} of ` +
          `the ${seconds(report.limits.limit)} that it may take. End other programs, then run this again.`,
      };
    case 'output':
      return {
        outcome: 'too much output',
        reason: 'output-limit',
        sentence:
          `${call} printed more than ${megabytes(report.limits.outputBytes)} and was stopped. Take the ` +
          `console.log out of the loop.`,
      };
    case 'memory':
      return {
        outcome: 'memory',
        reason: 'memory-limit',
        sentence:
          `${call} held ${megabytes(ended.bytes)} of memory and was stopped; ` +
          `${megabytes(report.limits.memoryBytes)} are allowed.`,
      };
    case 'forgery':
      return {
        outcome: 'forged',
        reason: 'forged-reply',
        sentence: `${call} wrote to file descriptor 3, which belongs to the test bench. Answer by returning a value.`,
      };
  }
}

function ofReply(report: Report, call: string, reply: Extract<Ended, { by: 'reply' }>['reply']): Explanation {
  switch (reply.kind) {
    case 'returned':
      return { outcome: 'value', reason: 'returned', sentence: '' };
    case 'unclonable':
      return {
        outcome: 'error',
        reason: 'not-cloneable',
        sentence: `${call} returned a value that a structured clone cannot copy (${reply.message}).`,
      };
    case 'threw':
      if (report.loadProblem)
        return { outcome: 'does not load', reason: 'load-failed', sentence: report.loadProblem.sentence };
      return { outcome: 'error', reason: 'threw', sentence: `${call} threw ${nameError(reply.error)}.` };
    case 'load failed':
      return {
        outcome: 'does not load',
        reason: 'load-failed',
        sentence: report.loadProblem?.sentence ?? `${report.subject} could not be imported: ${nameError(reply.error)}.`,
      };
    case 'loaded': {
      const exported =
        reply.exports.length === 0 ? 'It exports no function at all' : `It exports ${reply.exports.join(', ')}`;
      return {
        outcome: 'no such export',
        reason: 'missing-export',
        sentence:
          `${report.subject.replace(/^#kata\//, 'exercises/')} has no exported function ${report.name}. ` +
          `${exported}.`,
      };
    }
    case 'idle':
    case 'pong':
    case 'ready':
    case 'uncaught':
      return {
        outcome: 'never settles',
        reason: 'event-loop-empty',
        sentence: `${call} can never settle: nothing is left running that could resolve its promise. ${neverSettles}`,
      };
  }
}

function ofEnd({ ending, uncaught, printed, settled }: Report, call: string): Explanation {
  const then = settled ? 'had settled, but left something running:' : 'did not settle:';
  if (diedOfFullHeap(ending, printed)) {
    return {
      outcome: 'memory',
      reason: 'heap-limit',
      sentence: `${call} filled the heap of its process, which crashed.`,
    };
  }
  if (uncaught !== undefined) {
    const rejected = uncaught.origin === 'unhandledRejection';
    const how = rejected
      ? 'a promise rejected while no code was waiting for it, and such an unhandled rejection'
      : 'an uncaught error';
    return {
      outcome: 'crash',
      reason: rejected ? 'unhandled-rejection' : 'uncaught-error',
      sentence: `${call} ${then} ${how} ended its process: ${nameError(uncaught.error).replace(/\.$/, '')}.`,
    };
  }
  if (ending?.signal) {
    return {
      outcome: 'crash',
      reason: 'signal',
      sentence: `${call} ${then} signal ${ending.signal} ended its process.`,
    };
  }
  const code = ending?.code ?? 0;
  return {
    outcome: 'exit',
    reason: code === 0 ? 'exit-code-zero' : 'exit-code',
    sentence: `${call} ${then} process.exit(${code}) ended the whole process. Return or throw instead.`,
  };
}

/** V8 aborts the process then, and says why on standard error only. */
const diedOfFullHeap = (ending: Ending | undefined, printed: string): boolean =>
  (ending?.signal != null || (ending?.code ?? 0) >= 128) && /heap out of memory|OOM error/.test(printed);

function nameError({
  name,
  message,
  stack,
  thrown,
}: {
  name: string;
  message: string;
  stack: string;
  thrown?: string;
}): string {
  const frame = studentFrame({ stack }, inAnyExercise);
  const what = thrown === undefined ? `${name}: ${message}` : `${thrown} (which is no Error)`;
  return frame === undefined || message.includes(frame.file) ? what : `${what} at ${formatFrame(frame)}`;
}

const seconds = (milliseconds: number): string => `${Number((milliseconds / 1000).toPrecision(2))} s`;

const megabytes = (bytes: number): string => `${Math.round(bytes / (1 << 20))} MiB`;

const hangs = {
  'endless-loop':
    'its main thread was still computing and answered nothing (an endless loop, or work that belongs in a Worker)',
  blocked: 'its main thread slept in a call that did not return (Atomics.wait, or a synchronous read)',
  'others-busy': 'its event loop was free, but a Worker or child process was still computing',
  'endless-awaits': 'its event loop went round without an end (a loop with `await` in it that never ends?)',
  waiting: 'nothing was computing any more; it waited for an event that did not come',
} as const;

const neverSettles =
  "Look for an event that came before its listener, or a listener ('error', 'exit') that is missing.";
