import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { holdBack } from './begin.ts';
import { firstFailureIsKnown, readCheck, readResult, readStart } from './read-result.ts';
import type { Check, StartedCheck, SuiteResult } from './results.ts';
import type { Message } from './messages.ts';
import { temporaryFolder } from '#src/system/index.ts';
import { runVitest } from './vitest-process.ts';

export interface SuiteOptions {
  /** Absolute path of the course: the folder with package.json, exercises/ and tests/. */
  root: string;
  /** Folder name of the exercise, such as `03-countdown-threads`. */
  slug: string;
  /** Whose files answer to `#kata/…`. */
  project: 'exercises' | 'solutions';
  /** Only the checks of these tasks, by number from 1; all tasks when left out. */
  tasks?: readonly number[];
  /**
   * Runs student code in the suite's own process, for breakpoints and coverage: then nothing can interrupt an endless
   * loop.
   */
  inline?: boolean;
  /**
   * Ends the run once it is known which check is the first to fail. Those that have not ended by then are `missing`.
   */
  stopAtFailure?: boolean;
  /** A student waits: what hangs is given up sooner. See `limit` in the arena's options. */
  hurried?: boolean;
  /** Wall clock until the next check begins or ends; 10 minutes when left out. */
  timeoutMilliseconds?: number;
  /** Bytes that the run may print before it is stopped; 16 MiB when left out. */
  outputLimit?: number;
  /** Command and arguments that run another one in a directory, where it does not simply run as a child. */
  launcher?: (directory: string) => readonly string[];
  /** Environment variables beside the fixed ones. */
  env?: NodeJS.ProcessEnv;
  /** Ends the run, and the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Called for each check as it begins, in the order of the suite; several may run side by side. */
  onStart?: (check: StartedCheck) => void;
  /**
   * Called for each check as it ends. The result's word is final: an unhandled error may still fail a check that had
   * passed.
   */
  onCheck?: (check: Check) => void;
}

/**
 * Runs the suite of one exercise in a child process and reads what came of each check. Student code is never loaded
 * here.
 * @returns checks by task, in the order of the suite; `fault` when something failed that is not the student's
 * @throws the reason of `signal`, when it is aborted
 */
export function runSuite(options: SuiteOptions): Promise<SuiteResult> {
  return runSuiteWith(patternOf(options), options);
}

/** `Task 1` must not match Task 12. */
const patternOf = ({ tasks }: SuiteOptions): string | undefined => tasks && `^Task (${tasks.join('|')})\\b`;

async function runSuiteWith(
  pattern: string | undefined,
  options: SuiteOptions,
  begin?: Promise<void>,
): Promise<SuiteResult> {
  const {
    slug,
    project,
    tasks,
    inline = false,
    stopAtFailure = false,
    hurried = false,
    timeoutMilliseconds = 600_000,
    outputLimit = 16 * 2 ** 20,
    env = {},
    launcher = () => [],
    signal,
    onStart,
    onCheck,
  } = options;
  const root = await realpath(options.root);
  const run = { root, folder: join(root, project, slug), tasks, inline, timeoutMilliseconds, outputLimit };
  const messages: Message[] = [];
  // A killed run leaves temporary files behind; they are removed with this folder.
  const temporary = await temporaryFolder('kata-run-');
  const folder = { TMPDIR: temporary.path, TEMP: temporary.path, TMP: temporary.path };
  const held = begin && (await holdBack(temporary.path, begin));
  try {
    const ending = await runVitest({
      root,
      launcher,
      args: ['--project', project, `tests/${slug}/`, ...(pattern === undefined ? [] : ['-t', pattern])],
      env: {
        ...(inline ? process.env : environment()),
        ...folder,
        ...env,
        ...(inline ? { KATA_ARENA: 'inline' } : {}),
        ...(held && { KATA_BEGIN: held.place }),
        ...(hurried ? { KATA_HURRIED: '1' } : {}),
        CI: '1',
        NO_COLOR: '1',
      },
      timeoutMilliseconds,
      outputLimit,
      signal,
      begin: begin ?? Promise.resolve(),
      onMessage(message) {
        messages.push(message);
        const started = onStart && readStart(messages, message, run);
        if (started) onStart(started);
        const check = onCheck && readCheck(messages, message, run);
        if (check) onCheck(check);
        return stopAtFailure && message.type === 'check-ended' && firstFailureIsKnown(messages, run);
      },
    });
    return readResult(messages, ending, run);
  } finally {
    await held?.remove();
    await temporary.remove();
  }
}

/** What is said only once a suite runs. */
type Listening = Pick<SuiteOptions, 'signal' | 'onStart' | 'onCheck'>;

/** A suite that is loaded and waits for its word: a student who saves need not wait for Vitest to start. */
export interface PreparedSuite {
  /** Runs it, once. */
  run(options?: Listening): Promise<SuiteResult>;
  /** Ends it, if it was not run. */
  discard(): Promise<void>;
}

/**
 * Starts a run as {@link runSuite} does, up to its first check. Student code is not loaded before that, but the suite
 * and the given files are: after a change of these, prepare another.
 */
export function prepareSuite(options: Omit<SuiteOptions, keyof Listening>): PreparedSuite {
  const ended = new AbortController();
  let given: Listening = {};
  let start: () => void = () => undefined;
  const begin = new Promise<void>((resolve) => (start = resolve));
  const onStart = (check: StartedCheck) => given.onStart?.(check);
  const onCheck = (check: Check) => given.onCheck?.(check);
  const result = runSuiteWith(patternOf(options), { ...options, signal: ended.signal, onStart, onCheck }, begin);
  // A run that nobody wants any more rejects with the reason why.
  result.catch(() => undefined);
  return {
    async run(asked = {}) {
      given = asked;
      const abort = () => ended.abort(asked.signal?.reason);
      asked.signal?.addEventListener('abort', abort, { once: true });
      if (asked.signal?.aborted) abort();
      start();
      try {
        return await result;
      } finally {
        asked.signal?.removeEventListener('abort', abort);
      }
    },
    async discard() {
      ended.abort(new Error('The prepared run is not wanted any more.'));
      await result.catch(() => undefined);
    },
  };
}

/** What a run needs to start, without what could influence it: no NODE_OPTIONS, no KATA_… of the caller. */
function environment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'USERPROFILE', 'LANG', 'TZ', 'SystemRoot', 'windir', 'ComSpec'];
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** A task of a suite that was loaded, not run. */
export interface ListedTask {
  number: number;
  title: string;
  checks: Pick<Check, 'id' | 'title' | 'requirements'>[];
}

/**
 * Loads a suite without running a check of it.
 * @param root the course, absolute
 * @returns its tasks in order of number
 * @throws {Error} when the suite cannot be loaded
 */
export async function listChecks(root: string, slug: string): Promise<ListedTask[]> {
  // No title matches: Vitest collects everything and skips everything.
  const { tasks, fault } = await runSuiteWith('^$', { root, slug, project: 'solutions' });
  const skipped = tasks.every(({ checks }) => checks.every(({ state }) => state === 'missing'));
  if (fault || !skipped) throw new Error(fault?.sentence ?? `tests/${slug}/ runs checks that no title matches.`);
  return tasks.map(({ number, title, checks }) => ({
    number,
    title,
    checks: checks.map(({ id, title, requirements }) => ({ id, title, requirements })),
  }));
}
