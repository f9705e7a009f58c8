import '#src/system/no-inspector.ts';
import { Socket } from 'node:net';
import type { SerializedError } from 'vitest';
import type { Reporter, TestCase, TestModule, TestRunEndReason, TestSpecification, TestSuite } from 'vitest/node';
import { reportDescriptor, type Annotation, type Message, type ReportedError } from './messages.ts';

/**
 * A Vitest reporter that reports to the parent process, one JSON message a line, over the file descriptor
 * {@link reportDescriptor}. Node marks inherited descriptors close-on-exec, so neither Vitest's workers nor the arenas
 * have it: nothing that a student prints or writes to a file can pass for a result.
 */
export default class PipeReporter implements Reporter {
  #pipe = new Socket({ fd: reportDescriptor, readable: true, writable: true });

  constructor() {
    // The pipe closes when the parent is gone: nobody would read the result, or stop this run.
    this.#pipe.once('close', endRun);
    this.#pipe.once('error', endRun);
    this.#pipe.resume();
    this.#pipe.unref();
  }

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.#send({ type: 'start', files: specifications.map(({ moduleId }) => moduleId) });
  }

  onTestModuleCollected(module: TestModule): void {
    this.#send({
      type: 'collected',
      file: module.moduleId,
      checks: [...module.children.allTests()].map((test) => ({
        id: test.id,
        names: names(test),
        skipped: isSkipped(test),
        requirements: test.tags,
      })),
    });
  }

  onTestCaseReady(test: TestCase): void {
    this.#send({ type: 'check-started', id: test.id });
  }

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    const milliseconds = test.diagnostic()?.duration ?? 0;
    // A failed hook skips the checks of its group; its error is reported with the group.
    const note = result.state === 'skipped' ? result.note : undefined;
    this.#send({
      type: 'check-ended',
      id: test.id,
      state: result.state,
      errors: reported(result.errors ?? []),
      milliseconds,
      note,
      annotations: annotations(test),
    });
  }

  onTestSuiteResult(suite: TestSuite): void {
    const errors = suite.errors();
    if (errors.length > 0)
      this.#send({
        type: 'group-failed',
        ids: [...suite.children.allTests()].map(({ id }) => id),
        errors: reported(errors),
      });
  }

  onTestModuleEnd(module: TestModule): void {
    this.#send({ type: 'file-ended', file: module.moduleId, errors: reported(module.errors()) });
  }

  async onTestRunEnd(
    _modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
    reason: TestRunEndReason,
  ): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#send({ type: 'end', reason, unhandled: reported(unhandled) }, () => resolve());
    });
  }

  #send(message: Message, sent?: () => void): void {
    this.#pipe.write(`${JSON.stringify(message)}\n`, sent);
  }
}

/** Ends Vitest and its workers, which would first wait for their checks. Guests have their own reaper. */
function endRun(): void {
  // This process, or what launched it, leads a group that holds nothing but this run.
  if (process.platform !== 'win32') process.kill(0, 'SIGKILL');
  process.exit(1);
}

/** @returns the titles from the outermost describe to the test itself */
function names(test: TestCase): string[] {
  const path = [test.name];
  for (let at = test.parent; at.type === 'suite'; at = at.parent) path.unshift(at.name);
  return path;
}

const isSkipped = (test: TestCase): boolean => test.options.mode === 'skip' || test.options.mode === 'todo';

const annotations = (test: TestCase): Annotation[] =>
  test.annotations().map(({ type, message }) => ({ type, message: cut(message) ?? '' }));

/** Vitest's time-out error has neither a class nor a code: only its message identifies it. */
const isTimeout = (message: unknown): boolean =>
  typeof message === 'string' && /^(Test|Hook) timed out in \d+ms/.test(message);

/** Characters: enough for every chart and timeline, while a megabyte of output doesn't swamp the record. */
const longest = 20_000;

const cut = (text: unknown): string | undefined =>
  typeof text === 'string'
    ? text.length > longest
      ? `${text.slice(0, longest)}\n… (${text.length - longest} more characters)`
      : text
    : undefined;

function reported(errors: readonly object[], depth = 0): ReportedError[] {
  return errors.map((error) => {
    const {
      name,
      message,
      stack,
      diff,
      expected,
      actual,
      verdict,
      evidence,
      studentFrame,
      timeline,
      cause,
      VITEST_TEST_NAME: test,
    } = error as Record<string, unknown>;
    return {
      name: cut(name) ?? 'Error',
      message: cut(message) ?? '',
      stack: cut(stack),
      diff: cut(diff),
      expected: cut(expected),
      actual: cut(actual),
      verdict: cut(verdict) ?? (isTimeout(message) ? 'timeout' : undefined),
      evidence: cut(evidence),
      studentFrame,
      timeline,
      test: cut(test),
      cause: typeof cause === 'object' && cause !== null && depth < 5 ? reported([cause], depth + 1)[0] : undefined,
    };
  });
}
