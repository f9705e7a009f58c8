import { stripVTControlCharacters } from 'node:util';
import { inFolder, pathFrom, studentFrame } from '#src/verdict/student-frame.ts';
import { isVerdict, type Verdict } from '#src/verdict/verdicts.ts';
import type { Message, ReportedError } from './messages.ts';
import type { Ending } from './vitest-process.ts';

/** `missing`: the check was there and never got to an answer. */
export type CheckState = 'passed' | 'failed' | 'inconclusive' | 'missing';

export interface Check {
  /** Task and place in it: `3.2`. Stays the same from run to run. */
  id: string;
  task: number;
  title: string;
  state: CheckState;
  verdict: Verdict;
  /** What happened, for the student; nothing when the check has passed. */
  sentence?: string;
  /** Lines to look at: a chart, a timeline, a diff. */
  evidence?: string;
  /** The place in the student's own code, a path from the course's root. */
  file?: string;
  line?: number;
  column?: number;
  milliseconds: number;
}

export interface TaskResult {
  number: number;
  title: string;
  /** Every check of the task has run, and none failed. */
  earned: boolean;
  /** Of the first check that is not passed. */
  verdict: Verdict;
  checks: Check[];
}

/** Something that is not the student's failed: disk, memory, a kill from outside, a mistake in the suite. */
export interface Fault {
  sentence: string;
  /** The end of what the run printed. */
  output?: string;
}

export interface SuiteResult {
  tasks: TaskResult[];
  /** The whole suite was ended by the parent; what was earned before stays. */
  stopped?: 'timeout' | 'too much output';
  fault?: Fault;
}

/** What the judge has to know about a run. */
export interface About {
  root: string;
  /** Absolute path of the folder whose files were judged. */
  folder: string;
  /** Numbers of the tasks that were asked for; all when left out. */
  tasks?: readonly number[] | undefined;
  inline: boolean;
  timeoutMilliseconds: number;
  outputLimit: number;
}

/** A check under way, as far as the messages have come. */
interface Draft {
  vitestId: string;
  id: string;
  task: number;
  taskTitle: string;
  title: string;
  skipped: boolean;
  started: boolean;
  ended?: Extract<Message, { type: 'check-ended' }>;
  errors: ReportedError[];
}

/**
 * @param messages all that the reporter has told
 * @param ending how Vitest came to its end
 * @returns what came of each check, and a fault when the run cannot be trusted
 */
export function judge(messages: readonly Message[], ending: Ending, about: About): SuiteResult {
  const { drafts, strays } = collect(messages, about);
  const end = messages.find((message) => message.type === 'end');
  const unhandled = assign(end?.unhandled ?? [], drafts, about);
  const stopped = ending.how !== 'exited' && end === undefined;
  const running = stopped
    ? (drafts.find(({ started, ended }) => started && !ended) ?? drafts.find(({ ended }) => !ended))
    : undefined;
  const checks = drafts.map((draft) => {
    if (draft === running) return finished(draft, stoppedError(ending, about), about);
    if (draft.errors.length > 0) return finished(draft, draft.errors[0], about);
    if (draft.ended?.state === 'passed') return finished(draft, undefined, about);
    return missing(draft, stopped);
  });
  const fault = findFault(messages, ending, { checks, strays, unhandled, stopped, about });
  const { how } = ending;
  return {
    tasks: byTask(drafts, checks),
    ...(stopped && how !== 'exited' ? { stopped: how } : {}),
    ...(fault ? { fault } : {}),
  };
}

/** @returns the check that `message` brings to its end, if it does that */
export function judgeCheck(messages: readonly Message[], message: Message, about: About): Check | undefined {
  if (message.type !== 'check-ended') return undefined;
  const draft = collect(messages, about).drafts.find(({ vitestId }) => vitestId === message.id);
  if (!draft) return undefined;
  if (draft.errors.length > 0) return finished(draft, draft.errors[0], about);
  return message.state === 'passed' ? finished(draft, undefined, about) : missing(draft, false);
}

function collect(messages: readonly Message[], about: About): { drafts: Draft[]; strays: string[] } {
  const drafts = new Map<string, Draft>();
  const strays: string[] = [];
  const counts = new Map<number, number>();
  for (const message of messages) {
    if (message.type === 'collected') {
      for (const { id, names, skipped } of message.checks) {
        const [, number, taskTitle = ''] = /^Task (\d+): (.*)$/.exec(names[0] ?? '') ?? [];
        if (number === undefined || names.length < 2) strays.push(names.join(' › '));
        else if (about.tasks === undefined || about.tasks.includes(Number(number))) {
          const task = Number(number);
          const place = (counts.get(task) ?? 0) + 1;
          counts.set(task, place);
          const title = names.slice(1).join(' › ');
          drafts.set(id, {
            vitestId: id,
            id: `${task}.${place}`,
            task,
            taskTitle,
            title,
            skipped,
            started: false,
            errors: [],
          });
        }
      }
    } else if (message.type === 'check-started') {
      const draft = drafts.get(message.id);
      if (draft) draft.started = true;
    } else if (message.type === 'check-ended') {
      const draft = drafts.get(message.id);
      if (!draft) continue;
      draft.ended = message;
      // An error of an attempt that a retry has made good is no failure.
      if (message.state === 'failed') draft.errors.push(...message.errors);
    } else if (message.type === 'group-failed') {
      for (const id of message.ids) drafts.get(id)?.errors.push(...message.errors);
    }
  }
  return { drafts: [...drafts.values()], strays };
}

/**
 * An error that nobody caught belongs to the check that ran, when the student's code can have raised it: it carries a verdict, or it
 * came in the one process of an inline run.
 * @returns the errors that belong to nobody
 */
function assign(unhandled: readonly ReportedError[], drafts: readonly Draft[], { inline }: About): ReportedError[] {
  return unhandled.filter((error) => {
    const draft = drafts.find(
      ({ title }) => error.test !== undefined && (title === error.test || title.endsWith(` › ${error.test}`)),
    );
    if (!draft || (!inline && !telling(error).verdict)) return true;
    draft.errors.push(error);
    return false;
  });
}

function stoppedError({ how }: Ending, { timeoutMilliseconds, outputLimit }: About): ReportedError {
  const message =
    how === 'timeout'
      ? `The whole suite may take ${timeoutMilliseconds / 1000} s; it was stopped while this check ran.`
      : `The whole suite may print ${outputLimit / 2 ** 20} MiB; it was stopped while this check ran.`;
  return { name: 'Finding', message, verdict: how };
}

function finished(draft: Draft, error: ReportedError | undefined, about: About): Check {
  const { id, task, title } = draft;
  const milliseconds = Math.round(draft.ended?.milliseconds ?? 0);
  if (!error) {
    const open = draft.ended?.annotations.find(({ type }) => type === 'inconclusive');
    if (open)
      return { id, task, title, state: 'inconclusive', verdict: 'inconclusive', ...split(open.message), milliseconds };
    return { id, task, title, state: 'passed', verdict: 'passed', milliseconds };
  }
  const { verdict, sentence, evidence } = explain(error, about);
  const found = studentFrame(error, inFolder(about.folder));
  const frame = found && { ...found, file: pathFrom(about.root, found.file) };
  const state = verdict === 'inconclusive' ? 'inconclusive' : 'failed';
  return { id, task, title, state, verdict, sentence, ...(evidence ? { evidence } : {}), ...frame, milliseconds };
}

/** An annotation is a sentence and, below an empty line, the chart behind it. */
function split(message: string): { sentence: string; evidence?: string } {
  const [sentence = '', ...evidence] = message.split('\n\n');
  return evidence.length > 0 ? { sentence, evidence: evidence.join('\n\n') } : { sentence };
}

function missing({ id, task, title, skipped }: Draft, stopped: boolean): Check {
  const why = stopped
    ? 'the suite was stopped before it'
    : skipped
      ? 'the suite skips it'
      : 'it was skipped or never ended';
  return {
    id,
    task,
    title,
    state: 'missing',
    verdict: 'failed',
    sentence: `This check did not run: ${why}.`,
    milliseconds: 0,
  };
}

/** @returns the innermost error with a verdict: an assertion about a promise wraps the Finding that it came with */
function telling(error: ReportedError): ReportedError {
  for (let at: ReportedError | undefined = error; at; at = at.cause)
    if (at.verdict !== undefined && isVerdict(at.verdict)) return at;
  return error;
}

function explain(
  error: ReportedError,
  { root }: About,
): { verdict: Verdict; sentence: string; evidence: string | undefined } {
  const told = telling(error);
  const clean = (text: string) => withoutPaths(stripVTControlCharacters(text), root).trim();
  const timedOut = /^(Test|Hook) timed out in \d+ms/.test(told.message);
  const verdict = isVerdict(told.verdict) ? told.verdict : timedOut ? 'timeout' : 'failed';
  const evidence = told.evidence ?? told.diff;
  const message = told.evidence === undefined ? told.message : told.message.replace(`\n\n${told.evidence}`, '');
  const named =
    isVerdict(told.verdict) || ['Error', 'AssertionError', 'Finding'].includes(told.name)
      ? message
      : `${told.name}: ${message}`;
  return {
    verdict,
    sentence: clean(named) || told.name,
    evidence: evidence === undefined ? undefined : clean(evidence),
  };
}

/** Paths from the course's root: the same on every machine, and a grader's temporary folder says nothing to a student. */
export const withoutPaths = (text: string, root: string): string =>
  text
    .replaceAll(`file://${encodeURI(root)}/`, '')
    .replaceAll(`${root}/`, '')
    .replaceAll(`${root}\\`, '');

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

interface Evidence {
  checks: readonly Check[];
  strays: readonly string[];
  unhandled: readonly ReportedError[];
  stopped: boolean;
  about: About;
}

/** Everything that must agree before a run is believed. */
function findFault(
  messages: readonly Message[],
  ending: Ending,
  { checks, strays, unhandled, stopped, about }: Evidence,
): Fault | undefined {
  const clean = (text: string) => withoutPaths(stripVTControlCharacters(text), about.root).trim();
  const output = clean(ending.output);
  const fault = (sentence: string): Fault => ({ sentence: clean(sentence), ...(output ? { output } : {}) });
  const broken = messages.find((message) => message.type === 'file-ended' && message.errors.length > 0);
  if (broken?.type === 'file-ended')
    return fault(`${broken.file} could not be run: ${broken.errors[0]?.message ?? 'unknown error'}`);
  if (strays[0] !== undefined)
    return fault(`The check "${strays[0]}" must stand in a describe('Task N: …') of its suite.`);
  const [error] = unhandled;
  if (error) return fault(`An error in the suite's own process was caught by nobody: ${error.name}: ${error.message}`);
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
    return fault(
      about.tasks ? `The suite has no checks for task ${about.tasks.join(', ')}.` : 'The suite has no checks.',
    );
  const failed = messages.some(
    (message) => (message.type === 'check-ended' && message.state === 'failed') || message.type === 'group-failed',
  );
  const reason = failed ? 'failed' : 'passed';
  // Vitest counts an error that nobody caught in its exit code and not in its reason.
  const code = failed || end.unhandled.length > 0 ? 1 : 0;
  if (end.reason !== reason || (ending.how === 'exited' && ending.code !== code)) {
    return fault(
      `The checks say ${reason}, Vitest says ${end.reason} and ended with exit code ${ending.code}${ending.signal ? ` (${ending.signal})` : ''}.`,
    );
  }
  return undefined;
}
