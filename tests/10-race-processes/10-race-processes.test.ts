import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { arena, observe } from '#src/arena/index.ts';
import type { PromiseReport } from '#src/interleave/index.ts';
import { closeExplorers, expectPass, explorePromises } from '#src/exploration/index.ts';
import { Finding, finding } from '#src/verdict/index.ts';
import { expectNothingLeft, valueOf } from '../support/countdown-checks.ts';
import { draw, seed } from '../support/countdown-inputs.ts';
import { explorations } from './explorations.ts';
import type { Outcome } from './counter-scenarios.ts';
import type { Disturbance, Recording } from './lose-scenarios.ts';
import { expectCount, expectLossInEachRound } from './recording-checks.ts';
import { expectCompleteLoss, expectShortestTornRead } from './schedule-checks.ts';

const shared = { shared: true };
const beside = (file: string) => new URL(file, import.meta.url);
const counter = arena<typeof import('./counter-scenarios.ts')>(beside('./counter-scenarios.ts'), shared);
// These scenarios change their process. They need a second or two; a busy machine takes many times as long.
const disturbed = arena<typeof import('./lose-scenarios.ts')>(beside('./lose-scenarios.ts'), { limit: 20_000 });
const losingLong = arena<typeof import('./lose-scenarios.ts')>(beside('./lose-scenarios.ts'), { limit: 40_000 });
const schedules = arena<typeof import('#kata/10-race-processes/schedules.ts')>(
  '#kata/10-race-processes/schedules.ts',
  shared,
);
const replacing = arena<typeof import('./replace-scenarios.ts')>(beside('./replace-scenarios.ts'), shared);
// A new process for each call.
const replacingAnew = arena<typeof import('./replace-scenarios.ts')>(beside('./replace-scenarios.ts'));

const by = `(to repeat: npm run kata run 10 -- --seed ${seed})`;
/** Drawn before any check runs, so that a check gets the same numbers when it runs alone. */
const start = draw(1_000, 9_000);
const other = draw(1_000, 9_000);
/** Runs of task 2's program. Each starts two processes, so there are few, unless somebody asks for more. */
const runs = Number(process.env['KATA_RUNS'] ?? 3);
const largest = Number.MAX_SAFE_INTEGER;
const noCounts = [-1, 0.5, NaN, Infinity, largest + 1];

afterAll(closeExplorers);

describe.concurrent('Task 1: A counter in a file', () => {
  test(
    'readCounter resolves to the number in the file, with or without a newline behind it',
    { tags: ['1.read'] },
    async () => {
      for (const [text, count] of [
        ['0', 0],
        ['7', 7],
        [`${start}`, start],
        [`${other}\n`, other],
        [`${largest}`, largest],
      ] as const) {
        const outcome = await counter.work('readCounter', text);
        const hint = text.endsWith('\n') ? ' A newline at the end belongs to no number: allow it.' : '';
        expectValue(outcome, count, `readCounter of a file that holds ${JSON.stringify(text)}`, hint);
        expectCalls(outcome, ['readFile counter'], 'readCounter');
      }
    },
  );

  test(
    'readCounter rejects with an InvalidCounterError if the file is empty or holds anything else',
    { tags: ['1.invalid'] },
    async () => {
      const numbers = ['-1', '1.5', '1e3', '0x10', 'NaN', `${largest + 1}`];
      const texts = ['', '\n', ' ', 'abc', '12abc', '1 2', '7\n8', ' 7', '7 ', '7\n\n', ...numbers];
      for (const text of texts)
        expectInvalid(
          await counter.work('readCounter', text),
          `readCounter of a file that holds ${JSON.stringify(text)}`,
        );
    },
  );

  test(
    'readCounter rejects with the error of readFile, such as ENOENT if there is no file',
    { tags: ['1.read-error'] },
    async () => {
      expectSame(await counter.workFailing('readCounter', 'readFile'), 'readCounter', 'readFile');
      const { value, code } = await counter.work('readCounter', undefined);
      expectNoEntry(code, value, 'readCounter');
    },
  );

  test(
    'writeCounter writes the digits of the count and nothing else, with one writeFile',
    { tags: ['1.write'] },
    async () => {
      for (const count of [0, 7, start, largest]) {
        for (const text of ['123456789012345678', undefined]) {
          const outcome = await counter.work('writeCounter', text, count);
          const call = `writeCounter(path, ${count})`;
          if (outcome.error !== undefined)
            throw finding('failed', `${call} must resolve, but it rejected with ${outcome.error}. ${by}`);
          expectText(outcome.text, String(count), call);
          expectCalls(outcome, [`writeFile counter ${count}`], call);
        }
      }
    },
  );

  test(
    'writeCounter rejects with a RangeError if the count is invalid, and leaves the file as it is',
    { tags: ['1.range-error'] },
    async () => {
      for (const count of noCounts) {
        const outcome = await counter.work('writeCounter', '5', count);
        expectRangeError(outcome, `writeCounter(path, ${count})`);
        expectCalls(outcome, [], `writeCounter(path, ${count})`);
      }
      const beyond = await counter.work('increment', String(largest));
      expectRangeError(beyond, `increment of ${largest}`);
      expectText(beyond.text, String(largest), `increment of ${largest}, which must fail`);
    },
  );

  test('increment reads once, then writes once, and resolves to the new count', { tags: ['1.increment'] }, async () => {
    for (const [text, count] of [
      ['0', 1],
      [`${start}\n`, start + 1],
    ] as const) {
      const outcome = await counter.work('increment', text);
      const hint = outcome.value === count - 1 ? ' That is the count before: resolve to the new one.' : '';
      expectValue(outcome, count, `increment of a file that holds ${JSON.stringify(text)}`, hint);
      expectCalls(outcome, ['readFile counter', `writeFile counter ${count}`], 'increment');
    }
  });

  test(
    'increment rejects with the error of readCounter and then writes nothing',
    { tags: ['1.no-write'] },
    async () => {
      for (const text of ['', 'abc']) {
        const outcome = await counter.work('increment', text);
        expectInvalid(outcome, `increment of a file that holds ${JSON.stringify(text)}`);
        expectCalls(outcome, ['readFile counter'], `increment of a file that holds ${JSON.stringify(text)}`);
      }
      const missing = await counter.work('increment', undefined);
      expectNoEntry(missing.code, missing.value, 'increment');
      if (missing.text !== undefined)
        throw finding(
          'failed',
          `increment must not create a file that is missing, but now there is one that holds ` +
            `${JSON.stringify(missing.text)}.`,
        );
    },
  );

  test(
    'writeCounter and increment wait for writeFile and reject with its error',
    { tags: ['1.write-error'] },
    async () => {
      for (const name of ['writeCounter', 'increment'] as const) {
        if (await counter.settlesTooEarly(name, 6))
          throw finding('failed', `${name} must settle after its writeFile, but it settled before. Await the call.`);
        expectSame(await counter.workFailing(name, 'writeFile', 6), name, 'writeFile');
      }
    },
  );

  test('all three work on real files if the caller passes no files', { tags: ['1.real-files'] }, async () => {
    const { read, texts, code } = await counter.onDisk(String(start), 7).catch((error: unknown) => {
      if (error instanceof Finding) throw error;
      const hint = 'Without the parameter `files`, the functions must use the real files: nodeFiles is its default.';
      throw Object.assign(finding('failed', `On a real file, a call failed with ${String(error)}. ${hint}`), {
        stack: (error as Error).stack,
      });
    });
    for (const [at, [call, wanted]] of [
      ['readCounter', start],
      ['increment', start + 1],
      ['readCounter after increment', start + 1],
    ].entries())
      if (read[at] !== wanted)
        throw finding(
          'failed',
          `On a real file, ${call} must resolve to ${wanted}, but it resolved to ${String(read[at])}. ${by}`,
        );
    expectText(texts[0], `${start + 1}`, 'increment on a real file');
    expectText(texts[1], '7', 'writeCounter(path, 7) on a real file');
    expectNoEntry(code, undefined, 'readCounter');
  });
});

describe.concurrent('Task 2: Lose updates on purpose', () => {
  const long = once(() => recorded(2, 200));

  test(
    'loses an update in each of 200 rounds of two processes',
    { tags: ['2.processes', '2.count', '2.read-first', '2.write-first'] },
    async () => {
      const { recording, ...wanted } = await long();
      expectLossInEachRound(recording, wanted);
      expectCount(recording, wanted.call, wanted);
    },
  );

  test('loses an update in every run, not only in some', { tags: ['2.count', '2.messages'] }, async () => {
    for (let run = 0; run < runs; run++) {
      const { recording, ...wanted } = await recorded(2, 1);
      expectLossInEachRound(recording, wanted);
      expectCount(recording, wanted.call, wanted);
    }
  });

  test('starts as many child processes as asked for, all at the same time', { tags: ['2.processes'] }, async () => {
    const { observation, processes, call } = await long();
    const { started, peak } = observation.children;
    expect(started, `number of child processes that ${call} started`).toBe(processes);
    if (peak < processes)
      throw finding(
        'sequential in disguise',
        `${call} must run ${processes} child processes at the same time, but at most ${peak} ran at once.`,
      );
  });

  test(
    'loses all updates but one with three processes, and none with one process',
    { tags: ['2.count', '2.read-first'] },
    async () => {
      for (const [processes, rounds] of [
        [3, 4],
        [1, 5],
      ] as const) {
        const { recording, ...wanted } = await recorded(processes, rounds);
        expectLossInEachRound(recording, wanted);
        expectCount(recording, wanted.call, wanted);
      }
    },
  );

  test(
    'lets no process write before the last one has read, whichever process starts late',
    { tags: ['2.read-first', '2.messages'] },
    async () => {
      for (const child of [0, 1, 2]) {
        const { recording, ...wanted } = await recorded(3, 1, { child, role: 'gate at start' });
        expectLossInEachRound(recording, wanted);
        expectCount(recording, wanted.call, wanted);
      }
    },
  );

  test(
    'lets no process write too early in a call made after a failed one',
    { tags: ['2.read-first', '2.messages'] },
    async () => {
      const call = 'loseUpdates(path, 2, 1), called after a failed call,';
      const hint =
        'Count the reports of each call by themselves: a variable of the module keeps those of the other call.';
      const observation = await observe(losingLong).recordAfterFailure(String(start));
      if (observation.outcome === 'timeout') throw finding('timeout', `${call} or that call did not settle. ${hint}`);
      const wanted = { start, processes: 2, rounds: 1 };
      expectLossInEachRound(valueOf(observation), wanted, ` That was in ${call.slice(0, -1)}. ${hint}`);
      expectCount(valueOf(observation), call, wanted);
    },
  );

  test(
    'lets no process read again before a slow one has written',
    { tags: ['2.write-first', '2.messages'] },
    async () => {
      for (const child of [0, 2]) {
        const { recording, ...wanted } = await recorded(3, 2, { child, role: 'gate in writes' });
        expectLossInEachRound(recording, wanted);
        expectCount(recording, wanted.call, wanted);
      }
    },
  );

  test(
    'leaves no process running when it has settled, even if one of them takes its time to exit',
    { tags: ['2.no-leak'] },
    async () => {
      expectEnded(await long());
      expectEnded(await recorded(2, 1, { child: 1, role: 'gate at exit' }));
    },
  );

  test.each([
    ['is killed with SIGKILL', 'killed'],
    ['ends with exit code 0', 'exits'],
  ] as const)(
    'rejects and ends the other processes if one of them %s',
    { tags: ['2.failure', '2.no-leak'] },
    async (_, role) => {
      for (const child of [0, 2]) await expectRejection({ child, role });
    },
  );

  test(
    'rejects and ends all processes if the file holds no count or is missing',
    { tags: ['2.failure', '2.no-leak', '2.processes'] },
    async () => {
      for (const text of ['no count', null]) {
        const record = await recorded(2, 2, undefined, text);
        const { recording, call } = record;
        // A child chooses its exit code itself, and the others may be ended by a signal.
        const codes = recording.endings.filter((ending) => typeof ending === 'number');
        const how = codes.length > 0 ? [...new Set(codes)] : [...new Set(recording.endings)];
        const sign = `the ${codes.length > 0 ? 'exit code' : 'signal'} of a child, ${how.join(' or ')}`;
        const when = `If the file ${text === null ? 'is missing' : 'holds no count'}`;
        if (recording.endings.length === 0)
          throw finding(
            'failed',
            `${when}, ${call} must start its children and reject with an error that says how one of them ended, but ` +
              `it started none and rejected with ${recording.error}. Only the children read the file.`,
          );
        expectFailure(recording, call, when, new RegExp(`\\b(${how.join('|')})\\b`), sign);
        if (text !== null) expectText(recording.text, text, `${call}, which must fail`);
        else if (recording.text !== undefined)
          throw finding(
            'failed',
            `The counter file was missing, so ${call} must reject and create no file, but afterwards there was one. ` +
              'Nobody writes before readCounter has read a count: a missing file is an error, not a count of 0.',
          );
        expectEnded(record);
      }
    },
  );

  test(
    'rejects and ends the other processes if one of them ends with exit code 0 after its first write',
    { tags: ['2.failure', '2.no-leak'] },
    async () => {
      await expectRejection({ child: 1, role: 'exits after a write' });
    },
  );
});

describe('Task 3: Every schedule', () => {
  test(
    'losesUpdate() returns a complete schedule of two increments after which the count is 1',
    { tags: ['3.loses-update'] },
    async () => {
      await expectCompleteLoss('losesUpdate', await schedules.losesUpdate(), 'two-increments');
    },
  );

  test(
    'tornRead() returns the shortest schedule after which an increment has failed',
    { tags: ['3.torn-read', '3.shortest'] },
    async () => {
      await expectShortestTornRead(await schedules.tornRead());
    },
  );
});

describe('Task 4: Replace the file', () => {
  test(
    'a reader finds the old count or the new one under every schedule of one, two or three writers',
    { tags: ['4.never-torn'] },
    async () => {
      for (const name of ['one-writer', 'two-writers', 'three-writers'] as const) {
        const report = await explore(name);
        const taken = name !== 'one-writer' && report.thrown?.code === 'ENOENT';
        const hint = taken
          ? ' Another call took this file away: each call needs a temporary file that no other uses.'
          : '';
        expectPass({ ...report, sentence: `${report.sentence}${hint}` }, `10 ${name}`, { violation: 'failed' });
      }
    },
  );

  test('no two calls use the same temporary file, in one process or in two', { tags: ['4.own-file'] }, async () => {
    const processes = [await replacingAnew.written(), await replacingAnew.written()];
    const calls = processes.flatMap((written, process) => written.map((names) => ({ process, names: new Set(names) })));
    for (const [at, mine] of calls.entries())
      for (const theirs of calls.slice(0, at))
        for (const name of mine.names)
          if (theirs.names.has(name))
            throw finding(
              'failed',
              'Each call of replaceCounter must write a temporary file of its own, whatever path and count it gets, ' +
                `but two calls in ${mine.process === theirs.process ? 'one process' : 'different processes'} wrote ` +
                `${name}. Put something into the name that is new in each call.`,
            );
  });

  test('the temporary file is in the folder of the counter file', { tags: ['4.same-folder'] }, async () => {
    for (const name of (await replacing.written()).flat())
      if (name.replace(/[^/]*$/, '') !== '/data/')
        throw finding(
          'failed',
          `The temporary file must be in /data, the folder of the counter file, but it is ${name}. \`rename\` ` +
            `can't move a file to another disk.`,
        );
  });

  test('leaves nothing but the counter file, and the new count in it', { tags: ['4.nothing-left'] }, async () => {
    expect(await replacing.replaceOnDisk('123456', 7), `a folder after replaceCounter(path, 7)`).toEqual({
      text: '7',
      left: ['counter'],
    });
  });

  test(
    'rejects with the error of the step that failed, keeps the count and removes the temporary file',
    { tags: ['4.clean-up'] },
    async () => {
      for (const failing of ['writeFile', 'rename'] as const) {
        const outcome = await replacing.replaceFailing([failing]);
        expectSame(outcome, 'replaceCounter', failing);
        expectOnlyCounter(outcome, `After its ${failing} failed`);
      }
    },
  );

  test(
    'rejects with the first error if the temporary file cannot be removed either',
    { tags: ['4.clean-up'] },
    async () => {
      for (const failing of ['writeFile', 'rename'] as const)
        expectSame(await replacing.replaceFailing([failing, 'unlink']), 'replaceCounter', failing);
    },
  );

  test(
    'rejects with a RangeError if the count is invalid, and leaves the files as they are',
    { tags: ['4.range-error'] },
    async () => {
      for (const count of noCounts) {
        const outcome = await replacing.replaceFailing([], count);
        expectRangeError(outcome, `replaceCounter(path, ${count})`);
        expectOnlyCounter(outcome, `After replaceCounter(path, ${count})`);
      }
    },
  );

  test(
    'losesDespiteReplace() returns a complete schedule that loses an update although no read is torn',
    { tags: ['4.still-lost'] },
    async () => {
      await expectCompleteLoss('losesDespiteReplace', await schedules.losesDespiteReplace(), 'two-replaced');
    },
  );
});

/** @returns what the check did to one of the processes */
function whatHappened(disturbance: Disturbance | undefined): string {
  if (disturbance === undefined) return '';
  const { child, role } = disturbance;
  const events = {
    killed: 'was killed with SIGKILL',
    exits: 'ended with exit code 0 before its first report',
    'exits after a write': 'ended with exit code 0 after its first write',
    'gate at start': 'started late',
    'gate in writes': 'wrote slowly',
    'gate at exit': 'took its time to exit',
  };
  return `, whose process ${child + 1} ${events[role]},`;
}

/** @throws {Finding} unless loseUpdates rejects if one of its processes ends too early, and all have ended then */
async function expectRejection(disturbance: Disturbance): Promise<void> {
  const { child, role } = disturbance;
  const record = await recorded(3, 2, disturbance);
  const after = role === 'exits after a write' ? ' after its first write' : '';
  const [how, wanted, sign] =
    role === 'killed'
      ? ['is killed', /SIGKILL/, 'SIGKILL']
      : [`exits with code 0${after}`, /\b0\b/, 'the exit code, 0'];
  const when = `If process ${child + 1} ${how} before it has done its rounds`;
  expectFailure(record.recording, record.call, when, wanted, sign);
  expectEnded(record);
}

/** Records one call of loseUpdates on a file that holds `text`; null means that there is no file. */
async function recorded(
  processes: number,
  rounds: number,
  disturbance?: Disturbance,
  text: string | null = String(start),
) {
  const student = disturbance === undefined ? losingLong : disturbed;
  const observation = await observe(student).record(text, processes, rounds, disturbance);
  const call = `loseUpdates(path, ${processes}, ${rounds})`;
  if (observation.outcome === 'timeout')
    throw finding(
      'timeout',
      `${call}${whatHappened(disturbance)} had not settled after ` +
        `${Math.round(observation.wallMilliseconds / 1_000)} s. Does every process that waits get its message, and ` +
        'does the parent end the others if one has ended too early?',
      observation.output.trim() === '' ? undefined : `It printed:\n${observation.output.trim().slice(0, 1_000)}`,
    );
  return { observation, recording: valueOf(observation), call, start: Number(text), processes, rounds };
}

function expectEnded({ observation, recording: { alive }, call }: Awaited<ReturnType<typeof recorded>>): void {
  if (alive > 0)
    throw finding(
      'leak',
      `When ${call} settled, ${alive} of its child processes had not ended yet. Wait for the end of each.`,
    );
  expectNothingLeft(observation, call);
}

function expectFailure({ error, result }: Recording, call: string, when: string, wanted: RegExp, sign: string): void {
  if (error === undefined)
    throw finding('failed', `${when}, ${call} must reject, but it resolved to ${JSON.stringify(result)}.`);
  if (!wanted.test(error))
    throw finding(
      'failed',
      `${when}, ${call} must reject with an error whose message contains ${sign}, but it rejected with ${error}.`,
    );
}

function expectValue({ value, error }: Outcome, wanted: number, call: string, hint: string): void {
  if (Object.is(value ?? error, wanted)) return;
  const happened = error === undefined ? `resolved to ${JSON.stringify(value)}` : `rejected with ${error}`;
  throw finding('failed', `${call} must resolve to ${wanted}, but it ${happened}.${hint} ${by}`);
}

function expectCalls({ calls }: Outcome, wanted: readonly string[], call: string): void {
  if (isDeepStrictEqual(calls, wanted)) return;
  const list = (each: readonly string[]) => (each.length === 0 ? 'none' : each.join(', then '));
  const hint =
    calls.length < wanted.length
      ? ' Use `files` for every operation, and pass it on to the functions that you call.'
      : calls.length > wanted.length
        ? ' Leave out the others.'
        : '';
  throw finding('failed', `${call} must do these file operations: ${list(wanted)}. It did: ${list(calls)}.${hint}`);
}

function expectText(text: string | undefined, wanted: string, call: string): void {
  if (text === wanted) return;
  const came = text === undefined ? 'there is no file' : `it holds ${JSON.stringify(text)}`;
  throw finding('failed', `After ${call}, the file must hold ${JSON.stringify(wanted)}, but ${came}. ${by}`);
}

function expectNoEntry(code: unknown, value: unknown, call: string): void {
  if ((code ?? value) === 'ENOENT') return;
  const came =
    code === undefined ? `resolved to ${JSON.stringify(value)}` : `rejected with the code ${JSON.stringify(code)}`;
  throw finding(
    'failed',
    `If there is no file, ${call} must reject with the error of readFile (ENOENT), but it ${came}.`,
  );
}

/** The counter file must be as it was, and the only one. */
function expectOnlyCounter({ left, text }: { left: string[]; text: string | undefined }, when: string): void {
  if (text !== '5')
    throw finding('failed', `${when}, the counter file must still hold 5, but it holds ${JSON.stringify(text)}.`);
  const more = left.filter((name) => name !== '/data/counter');
  if (more.length > 0)
    throw finding(
      'failed',
      `${when}, replaceCounter must leave no file but the counter, but ${more.join(', ')} is still there. Remove the ` +
        'temporary file, whichever step has failed.',
    );
}

interface Failed {
  error?: string | undefined;
  threw?: boolean | undefined;
}

/** A caller that has only `.catch` never sees an error that comes before the promise. */
function expectPromise({ error, threw }: Failed, call: string): void {
  if (threw)
    throw finding(
      'failed',
      `Expected ${call} to return a promise that rejects, but the call itself threw ${error}. Make the function ` +
        '`async`.',
    );
}

function expectInvalid({ value, error, threw, isInvalidCounterError }: Outcome, call: string): void {
  expectPromise({ error, threw }, call);
  if (isInvalidCounterError) return;
  const happened = error === undefined ? `resolved to ${JSON.stringify(value)}` : `rejected with ${error}`;
  throw finding(
    'failed',
    `Expected ${call} to reject with an InvalidCounterError that has the path and the text, but it ${happened}.`,
  );
}

function expectRangeError({ error, threw, isRangeError }: Failed & { isRangeError?: boolean }, call: string): void {
  expectPromise({ error, threw }, call);
  if (isRangeError) return;
  const happened = error === undefined ? 'resolved' : `rejected with ${error}`;
  throw finding('failed', `Expected ${call} to reject with a RangeError, but it ${happened}.`);
}

/** The caller must get the very error that the file operation rejected with. */
function expectSame({ error, threw, isSame }: Failed & { isSame?: boolean }, call: string, operation: string): void {
  expectPromise({ error, threw }, call);
  if (isSame) return;
  const happened = error === undefined ? 'it resolved' : `it rejected with ${error}`;
  const hint = error === undefined ? ` Only the first ${operation} failed: don't try again.` : '';
  throw finding(
    'failed',
    `Expected ${call} to reject with the error of ${operation}, unchanged, but ${happened}.${hint}`,
  );
}

const explore = (name: keyof typeof explorations): Promise<PromiseReport> => explorePromises(explorations[name]());

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
