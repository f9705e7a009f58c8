import { afterAll, describe, test } from 'vitest';
import { arena } from '#src/arena/index.ts';
import { formatReport, type PromiseProgram, type PromiseReport } from '#src/interleave/index.ts';
import { closeExplorers, expectPass, explorePromises, replayPromises } from '#src/exploration/index.ts';
import { type Verdict, finding } from '#src/verdict/index.ts';
import { explorations } from './explorations.ts';

const schedules = arena<typeof import('#kata/08-race-await/schedules.ts')>('#kata/08-race-await/schedules.ts');
const till = arena<typeof import('#kata/08-race-await/answers.ts')>('#kata/08-race-await/answers.ts');

afterAll(closeExplorers);

describe('Task 1: Lose a deposit', () => {
  // Each function has a describe of its own, so that its check runs although another function is not implemented yet.
  describe('losesA()', () => {
    test(
      "returns a schedule of two deposits that loses A's deposit of 50",
      { tags: ['1.complete', '1.loses-a'] },
      async () => {
        await expectBalance('losesA', await schedules.losesA(), 'two-deposits', 120);
      },
    );
  });

  describe('losesB()', () => {
    test(
      "returns a schedule of two deposits that loses B's deposit of 20",
      { tags: ['1.complete', '1.loses-b'] },
      async () => {
        await expectBalance('losesB', await schedules.losesB(), 'two-deposits', 150);
      },
    );
  });

  describe('keepsOnlyB()', () => {
    test(
      "returns a schedule of three deposits after which only B's deposit of 20 is left",
      { tags: ['1.complete', '1.keeps-only-b'] },
      async () => {
        await expectBalance('keepsOnlyB', await schedules.keepsOnlyB(), 'three-deposits', 120);
      },
    );
  });
});

describe('Task 2: Withdraw, never too much', () => {
  test(
    'a single withdrawal is paid up to the whole balance, and refused above it',
    { tags: ['2.covered'] },
    async () => {
      for (const amount of [1, 99, 100, 101] as const) await expectWithdrawals(`withdraw-${amount}`, 'failed');
      await expectWithdrawals('large-amount', 'failed');
      await expectWithdrawals('paid-in-between', 'failed');
    },
  );

  test(
    'of two withdrawals of 80 from 100, every schedule pays one and refuses the other',
    { tags: ['2.exact', '2.ends'] },
    async () => {
      await expectWithdrawals('covered-once');
      await expectWithdrawals('covered-once-apart');
    },
  );

  test(
    'withdrawals of 30 and 40 from 100 are both paid under every schedule',
    { tags: ['2.not-refused', '2.exact', '2.ends'] },
    () => expectWithdrawals('both-covered', 'failed'),
  );

  test(
    'of withdrawals of 90 and 20 from 100, no schedule refuses one that the balance still covers',
    { tags: ['2.not-refused'] },
    () => expectWithdrawals('different-sizes'),
  );

  test(
    'a withdrawal of 120 from 100 is refused and changes nothing, while one of 30 is paid',
    { tags: ['2.exact', '2.not-refused'] },
    () => expectWithdrawals('one-too-large'),
  );

  test('of three withdrawals of 50 from 100, every schedule pays two', { tags: ['2.exact', '2.ends'] }, () =>
    expectWithdrawals('three-withdrawals'),
  );

  test("rejects with the account's error, and the next withdrawal works as usual", { tags: ['2.errors'] }, async () => {
    await expectWithdrawals('broken-line', 'failed');
    await expectWithdrawals('broken-write', 'failed');
    await expectWithdrawals('broken-retry', 'failed');
  });

  test(
    'a withdrawal whose write rejects takes nothing, and leaves what another one has written meanwhile',
    { tags: ['2.errors', '2.exact'] },
    () => expectWithdrawals('broken-beside'),
  );

  test(
    'tries again until it is paid, however often somebody else is faster',
    { tags: ['2.not-refused', '2.exact'] },
    () => expectWithdrawals('overtaken', 'failed'),
  );
});

describe('Task 3: Safe or not', () => {
  test.each(['addInOneLine', 'addInTwoLines', 'priceList'] as const)(
    'the answer for %s is right: safe under every schedule, or the given schedule makes it go wrong',
    { tags: ['3.safe', '3.breaking-schedule'] },
    async (name) => {
      const answer = await till.answers();
      const said: unknown = (answer as Partial<typeof answer> | undefined)?.[name];
      if (typeof said !== 'string')
        throw finding(
          'failed',
          `answers().${name} must be 'safe' or a schedule such as 'AABB', but it is ${JSON.stringify(said)}.`,
        );
      const program = explorations[name]();
      if (said === 'safe') {
        const all = await explorePromises({ ...program, countAll: true });
        if (all.failures > 0)
          throw finding(
            'failed',
            `answers().${name} is 'safe', but ${all.failures} of its ${all.schedules} schedules give a wrong result. ` +
              'Look for a value that is read before an await and used after it.',
          );
      } else {
        const report = await replay(`answers().${name}`, said, program);
        if (report.verdict === 'pass')
          throw finding(
            'failed',
            `answers().${name} is ${JSON.stringify(said)}, but this schedule gives the right result. Does a task use ` +
              'a value that it read before an await? Then let the other task change it in between. If none does, the ' +
              "answer is 'safe'.",
            picture(report),
          );
      }
    },
  );
});

/** Replays the student's schedule of deposits on a balance of 100. */
async function expectBalance(
  name: string,
  schedule: unknown,
  deposits: 'two-deposits' | 'three-deposits',
  wanted: number,
) {
  const report = await replay(`${name}()`, schedule, explorations[deposits]());
  const balance = report.outcomes[0]?.state['balance'];
  if (balance !== wanted)
    throw finding(
      'failed',
      `${name}() returned ${JSON.stringify(schedule)}, which ends with a balance of ${String(balance)}, ` +
        `not ${wanted}. The last write decides: look at the balance that it is based on.`,
      picture(report),
    );
}

/** Refuses a schedule that is incomplete, or that names a task with no pending answer. */
async function replay(call: string, schedule: unknown, program: PromiseProgram): Promise<PromiseReport> {
  if (typeof schedule !== 'string')
    throw finding(
      'failed',
      `${call} must be a schedule, a string such as 'AABB', but it is ${JSON.stringify(schedule)}.`,
    );
  const returned = `${call} ${call.endsWith(')') ? 'returned' : 'is'} ${JSON.stringify(schedule)}.`;
  const report = await replayPromises({ ...program, schedule }).catch((error: Error) => {
    throw finding('failed', `${returned} ${error.message}`, undefined, { cause: error });
  });
  if (report.notes.length > 0) throw finding('failed', `${returned} ${misfit(schedule, report)}`, picture(report));
  return report;
}

/** Why a schedule doesn't fit the answers that the tasks wait for, as a sentence. */
function misfit(schedule: string, { timeline, notes }: PromiseReport): string {
  const given = schedule.replaceAll(/[\s,]/g, '');
  const played = (timeline?.rows ?? [])
    .filter(({ step }) => step !== undefined)
    .map(({ lane }) => timeline?.lanes[lane])
    .join('');
  const waiting = [...new Set(played.slice(given.length))];
  if (played.startsWith(given))
    return (
      `It stops after ${given.length} of ${played.length} answers, and ` +
      `${waiting.join(' and ')} still ${waiting.length === 1 ? 'waits' : 'wait'}. ` +
      'A complete schedule has one letter for each answer. The steps below go on to the end.'
    );
  if (given.startsWith(played))
    return `It has ${given.length} letters, but there are only ${played.length} answers: leave out the last ones.`;
  const at = [...given].findIndex((letter, index) => letter !== played[index]);
  return at < 0
    ? notes.join(' ')
    : `Its letter ${at + 1} is ${given[at]}, but ${given[at]} waits for no answer there: it has had all of them.`;
}

async function expectWithdrawals(name: keyof typeof explorations, wrong: Verdict = 'lost update') {
  const program = explorations[name]();
  const report = await explorePromises(program);
  if (report.verdict === 'pass') return;
  const isShared = program.scenario === 'withdrawals' || program.scenario === 'brokenBeside';
  const stale = report.reason === 'invariant' && isShared ? staleWrite(report) : undefined;
  const cause = stale?.sentence ?? causes[report.reason];
  const sentence = cause === undefined ? report.sentence : `${report.sentence.replace(/\.?$/, '.')} ${cause}`;
  const verdict = wrong === 'lost update' && (await isRefusal(program)) ? 'failed' : wrong;
  try {
    expectPass({ ...report, sentence }, `08 ${name}`, {
      violation: verdict,
    });
  } catch (error) {
    const place = stale?.place ?? report.timeline?.rows.findLast(isPlace);
    throw Object.assign(error as Error, place && { studentFrame: { file: place.file, line: place.line } });
  }
}

/** What to say about failures that no rule of a scenario describes. */
const causes: Partial<Record<PromiseReport['reason'], string>> = {
  deadlock:
    'withdraw() waits for another withdrawal that has ended: what a withdrawal holds, it must release on every way ' +
    'out, in a finally.',
  'event-loop-blocked':
    'A loop that waits without an answer of the account, such as `while (busy) await null`, never lets the answers in.',
  livelock: 'What withdraw() repeats is based on the same balance each time: read the balance again in the loop.',
};

type Row = NonNullable<PromiseReport['timeline']>['rows'][number];

const isPlace = ({ file }: Row): boolean => file?.endsWith('/withdraw.ts') ?? false;

/** @returns whether a withdrawal was refused wrongly, and nothing else is wrong: then no update is lost */
async function isRefusal({ args = [], ...program }: PromiseProgram): Promise<boolean> {
  if (program.scenario !== 'withdrawals') return false;
  const [balance, amounts, answers = 'at once'] = args;
  const report = await explorePromises({ ...program, args: [balance, amounts, answers, 'ignored'] });
  return report.verdict === 'pass';
}

/** Looks for a write that is based on a balance which another task has changed since it was read. */
function staleWrite({ timeline }: PromiseReport): { sentence: string; place: Row } | undefined {
  const { rows = [], lanes = [] } = timeline ?? {};
  for (const [at, write] of rows.entries()) {
    if (!write.text.startsWith('write ')) continue;
    const from = rows.findLastIndex(
      ({ lane, text }, index) => index < at && lane === write.lane && text.startsWith('read'),
    );
    const between = rows
      .slice(from + 1, at)
      .find(({ lane, text }) => lane !== write.lane && /^write |→ true$/.test(text));
    const read = rows[from];
    if (read === undefined || between === undefined) continue;
    const [who, other] = [lanes[write.lane], lanes[between.lane]];
    return {
      sentence:
        `${who} writes a balance that is based on what it read before ${other} changed it. Compare at the moment ` +
        'of the write (writeIf), or let only one withdrawal at a time read and write.',
      place: read,
    };
  }
  return undefined;
}

const picture = (report: PromiseReport) => formatReport(report).split('\n').slice(2, -1).join('\n');
