import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arena, observe, session } from './arena.ts';
import type { RemoteError } from './errors.ts';
import { listProcesses } from '#src/system/index.ts';
import { standStill } from './spares.ts';

const url = new URL('./fixtures/ways.ts', import.meta.url);
const limit = 1_000;
const ways = arena<typeof import('./fixtures/ways.ts')>(url);
const brief = arena<typeof import('./fixtures/ways.ts')>(url, { limit, memoryBytes: 200 << 20 });
// After a change of the file the first process that loads it also loads the compiler.
beforeAll(() => ways.add(0, 0));
const onLinux = process.platform === 'linux';

describe.concurrent('a call', () => {
  test('gives back what the function returns or resolves to', async () => {
    expect(await ways.add(2, 3)).toBe(5);
    expect(await ways.addLater(2, 3)).toBe(5);
  });
  test('carries structured values both ways', async () => {
    const value = new Map<string, unknown>([['a', [1n, new Date(0), new Int32Array([1, 2])]]]);
    expect(await ways.echo(value)).toEqual(value);
  });
  test('rejects with the class, name, code and cause that were thrown', async () => {
    const error = await ways.throwsRange().catch((thrown: unknown) => thrown as RemoteError);
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({
      name: 'RangeError',
      className: 'RangeError',
      message: 'too far',
      code: 'E_FAR',
      cause: { message: 'the cause', name: 'TypeError' },
    });
    expect((error as Error).stack).toMatch(/fixtures\/ways\.ts:\d+:\d+/);
  });
  test("rejects with the class's own name where a class of the student's was thrown", async () => {
    await expect(ways.throwsOwn()).rejects.toMatchObject({ name: 'OwnError', className: 'OwnError', message: 'mine' });
  });
  test('tells what was thrown where it was no Error', async () => {
    await expect(ways.throwsNull()).rejects.toMatchObject({ thrown: 'null' });
  });
  test('names a function that is not implemented yet', async () => {
    await expect(ways.notImplemented()).rejects.toMatchObject({
      verdict: 'not implemented',
      message: 'notImplemented is not implemented yet.',
    });
    await expect(observe(ways).notImplemented()).rejects.toMatchObject({ verdict: 'not implemented' });
  });
  test('tells a value that is no data', async () => {
    await expect(ways.returnsAFunction()).rejects.toMatchObject({
      verdict: 'failed',
      message: expect.stringContaining('returned a value that a structured clone cannot copy') as string,
    });
  });
  test('runs in a process of its own: nothing is left over from the call before', async () => {
    expect([await ways.countsCalls(), await ways.countsCalls()]).toEqual([1, 1]);
  });
});

describe('a shared arena', () => {
  const shared = arena<typeof import('./fixtures/ways.ts')>(url, { limit: 3_000, shared: true });
  test('keeps its process from call to call, observed or not', async () => {
    expect([await shared.countsCalls(), await shared.countsCalls()]).toEqual([1, 2]);
    expect((await observe(shared).countsCalls()).value).toBe(3);
    await expect(shared.throwsRange()).rejects.toThrow(RangeError);
    expect(await shared.countsCalls()).toBe(4);
  });
  test.each([
    'leavesAWorker',
    'leavesATimer',
    'leavesDetachedChild',
    'neverSettles',
    'waitsForATimer',
    'reallyExits',
    'uncaught',
    'floods',
    'forges',
  ] as const)('starts another process after %s', async (way) => {
    await shared.countsCalls();
    const { outcome, left } = await observe(shared)[way]();
    expect(outcome !== 'value' || left.length > 0).toBe(true);
    expect(await shared.countsCalls()).toBe(1);
  });
  test('does not blame a call for what the one before it left to happen', async () => {
    await shared.countsCalls();
    await shared.failsAfterwards();
    await shared.waits(100);
    expect(await shared.countsCalls()).toBe(1);
  });
  test('starts another process where a call that nobody observes leaves something', async () => {
    await shared.countsCalls();
    await shared.leavesAnUnrefedWorker();
    expect(await shared.countsCalls()).toBe(1);
  });
});

describe('a session', () => {
  test('keeps its process from call to call', async () => {
    const open = await session(ways);
    expect([(await open.call('countsCalls')).value, (await open.call('countsCalls')).value]).toEqual([1, 2]);
    await open.close();
    await expect(open.call('countsCalls')).rejects.toThrow("The session's process is gone");
  });
});

describe('an observation tells', () => {
  test('the time that a call took, and the CPU it used', async () => {
    const one = await observe(ways).worksOn(1, 150);
    const four = await observe(ways).worksOn(4, 150);
    expect(one.wallMilliseconds).toBeGreaterThan(50);
    if (onLinux) expect(Number(four.cpuMilliseconds) / Number(one.cpuMilliseconds)).toBeGreaterThan(1.5);
  });
  test('how many Workers there were, in all and at once', async () => {
    expect(await observe(ways).tidyWorkers(3)).toMatchObject({ workers: { started: 3, peak: 3, alive: 0 }, left: [] });
    expect(await observe(ways).workersInTurn(3)).toMatchObject({
      workers: { started: 3, peak: 1, alive: 0 },
      left: [],
    });
  });
  test('the end of a Worker whose listeners have been removed', async () => {
    expect(await observe(ways).forgetsItsListeners()).toMatchObject({ workers: { started: 1, alive: 0 }, left: [] });
  });
  test('that something left running has ended the process', async () => {
    expect(await observe(ways).exitsAfterwards()).toMatchObject({
      outcome: 'exit',
      sentence:
        'exitsAfterwards() had settled, but left something running: process.exit(3) ended the whole process. ' +
        'Return or throw instead.',
    });
    expect(await observe(ways).throwsAfterwards()).toMatchObject({
      outcome: 'crash',
      reason: 'uncaught-error',
      sentence: expect.stringContaining('RangeError: too late to catch') as string,
    });
  });
  test('Workers that a Worker started', async () => {
    expect((await observe(ways).nestedWorkers()).workers.started).toBe(3);
  });
  test('child processes', async () => {
    expect(await observe(ways).tidyChild()).toMatchObject({ children: { started: 1, peak: 1, alive: 0 }, left: [] });
  });
  test.runIf(onLinux)('how many threads wanted a processor at once', async () => {
    expect((await observe(ways).spinsOn(1, 400)).offeredParallelism).toBe(1);
    expect((await observe(ways).spinsOn(2, 400)).offeredParallelism).toBe(2);
  });
  test('what was printed', async () => {
    expect((await observe(ways).says('hello')).output).toBe('hello\n');
  });
  test.concurrent.each([
    ['leavesAWorker', ['1 Worker']],
    ['leavesAnUnrefedWorker', ['1 Worker']],
    ['leavesATimer', ['a Timeout handle']],
    // The shell may not have become `sleep` yet.
    ['leavesDetachedChild', [expect.stringMatching(/^(sleep|sh) \(\d+\)$/)]],
    ['leavesLostGrandchild', [expect.stringMatching(/^(sleep|setsid|sh) \(\d+\)$/)]],
  ] as const)('what was left: %s', async (way, left) => {
    expect((await observe(ways)[way]()).left).toEqual(left);
  });
});

describe('a call that does not answer ends within its limit of its own time, as', () => {
  const endings = [
    [
      'endlessLoop',
      { outcome: 'timeout', reason: 'endless-loop' },
      'endlessLoop() had not settled after 1 s: its main thread was still computing and answered nothing',
    ],
    ['waitsForever', { outcome: 'timeout', reason: 'blocked' }, 'its main thread slept in a call that did not return'],
    ['waitsForATimer', { outcome: 'timeout', reason: 'waiting' }, 'nothing was computing any more'],
    [
      'awaitsWithoutEnd',
      { outcome: 'timeout', reason: 'endless-awaits' },
      'its event loop went round without an end (a loop with `await` in it that never ends?)',
    ],
    ['spinningThread', { outcome: 'timeout', reason: 'others-busy' }, 'a Worker or child process was still computing'],
    [
      'spinningGrandchild',
      { outcome: 'timeout', reason: 'others-busy' },
      'a Worker or child process was still computing',
    ],
    ['neverSettles', { outcome: 'never settles', reason: 'event-loop-empty' }, 'can never settle'],
    [
      'reallyExits',
      { outcome: 'exit', reason: 'exit-code-zero', exitCode: 0 },
      'process.exit(0) ended the whole process',
    ],
    ['aborts', { outcome: 'crash', reason: 'signal', signal: 'SIGABRT' }, 'signal SIGABRT'],
    ['killsItself', { outcome: 'crash', reason: 'signal', signal: 'SIGKILL' }, 'signal SIGKILL'],
    [
      'uncaught',
      { outcome: 'crash', reason: 'uncaught-error' },
      'an uncaught error ended its process: Error: nobody catches me',
    ],
    [
      'unhandled',
      { outcome: 'crash', reason: 'unhandled-rejection' },
      'an unhandled rejection ended its process: Error: nobody handles me',
    ],
    ['fillsSharedMemory', { outcome: 'memory', reason: 'memory-limit' }, '200 MiB are allowed'],
    ['floods', { outcome: 'too much output', reason: 'output-limit' }, 'printed more than 1 MiB'],
    ['floodsWithoutPause', { outcome: 'too much output', reason: 'output-limit' }, 'printed more than 1 MiB'],
    ['forges', { outcome: 'forged', reason: 'forged-reply' }, 'wrote to file descriptor 3'],
  ] as const;
  test.each(endings)('%s', async (way, expected, sentence) => {
    // The next guest is up before the clock starts, as it is between two checks of a suite.
    await standStill();
    const observation = await observe(brief)[way]();
    expect(observation).toMatchObject(expected);
    expect(observation.sentence).toContain(sentence);
    // Beside other tests a guest takes longer by the clock, but it is given no more than its limit on each processor.
    const { cpuMilliseconds, wallMilliseconds } = observation;
    expect(cpuMilliseconds ?? wallMilliseconds).toBeLessThan(availableParallelism() * (limit + 1_000));
  });
  test('fillsTheHeap', async () => {
    // Collecting a full heap takes V8 a while: this way gets the usual limit.
    const observation = await observe(ways).fillsTheHeap();
    expect(observation).toMatchObject({
      outcome: 'memory',
      reason: 'heap-limit',
      sentence: 'fillsTheHeap() filled the heap of its process, which crashed.',
    });
  });
  test('exits, with the code', async () => {
    expect(await observe(brief).exits(3)).toMatchObject({ outcome: 'exit', reason: 'exit-code', exitCode: 3 });
  });
});

describe.concurrent('a module that cannot be loaded is told with file and line:', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kata-arena-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const load = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return arena<{ f: () => void }>(pathToFileURL(join(folder, name))).f();
  };
  test('a syntax error', async () => {
    await expect(load('syntax.ts', 'export function f() {\n  const a = ;\n}\n')).rejects.toMatchObject({
      verdict: 'does not compile',
      message: expect.stringMatching(
        /syntax\.ts:2:13 does not compile\. The compiler says: Expression expected\.$/,
      ) as string,
    });
  });
  test('an import of a file that is not there, with the nearest name', async () => {
    writeFileSync(join(folder, 'split.ts'), 'export const split = 1;\n');
    await expect(
      load('import.ts', "import { split } from './splitt.ts';\nexport const f = () => split;\n"),
    ).rejects.toThrow(
      /import\.ts:1:23 imports '\.\/splitt\.ts', and there is no such file\. The nearest name there is split\.ts\.$/,
    );
  });
  test('an import of a name that the file does not export', async () => {
    writeFileSync(join(folder, 'split.ts'), 'export const split = 1;\n');
    await expect(
      load('name.ts', "import { slice } from './split.ts';\nexport const f = () => slice;\n"),
    ).rejects.toThrow(
      /name\.ts:1:23 imports slice from '\.\/split\.ts', which has no export of that name\. It exports split\.$/,
    );
  });
  test("a scenario's import from the student's tree", async () => {
    await expect(
      load('scenario.ts', "import { g } from '#kata/no-exercise/no-file.ts';\nexport const f = () => g;\n"),
    ).rejects.toThrow(/scenario\.ts:1:19 imports '#kata\/no-exercise\/no-file\.ts', and there is no such file\.$/);
  });
  test('a syntax error in a module that a scenario imports when it is called', async () => {
    writeFileSync(join(folder, 'late.ts'), 'export const g = (;\n');
    await expect(
      load('calls.ts', "export const f = async () => (await import('./late.ts')).g;\n"),
    ).rejects.toMatchObject({
      verdict: 'does not compile',
      message: expect.stringMatching(/late\.ts:1:19 does not compile\. The compiler says: /) as string,
    });
  });
  test('a missing export', async () => {
    await expect(load('export.ts', 'export function g() {}\n')).rejects.toMatchObject({
      verdict: 'does not compile',
      message: expect.stringMatching(/export\.ts has no exported function f\. It exports g\.$/) as string,
    });
  });
  test('an error while it is loaded', async () => {
    await expect(load('throws.ts', "throw new Error('at once');\nexport const f = 1;\n")).rejects.toThrow(
      'could not be imported: Error: at once',
    );
  });
});

test.runIf(onLinux)('nothing that a call started is left in the process table', async () => {
  const pids = await Promise.all([ways.leavesDetachedChild(), ways.leavesLostGrandchild()]);
  expect((await listProcesses()).filter(({ pid }) => pids.includes(pid))).toEqual([]);
});
