// "Can this happen?", and the warning that no schedule had a choice.
import { afterAll, describe, expect, test } from 'vitest';
import { fold } from '../testing/fold.ts';
import { closePromiseAgents, explorePromises, formatReport, replayPromises } from '../index.ts';

const fixture = (name: string) => new URL(`../testing/fixtures/promises/${name}.ts`, import.meta.url);
const module = fixture('reachable');

afterAll(closePromiseAgents);

describe('reachable', () => {
  test('shows the schedule that leads there, with the fewest switches', async () => {
    const program = { module, scenario: 'deposits', args: [150] };
    const report = await explorePromises(program);
    expect(report).toMatchObject({ verdict: 'reached', reason: 'reached' });
    expect(fold(formatReport(report))).toMatchInlineSnapshot(`
      "reached: a schedule leads to the state that \`reachable\` asks for

             A           B           balance
                                         100
          1  read → 100                  100
      ⇄   2              read → 100      100
          3              write           120
          4  write                       150

      3 orders tried, those with fewest switches first, up to the one that reaches it (1 switch)."
    `);
    expect(await replayPromises({ ...program, schedule: report.token! })).toMatchObject({ verdict: 'reached' });
    expect(await replayPromises({ ...program, schedule: 'AABB' })).toMatchObject({
      verdict: 'pass',
      sentence: 'The schedule of 4 steps does not reach it.',
    });
  });

  test('says that no schedule leads there', async () => {
    const report = await explorePromises({ module, scenario: 'deposits', args: [100] });
    expect(report).toMatchObject({ verdict: 'pass', complete: true });
    expect(fold(formatReport(report))).toMatchInlineSnapshot(`
      "pass: no schedule leads to the state that \`reachable\` asks for
      All 6 orders are covered (4 steps each)."
    `);
  });

  test('counts all schedules that lead there', async () => {
    expect(await explorePromises({ module, scenario: 'deposits', args: [170], countAll: true })).toMatchObject({
      verdict: 'reached',
      schedules: 6,
      failures: 2,
    });
  });

  test('takes tasks that wait forever for an end', async () => {
    const program = { module, scenario: 'standsStill' };
    expect(await explorePromises({ ...program, args: ['woken'] })).toMatchObject({ verdict: 'reached' });
    expect(await explorePromises({ ...program, args: ['dreams'] })).toMatchObject({ verdict: 'pass', complete: true });
  });

  test('reports what the question itself throws', async () => {
    expect(await explorePromises({ module, scenario: 'throws' })).toMatchObject({
      verdict: 'threw',
      sentence: expect.stringContaining('no such state') as string,
    });
  });
});

test('a pass warns if no schedule had a choice', async () => {
  const report = await explorePromises({ module: fixture('counting'), scenario: 'independent', args: [[3]] });
  expect(fold(formatReport(report))).toMatchInlineSnapshot(`
    "pass: No failure in the only possible order.
    The only possible order is covered (3 steps).
    warning: no schedule had a choice, since no two operations were ever pending at the same time; if
        the tasks can get in each other's way, let each begin with an operation of the world"
  `);
  const choices = await explorePromises({ module: fixture('counting'), scenario: 'independent', args: [[1, 1]] });
  expect(choices.notes).toEqual([]);
});
