// The page of a run in a real browser.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '#src/system/index.ts';
import { describeInBrowser, displays, overflow, violations } from '#src/testing/browser-pages.ts';
import { runPage } from './run-page.ts';
import { failed, ran, timeline, writeSources } from './testing/lost-update.ts';

describeInBrowser('the page of a run', (pages) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let url: string;

  beforeAll(async () => {
    folder = await temporaryFolder('kata-run-page-');
    await writeSources(folder.path);
    const file = join(folder.path, 'report.html');
    url = pathToFileURL(file).href;
    const second = { ...timeline, rows: timeline.rows.slice(0, 2) };
    const run = ran(failed('1.1'), failed('1.2', { timeline: second }), failed('1.3', { timeline: undefined }));
    await writeFile(file, await runPage(folder.path, run));
  });
  afterAll(() => folder?.remove());

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await pages.open(url, options);
    await page.locator('#steps').waitFor();
    return page;
  }

  const said = (page: Page) => page.locator('#said').textContent();
  const lines = (page: Page) => page.locator('#source .current code').allTextContents();
  const rows = (page: Page) => page.locator('#lanes .current .op').allTextContents();

  test.each(displays)('axe finds nothing in %s, at the beginning, in the middle and at the end', async (_, options) => {
    const page = await open({ ...options, bypassCSP: true, reducedMotion: 'reduce' });
    expect(await violations(page)).toEqual([]);
    for (const key of ['ArrowRight', 'End']) {
      await page.keyboard.press(key);
      expect(await violations(page)).toEqual([]);
    }
    await page.locator('#check').selectOption('2');
    expect(await violations(page)).toEqual([]);
  });

  test('arrow keys step: row, line and values follow, and each step is announced', async () => {
    const page = await open();
    expect(await page.locator('#said').getAttribute('aria-live')).toBe('polite');
    expect(await said(page)).toBe('Before the first step: count is 0.');
    expect([await lines(page), await rows(page)]).toEqual([[], []]);

    await page.keyboard.press('ArrowRight');
    expect(await said(page)).toBe('Step 1, A: read count → 0 (bank.ts:2).');
    expect(await lines(page)).toEqual(['  const before = count[0]!;']);
    expect(await rows(page)).toEqual(['read count → 0']);

    await page.keyboard.press('ArrowRight');
    expect(await said(page)).toContain('Step 2, B: read count → 0 (bank.ts:2). The thread or task before');
    await page.keyboard.press('ArrowRight');
    expect(await said(page)).toBe('Step 3, B: write count ← 1 (bank.ts:3). count: 0 → 1.');
    expect(await page.locator('#memory').textContent()).toBe('count0 → 1');
    expect(await page.locator('#source .seen b').allTextContents()).toEqual(['A', 'B']);

    await page.keyboard.press('ArrowRight');
    expect(await said(page)).toBe('Not shown: the same 3 times more.');
    await page.keyboard.press('ArrowLeft');
    expect(await said(page)).toMatch(/^Step 3, B/);
    await page.keyboard.press('End');
    expect(await said(page)).toBe('A: is done. The end: count is 1, wanted 2.');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('#position').textContent()).toBe('6 of 6');
    await page.keyboard.press('Home');
    expect(await page.locator('#position').textContent()).toBe('0 of 6');
  });

  test('a keyboard reaches the buttons, which step, too, and keep the focus at the end', async () => {
    const page = await open();
    await page.locator('#check').focus();
    for (const id of ['first', 'back', 'next']) {
      await page.keyboard.press('Tab');
      expect(await page.locator(':focus').getAttribute('id')).toBe(id);
    }
    for (let presses = 0; presses < 7; presses += 1) await page.keyboard.press('Enter');
    expect(await page.locator('#position').textContent()).toBe('6 of 6');
    expect(await page.locator(':focus').getAttribute('id')).toBe('next');
    expect(await page.locator('#next').getAttribute('aria-disabled')).toBe('true');
    await page.locator('#to-cause').click();
    expect(await said(page)).toContain('Step 7, A: write count ← 1 (bank.ts:3). This is the step to look at.');
  });

  test('another check is chosen by keyboard, with its own schedule or without one', async () => {
    const page = await open();
    await page.keyboard.press('End');
    await page.locator('#check').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator('#position').textContent()).toBe('0 of 2');
    expect(await page.locator('#about').textContent()).toContain('1.2 loses no update');
    expect(await page.locator('#to-cause').isVisible()).toBe(false);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator('#player').isVisible()).toBe(false);
    expect(await page.locator('#about').textContent()).toContain('This check failed without a schedule');
    expect(await page.locator('#evidence').textContent()).toBe('A  read 0\nB  read 0');
  });

  test('a phone shows no more than its width, and what it steps through stays in sight', async () => {
    const page = await open({ viewport: { width: 360, height: 740 } });
    expect(await page.locator('#rest').textContent()).toBe('More columns →');
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press('ArrowRight');
      expect(await overflow(page)).toBe(0);
      const controls = (await page.locator('.now').boundingBox())!;
      for (const current of ['#source .current', '#lanes .current .op']) {
        const box = await page
          .locator(current)
          .boundingBox({ timeout: 1 })
          .catch(() => null);
        if (box) expect([current, box.y > 0, box.y + box.height < controls.y]).toEqual([current, true, true]);
      }
    }
  });

  test('nothing moves by itself, and print shows schedule and source without controls', async () => {
    const page = await open();
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#steps').isVisible()).toBe(false);
    expect(await page.locator('#lanes svg').isVisible()).toBe(true);
    const outlines = await page.evaluate<string[]>(
      '[...document.querySelectorAll("#lanes .later .box")].map((box) => getComputedStyle(box).strokeDasharray)',
    );
    expect(outlines).toEqual(['none', 'none', 'none', 'none', 'none']);
  });
});
