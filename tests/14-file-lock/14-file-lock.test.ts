import { afterAll, describe, expect, test } from 'vitest';
import { arena } from '#src/arena/index.ts';
import { closeExplorers, expectPass, explorePromises } from '#src/exploration/index.ts';
import type { PromiseReport } from '#src/interleave/index.ts';
import { type Verdict, finding } from '#src/verdict/index.ts';
import { draw, seed } from '../support/countdown-inputs.ts';
import type { CrashRun } from './crash-run.ts';
import { explorations } from './explorations.ts';

// Processes on real files take a second or two, and much longer on a busy machine.
const patient = { limit: 150_000 };
const realFiles = arena<typeof import('./real-files.ts')>(new URL('./real-files.ts', import.meta.url), patient);
const crashes = arena<typeof import('./crash-run.ts')>(new URL('./crash-run.ts', import.meta.url), patient);
const counts = arena<typeof import('./count-run.ts')>(new URL('./count-run.ts', import.meta.url), patient);

afterAll(closeExplorers);

// Some checks explore several programs, a few seconds each.

type Name = keyof typeof explorations;

/**
 * Explores every schedule with at most `bound` switches away from a process that could have gone on.
 * @param violation the verdict if a rule of the scenario is violated
 * @param atEnd the verdict if that shows only when all have ended
 */
async function inEveryOrder(
  name: Name,
  bound: number,
  violation: Verdict = 'lost update',
  atEnd: Verdict = violation,
): Promise<void> {
  const report = await explorePromises({ ...explorations[name](), bound, budget: { milliseconds: 50_000 } });
  const hint = hintFor(name, report);
  expectPass(
    { ...report, sentence: hint ? `${report.sentence.replace(/[.]?$/, '.')} ${hint}` : report.sentence },
    `14 ${name}`,
    { violation: report.reason === 'always' ? violation : atEnd },
  );
  if (report.cut > 0)
    throw finding(
      'busy wait',
      'A waiting process must call files.pause() between two attempts, but one went on and on: it had made ' +
        '500 steps when the schedule was cut.',
    );
  if (report.reason.startsWith('budget'))
    throw finding('inconclusive', `The schedules could not all be visited on this machine: ${report.coverage}`);
}

/** @returns what to look for, where the sentence says only what happened */
function hintFor(name: Name, { reason, thrown }: PromiseReport): string | undefined {
  if (name === 'attempts-in-the-tenth-round' || (name === 'a-crash-in-the-tenth-round' && reason === 'deadlock'))
    return 'The lock was taken nine times before this. Compare the numbers of the files as numbers: 10 comes after 9.';
  if (name === 'taken-often') return 'Compare the numbers of the files as numbers, not as texts: 1000 comes after 999.';
  if (name === 'counts-far') return 'A count may need more than 32 bits: leave out bitwise operators.';
  if (name.startsWith('counts'))
    return thrown?.code === 'ENOENT' ? 'If there is no counter file, count from 0.' : undefined;
  if (reason === 'deadlock' && name === 'results')
    return 'The work before this call has ended or failed: release the lock in a finally.';
  if (reason === 'deadlock' && name === 'no-access-to-wait')
    return 'tryLock() has rejected: let its error through, instead of trying again.';
  const death = /death|crash|dead|reused/.test(name);
  if (reason === 'deadlock')
    return death
      ? 'The owner of the lock is dead: ask files.isAlive about the owner that the file names, and take the ' +
          'lock from it.'
      : undefined;
  if (thrown?.code === 'ENOENT')
    return 'Another process has deleted that file in the meantime: look at the lock again.';
  if (reason !== 'always') return undefined;
  if (name.startsWith('clock')) return 'The time says nothing about an owner that lives: ask files.isAlive.';
  if (death)
    return (
      'When two processes find the same dead owner, only one of them may take the lock, even if the other ' + 'is slow.'
    );
  return name === 'patience'
    ? 'However often a process has tried, it may go in only when tryLock() gave it the lock.'
    : undefined;
}

describe('Task 1: Take and release', () => {
  test(
    'takes a free lock, resolves to undefined while it is held, and leaves one file after the release',
    { tags: ['1.try', '1.release', '1.independent', '1.one-file'] },
    async () => {
      await inEveryOrder('sequence', 0, 'failed');
      await inEveryOrder('taken-often', 0, 'failed');
      expect(await realFiles.takeAndRelease(), 'took it, was refused, took it again (on real files)').toEqual([
        true,
        true,
        true,
      ]);
    },
  );

  test(
    'lets one of two or three processes hold the lock, in every order with at most 3 (2) switches',
    { tags: ['1.exclusive'] },
    async () => {
      await inEveryOrder('two-attempts', 3);
      await inEveryOrder('three-attempts', 2);
    },
  );

  test(
    'lets one process hold the lock when two ask again after each release',
    { tags: ['1.exclusive', '1.release'] },
    async () => {
      await inEveryOrder('two-rounds-of-attempts', 2);
      await inEveryOrder('attempts-in-the-tenth-round', 1);
    },
  );

  test.each(['no-access', 'read-only', 'disk-full', 'unreadable-lock'] as const)(
    "rejects with the system's error if the disk can't be written or read: %s",
    { tags: ['1.errors'] },
    async (name) => {
      await inEveryOrder(name, 0, 'failed');
    },
  );

  test("rejects with the system's error if a real folder can't be made", { tags: ['1.errors'] }, async () => {
    expect(await realFiles.inAFile(), 'the code of the error for a lock inside a file').toMatch(/^E[A-Z]+$/);
  });

  test(
    "rejects with the system's error if a link can't be made or a folder can't be listed",
    { tags: ['1.errors'] },
    async () => {
      await inEveryOrder('no-links', 0, 'failed');
      await inEveryOrder('unlistable-lock', 0, 'failed');
    },
  );

  test(
    'leaves at most one file of the lock when some attempts have failed and all owners have released',
    { tags: ['1.one-file', '1.release'] },
    async () => {
      await inEveryOrder('leftovers-of-attempts', 2, 'lost update', 'leak');
      await inEveryOrder('leftovers-of-two-rounds', 1, 'lost update', 'leak');
    },
  );
});

describe('Task 2: Wait, work, release', () => {
  test(
    'lets one of two or three processes work at a time, in every order with at most 3 (1) switches',
    { tags: ['2.waits'] },
    async () => {
      await inEveryOrder('two-processes', 3);
      await inEveryOrder('three-processes', 1);
    },
  );

  test('lets one of two calls in the same process work at a time', { tags: ['2.waits'] }, async () => {
    await inEveryOrder('one-process', 2);
  });

  test('lets one process work at a time when two come back after each release', { tags: ['2.waits'] }, async () => {
    await inEveryOrder('two-rounds', 2);
  });

  test('calls files.pause between two attempts', { tags: ['2.waits', '2.pause', '3.alive'] }, async () => {
    await inEveryOrder('patience', 0, 'lost update', 'busy wait');
    await inEveryOrder('long-wait', 0, 'failed');
  });

  test(
    'resolves to what the work returns, or releases the lock and rejects with its error',
    { tags: ['2.result', '2.errors', '2.free'] },
    async () => {
      // First: what a release that goes on does in the other program are too many orders.
      await inEveryOrder('free-at-the-end', 0, 'failed');
      await inEveryOrder('results', 0, 'failed');
    },
  );

  test('rejects with the error of tryLock, without running the work', { tags: ['2.lock-errors'] }, async () => {
    await inEveryOrder('no-access-to-wait', 0, 'failed');
  });

  test('leaves at most one file of the lock when all have finished', { tags: ['2.one-file'] }, async () => {
    await inEveryOrder('leftovers', 1, 'leak');
  });
});

describe('Task 3: Take over the lock of the dead', () => {
  test(
    'takes the lock of a dead owner, once, in every order with at most 2 switches (3 processes: 1)',
    { tags: ['3.take-over', '3.once'] },
    async () => {
      await inEveryOrder('after-a-death', 2);
      await inEveryOrder('attempts-after-a-death', 2);
      await inEveryOrder('three-after-a-death', 1);
      await inEveryOrder('two-rounds-after-a-death', 2);
    },
  );

  test('lets the others in, one at a time, when a process dies at any step', { tags: ['3.any-step'] }, async () => {
    await inEveryOrder('a-crash', 2);
    await inEveryOrder('a-crash-in-the-tenth-round', 1);
    await inEveryOrder('a-crash-after-a-death', 2);
  });

  test(
    'leaves the lock to a living owner when the clock jumps by more than a year, forward or back',
    { tags: ['3.alive'] },
    async () => {
      await inEveryOrder('clock-forward', 1);
      await inEveryOrder('clock-back', 1);
    },
  );

  test(
    'leaves at most one file of the lock when processes have died and the others have finished',
    { tags: ['3.clean'] },
    async () => {
      await inEveryOrder('leftovers-of-the-dead', 1, 'leak');
      await inEveryOrder('leftovers-of-a-takeover', 0, 'leak');
    },
  );

  test('takes the lock of a dead owner whose pid belongs to another process now', { tags: ['3.pid'] }, async () => {
    await inEveryOrder('reused-pid', 0);
  });

  test.each([
    [2, 10],
    [4, 10],
    [8, 10],
  ])(
    'keeps the count on real files with %i processes, of which some are killed',
    { tags: ['3.any-step'] },
    async (processes, kills) => {
      const run = await crashes.crashRun(processes, kills, draw(0, 2 ** 31));
      expectSound(run);
    },
  );
});

describe('Task 4: Survive a crash in the middle', () => {
  test('counts from 0 if there is no file, and on from what the file holds', { tags: ['4.count'] }, async () => {
    await inEveryOrder('counts-from-nothing', 1);
    await inEveryOrder('counts-on', 2);
    await inEveryOrder('counts-far', 0, 'failed');
  });

  test(
    'leaves a whole number in the file wherever a process dies, and the next one counts on',
    { tags: ['4.whole'] },
    async () => {
      await inEveryOrder('counts-with-a-crash', 2);
    },
  );

  test(
    "rejects with the system's error and releases the lock if the file can't be read",
    { tags: ['4.errors'] },
    async () => {
      await inEveryOrder('unreadable', 1, 'failed');
    },
  );

  test('loses no update of two real processes with 200 increments each', { tags: ['4.none-lost'] }, async () => {
    const { count, codes } = await counts.countRun(2, 200);
    expect(codes, 'exit codes of the two processes').toEqual([0, 0]);
    if (count.trim() !== '400')
      throw finding('lost update', `After 2 × 200 increments, the counter must be 400, but the file holds ${count}.`);
  });

  test('loses no update of two counters in the same folder', { tags: ['4.none-lost'] }, async () => {
    await inEveryOrder('two-counters', 2);
  });
});

/** @throws {Finding} unless the processes of a run kept their promises */
function expectSound(run: CrashRun): void {
  const where =
    `(${run.processes} processes, ${run.kills} of them killed; ` + `to repeat: npm run kata run 14 -- --seed ${seed})`;
  if (run.intruders > 0)
    throw finding('lost update', `A process changed the counter while another one held the lock ${where}.`);
  if (run.wrong[0] !== undefined) throw finding('lost update', `${run.wrong[0]} ${where}.`);
  if (run.stalled)
    throw finding('deadlock', `Processes waited for the lock, and none of them got it for 20 s ${where}.`);
  if (run.left.length > 1)
    throw finding(
      'leak',
      `At most one file of the lock may stay, but ${run.left.length} do: ${run.left.join(', ')} ${where}.`,
    );
}
