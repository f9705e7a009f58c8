// The page in a real browser.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '#src/system/index.ts';
import { describeInBrowser, displays, overflow, violations } from '#src/testing/browser-pages.ts';
import { classPage } from './class-page.ts';
import { hostileTexts, references, smallClass } from './testing/small-class.ts';

describeInBrowser('the class page', (pages) => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let url: string;

  beforeAll(async () => {
    folder = await temporaryFolder('kata-class-page-');
    const file = join(folder.path, 'index.html');
    url = pathToFileURL(file).href;
    await writeFile(file, classPage(smallClass, { title: 'A class', references }));
  });
  afterAll(() => folder?.remove());

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await pages.open(url, options);
    await page.locator('#search').waitFor();
    return page;
  }

  const names = (page: Page) => page.locator('#matrix tbody tr:visible th').allTextContents();
  const focused = (page: Page) => page.locator(':focus');

  /** Presses Tab until the focus is on what is looked for. */
  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await page.locator(`${selector}:focus`).count()) === 1) return;
    }
    throw new Error(`40 presses of Tab do not reach ${selector}.`);
  }

  test.each(displays)('axe finds nothing in %s, with and without an open dialog', async (_, options) => {
    const page = await open({ ...options, bypassCSP: true, reducedMotion: 'reduce' });
    expect(await violations(page)).toEqual([]);
    for (const name of ['Grace Hopper', 'Alan Turing']) {
      const row = page.locator('#matrix tbody tr').filter({ hasText: name });
      await row.locator('td.none button').first().click();
      await page.locator('dialog svg').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await page.locator('#close').click();
    }
  });

  test('a phone shows no more than its width', async () => {
    const page = await open({ viewport: { width: 360, height: 740 } });
    expect(await overflow(page)).toBe(0);
    await page.locator('#matrix td.none button').first().click();
    await page.locator('dialog .detail').waitFor();
    expect(await overflow(page)).toBe(0);
  });

  test('a keyboard searches, sorts, opens and closes, and the focus returns', async () => {
    const page = await open();
    await tabTo(page, '#search');
    await page.keyboard.type('lost update');
    await expect.poll(() => page.locator('#shown').textContent()).toMatch(/^\d+ of \d+ students$/);
    expect(await names(page)).not.toContain('Ada Lovelace');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('a');
    await tabTo(page, 'th[data-column="points"] .sort');
    await page.keyboard.press('Enter');
    const heading = page.locator('th[data-column="points"]');
    await expect.poll(() => heading.getAttribute('aria-sort')).toBe('descending');
    expect((await names(page))[0]).toBe('Ada Lovelace');
    await page.keyboard.press('Space');
    await expect.poll(() => heading.getAttribute('aria-sort')).toBe('ascending');
    expect((await names(page)).at(-1)).toBe('Barbara Liskov');

    await tabTo(page, '#matrix tbody button');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    const cell = await focused(page).getAttribute('data-open');
    expect(cell).not.toBeNull();
    await page.keyboard.press('Enter');
    await page.locator('#dialog[open]').waitFor();
    expect(await focused(page).getAttribute('id')).toBe('dialog-title');
    await page.keyboard.press('Escape');
    await page.locator('#dialog:not([open])').waitFor({ state: 'attached' });
    await expect.poll(() => focused(page).getAttribute('data-open')).toBe(cell);
  });

  test('the dialog goes on to the next student, and the focus returns to that one', async () => {
    const page = await open();
    await page.locator('[data-column="name"] .sort').click();
    await page.locator('[data-column="name"] .sort').click();
    const cell = page.locator('#matrix tbody tr').filter({ hasText: 'Ada Lovelace' }).locator('button').last();
    await cell.click();
    await page.locator('#next').click();
    await expect.poll(() => page.locator('#dialog-student').textContent()).toBe('Alan Turing');
    await page.locator('#close').click();
    const row = page.locator('#matrix tbody tr').filter({ has: page.locator(':focus') });
    await expect.poll(() => row.locator('th').textContent()).toBe('Alan Turing');
  });

  test('a dialog shows the check, its drawing, its text, the misconception and the difference', async () => {
    const page = await open();
    await page.locator('#matrix tbody tr').filter({ hasText: 'Grace' }).locator('td.none button').click();
    const dialog = page.locator('#dialog');
    await dialog.locator('svg.timeline').waitFor();
    await dialog.getByText('Two deposits of 1 must give 2, but they give 1.').waitFor();
    await dialog.getByText('This looks like a common mistake: "One line is one step."').waitFor();
    await dialog.getByText('Evidence as text').click();
    await dialog.locator('pre').filter({ hasText: 'A read 0' }).waitFor();
    expect(await dialog.locator('del, ins').allTextContents()).toEqual(['-count++;', '+count += 1;']);
  });

  test('print shows all students, even those that a search hides, and no controls', async () => {
    const page = await open();
    await page.locator('#search').fill('Grace');
    await expect.poll(() => names(page)).toEqual(['Grace Hopper']);
    await page.emulateMedia({ media: 'print' });
    await expect.poll(() => names(page)).toHaveLength(smallClass.length);
    expect(await page.locator('#search').isVisible()).toBe(false);
  });

  test('hostile names and texts stay texts', async () => {
    const page = await open();
    const buttons = page.locator('#matrix td.none button');
    expect(await buttons.count()).toBeGreaterThanOrEqual(hostileTexts.length);
    for (const button of await buttons.all()) {
      await button.click();
      await page.locator('#dialog[open]').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('#dialog:not([open])').waitFor({ state: 'attached' });
    }
    for (const text of hostileTexts.filter((each) => !/[\u2028-\u202e]/.test(each))) {
      await page.locator('#search').fill(text);
      await expect.poll(() => names(page)).toEqual([text]);
    }
    expect(await page.title()).toBe('A class');
    expect(await page.locator('img').count()).toBe(0);
  });
});
