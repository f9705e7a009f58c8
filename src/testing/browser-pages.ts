// Tests of pages in a real browser. Without Chromium they don't run, unless KATA_BROWSER=required.
import axe, { type AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from './find-chromium.ts';

export interface BrowserPages {
  /**
   * Opens a page in a new context, which is closed after the test. The test fails if the page makes any request but the
   * one for itself, throws, or writes to the console.
   * @param server what else it may ask begins with this
   */
  open(url: string, options?: BrowserContextOptions, server?: string): Promise<Page>;
}

/** The conditions under which axe must find nothing. */
export const displays: [string, BrowserContextOptions][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['a phone', { viewport: { width: 360, height: 740 }, hasTouch: true }],
];

/**
 * @param what is shown, as a sentence about missing tests names it
 * @param body defines tests
 */
export function describeInBrowser(what: string, body: (pages: BrowserPages) => void): void {
  const executablePath = findChromium();
  const missing = `No Chromium found in $CHROMIUM or $PATH: the tests of ${what} in a browser do not run.`;
  if (executablePath === undefined) console.log(missing);
  test.runIf(process.env['KATA_BROWSER'] === 'required')(`there is a browser for the tests of ${what}`, () => {
    expect(executablePath, missing).toBeDefined();
  });

  describe.runIf(executablePath !== undefined)(`${what} in a browser`, { timeout: 120_000 }, () => {
    let browser: Browser;
    /** What must not happen: requests beyond the page, errors, refusals of the policy. */
    let events: string[] = [];
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: executablePath! });
    }, 120_000);
    afterEach(async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
      const seen = events;
      events = [];
      expect(seen).toEqual([]);
    });
    afterAll(() => browser?.close());

    body({
      async open(url, options = {}, server) {
        const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
        const page = await context.newPage();
        const isExpected = (asked: string) => asked === url || (server !== undefined && asked.startsWith(server));
        page.on('request', (request) => isExpected(request.url()) || events.push(`request: ${request.url()}`));
        page.on('pageerror', ({ message }) => events.push(`error: ${message}`));
        page.on('console', (message) => events.push(`console: ${message.text()}`));
        page.on('dialog', (dialog) => events.push(`dialog: ${dialog.message()}`));
        await page.goto(url);
        return page;
      },
    });
  });
}

/**
 * @param page opened with `bypassCSP`
 * @returns what axe finds wrong with the page as it is now
 */
export async function violations(page: Page): Promise<unknown[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate<AxeResults>('axe.run()');
  return results.violations.map(({ id, nodes }) => [
    id,
    nodes.map(({ html, failureSummary }) => [html, failureSummary]),
  ]);
}

/** @returns by how many pixels the page is wider than its window */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
