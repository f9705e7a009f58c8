import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '#src/system/index.ts';
import type { PageData } from './page-data.ts';
import { hasSchedule, runPage } from './run-page.ts';
import { failed, ran, timeline, writeSources } from './testing/lost-update.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder('kata-run-page-');
  await writeSources(folder.path);
});
afterAll(() => folder.remove());

const pageOf = (...checks: Parameters<typeof ran>) => runPage(folder.path, ran(...checks));
const dataOf = (page: string) => JSON.parse(/id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '') as PageData;

test('the page has the files that a schedule names, and no others', async () => {
  expect(Object.keys(dataOf(await pageOf(failed('1.1'))).files)).toEqual(['bank.ts']);
  const { file: _, ...rest } = timeline;
  const both = { ...rest, rows: [{ lane: 0, text: 'x', place: 'vault.ts:1', values: ['0'] }, ...rest.rows.slice(1)] };
  const page = await pageOf(failed('1.1', { timeline: both }));
  expect(Object.keys(dataOf(page).files)).toEqual(['vault.ts']);
  expect(page).not.toContain('"</script>"');
});

test('checks stand by number, the page opens at the first with a schedule, those that passed are counted', async () => {
  const passed = failed('1.3', { state: 'passed', verdict: 'passed' });
  const page = await pageOf(failed('1.1', { timeline: undefined }), failed('1.2'), passed);
  expect(dataOf(page).checks.map(({ id }) => id)).toEqual(['1.1', '1.2']);
  expect(page).toMatch(/<option value="1" selected>1\.2 /);
  expect(page).toMatch(/id="about"><p class="check-title"><b class="verdict">lost update<\/b> · 1\.2 /);
  expect(page).toContain('1 of 3 checks passed.');
});

test('without a schedule the page has a sentence about it, and shows what there is', async () => {
  const run = ran(failed('1.1', { timeline: undefined }));
  expect(hasSchedule(run)).toBe(false);
  const page = await runPage(folder.path, run);
  expect(page).toContain('0 of 1 checks passed.');
  expect(page).toContain('This check failed without a schedule, so there are no steps to go through.');
  expect(page).toContain('count is 1, wanted 2.');
  expect(page).not.toContain('id="player"');
  const passed = await pageOf(failed('1.1', { state: 'passed', verdict: 'passed' }));
  expect(passed).toContain('1 of 1 checks passed.');
  expect(passed).not.toMatch(/without a schedule[^<]*<\/p>/);
});

test('a suite that could not judge is no failure of the student', async () => {
  const run = ran();
  const page = await runPage(folder.path, { ...run, result: { tasks: [], fault: { sentence: 'The disk is full.' } } });
  expect(page).toContain('The suite could not judge: The disk is full.');
});

test('without its script the page shows the end of the schedule, with the source', async () => {
  const page = await pageOf(failed('1.1'));
  expect(page).toContain('<h1>02 Bank &amp; vault</h1>');
  expect(page).toMatch(/<code> {2}count\[0\] = before \+ 1;<\/code>/);
  expect(page).toContain('write count ← 1');
});
