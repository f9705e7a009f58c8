// Judges the schedules that a student has written.
import { formatReport, type PromiseReport } from '#src/interleave/index.ts';
import { expectPass, replayPromises } from '#src/exploration/index.ts';
import { finding } from '#src/verdict/index.ts';
import { explorations } from './explorations.ts';

/** Schedules longer than this are compared with all shorter ones up to this length only. */
const longest = 5;

type Program = 'two-increments' | 'two-replaced';

/** @throws {Finding} unless the schedule is complete, both increments have succeeded, and the count is 1 */
export async function expectCompleteLoss(call: string, schedule: unknown, name: Program): Promise<void> {
  const letters = lettersOf(call, schedule);
  const report = await replay(letters, name);
  const steps = lanesOf(report).length;
  expectFollowed(call, letters, report);
  if (letters.length < steps)
    throw finding(
      'failed',
      `${call}() must name every step of both increments, but ${letters} has ${letters.length} letters, and there ` +
        `are ${steps} steps.`,
      pictureOf(report),
    );
  const { counter, failed } = report.outcomes[0]?.state ?? {};
  if (failed !== '-')
    throw finding(
      'failed',
      `After ${call}() both increments must have succeeded, but after ${letters}, ${String(failed)} has failed.`,
      pictureOf(report),
    );
  if (counter !== '1')
    throw finding(
      'failed',
      `After ${call}() the count must be 1, but after ${letters} it is ${String(counter)}.`,
      pictureOf(report),
    );
}

/** @throws {Finding} unless an increment has failed after the last letter, and no shorter schedule does that */
export async function expectShortestTornRead(schedule: unknown): Promise<void> {
  const letters = lettersOf('tornRead', schedule);
  const report = await replay(letters, 'two-increments');
  expectFollowed('tornRead', letters, report);
  if (!hasFailed(report, letters.length))
    throw finding(
      'failed',
      `After tornRead() an increment must have failed, but after ${letters} none has. An increment fails if ` +
        'readCounter finds an empty file and rejects (task 1).',
      pictureOf(report),
    );
  for (const shorter of allSchedules(Math.min(letters.length - 1, longest))) {
    if (hasFailed(await replay(shorter, 'two-increments'), shorter.length))
      throw finding(
        'failed',
        `After ${letters} an increment has failed, but fewer than ${letters.length} letters are enough.`,
        pictureOf(report),
      );
  }
}

function lettersOf(call: string, schedule: unknown): string {
  const letters = typeof schedule === 'string' ? schedule.replaceAll(/[\s,]/g, '') : '';
  if (/^[AB]+$/.test(letters)) return letters;
  throw finding(
    'failed',
    `${call}() must return a string of the letters A and B, such as 'AABB', but it returned ` +
      `${JSON.stringify(schedule)}.`,
  );
}

async function replay(schedule: string, name: Program): Promise<PromiseReport> {
  const report = await replayPromises({ ...explorations[name](), schedule });
  // A violation is what the schedule is for. Everything else is the code's fault.
  if (report.verdict !== 'violation') expectPass(report, `10 ${name}`);
  return report;
}

/** The names of the processes, step by step. */
function lanesOf({ timeline }: PromiseReport): string[] {
  const steps = timeline?.rows.filter(({ step }) => step !== undefined) ?? [];
  return steps.map(({ lane }) => timeline?.lanes[lane] ?? '');
}

function expectFollowed(call: string, letters: string, report: PromiseReport): void {
  const lanes = lanesOf(report);
  const at = [...letters].findIndex((letter, index) => letter !== lanes[index]);
  if (at < 0) return;
  throw finding(
    'failed',
    `${call}() returned ${letters}, but letter ${at + 1} names ${letters[at]}, which has no step left then.`,
    pictureOf(report),
  );
}

/** @returns whether an increment has failed after so many steps */
function hasFailed({ timeline }: PromiseReport, steps: number): boolean {
  const column = timeline?.words.indexOf('failed') ?? -1;
  const row = timeline?.rows.findLast(({ step }) => step !== undefined && step <= steps);
  return row !== undefined && row.values[column] !== '-';
}

/** @returns every schedule of two processes with 1 to `most` steps */
function allSchedules(most: number): string[] {
  if (most < 1) return [];
  const shorter = allSchedules(most - 1);
  const stems = most === 1 ? [''] : shorter.filter(({ length }) => length === most - 1);
  return [...shorter, ...stems.flatMap((stem) => [`${stem}A`, `${stem}B`])];
}

const pictureOf = (report: PromiseReport) => formatReport(report).split('\n').slice(2, -1).join('\n');
