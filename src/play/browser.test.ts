// The page in a real browser, on the reader's code in real processes.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeInBrowser, displays, overflow, violations } from '#src/testing/browser-pages.ts';
import type { Play } from './index.ts';
import { playCourse, type PlayCourse } from './testing/play-course.ts';

const visits = (step: string) => `
export const program = {
  threads: { A: 'visit', B: 'visit' },
  memory: { hits: 1 },
  invariant: ({ hits }: { hits: Int32Array }) => hits[0] === 2 || \`hits is \${hits[0]}, wanted 2\`,
  stuckAfter: 500,
};
export function visit({ hits }: { hits: Int32Array }) {
  ${step}
}
`;

describeInBrowser('the scheduler that one can play', (pages) => {
  let course: PlayCourse;
  beforeAll(async () => {
    course = await playCourse('08-race-await', '09-race-memory', '12-mutex', '13-fix-the-lock');
  });
  afterAll(() => course?.remove());

  async function open({ url }: Pick<Play, 'url'>, options: BrowserContextOptions = {}, hash = ''): Promise<Page> {
    const page = await pages.open(`${url}${hash}`, options, url);
    await page.locator('#choices > *').first().waitFor({ timeout: 60_000 });
    return page;
  }
  const text = (page: Page, id: string) => page.locator(`#${id}`).textContent();
  const nothing = /^Nothing (to find|found): /;
  const waitFor = (page: Page, id: string, wanted: string | RegExp) =>
    page.locator(`#${id}`, { hasText: wanted }).waitFor({ state: 'attached', timeout: 60_000 });
  async function press(page: Page, ...keys: [key: string, said: string][]): Promise<void> {
    for (const [key, said] of keys) {
      await page.keyboard.press(key);
      await waitFor(page, 'said', said);
    }
  }
  const lost: [string, string][] = [
    ['1', 'Step 1, A: read counter → 0 (increment.ts:8). Next: A or B.'],
    ['2', 'Step 2, B: read counter → 0'],
    ['1', 'Step 3, A: write counter ← 1 (increment.ts:8). counter: 0 → 1.'],
    ['2', 'Step 4, B: write counter ← 1'],
  ];

  describe('exercise 09', () => {
    let play: Play;
    beforeAll(async () => {
      play = await course.playExercise('09-race-memory');
    });

    test('loses an update by keyboard, takes it back, and shares it by its address', async () => {
      const page = await open(play);
      expect(await text(page, 'said')).toBe('Before the first step: counter is 0. Next: A or B.');
      await waitFor(
        page,
        'goal',
        'Goal: lose an update, in as few steps as you can. A run that fails may end like this: ',
      );
      await press(page, ...lost);
      expect(await text(page, 'reached')).toBe(
        'You lost an update in 4 steps: nobody can do it in fewer. B read counter at step 2, A changed it at step 3, ' +
          'and B wrote over that at step 4.',
      );
      expect(await page.locator('#source .current code').textContent()).toContain('counter[0]!++');
      expect(await page.locator('#cells tr').allTextContents()).toEqual(['counter1B, step 4']);
      expect(await text(page, 'command')).toBe('npm run kata play 09 five-each c3:0x1,1x1,0x1,1x1');
      expect(await text(page, 'letters')).toBe('ABAB');

      await press(page, ['u', 'Step 3,'], ['Control+z', 'Step 2,'], ['ArrowLeft', 'Step 1,'], ['Home', 'Before the']);
      expect(await text(page, 'reached')).toBe('');
      await press(page, ['ArrowRight', 'Step 1,'], ['End', 'Step 4,']);
      await page.locator('#lanes .row').nth(1).locator('.op').click();
      await waitFor(page, 'said', 'Step 2,');

      const other = await open(play, {}, new URL(page.url()).hash);
      await waitFor(other, 'said', 'Step 2,');
      expect(await text(other, 'position')).toBe('2 of 4 steps');
      await press(other, ['End', 'Step 4,']);
      expect(await text(other, 'reached')).toContain('You lost an update in 4 steps');
    });

    test('says how far from the best a loss is', async () => {
      const page = await open(play);
      await waitFor(page, 'goal', 'Goal:');
      await press(page, ['1', 'Step 1,'], ['2', 'Step 2,'], ['1', 'Step 3,'], ['1', 'Step 4,'], ['2', 'Step 5,']);
      expect(await text(page, 'reached')).toContain('You lost an update in 5 steps. It can be done in 4 steps.');
    });

    test('opens a verdict at the first step of its schedule, with all steps to come', async () => {
      const url = play.urlOf({ program: 'five-each', schedule: 'c1:0x1,1x10,0x9' });
      const page = await open(play, {}, new URL(url).hash);
      expect([await text(page, 'said'), await text(page, 'position')]).toEqual([
        'Before the first step: counter is 0. Next: A or B.',
        '0 of 20 steps',
      ]);
      await press(page, ['ArrowRight', 'Step 1, A'], ['ArrowRight', 'Step 2, B'], ['End', 'Step 20, A']);
    });

    test('shows a schedule that fails where nobody finds one', async () => {
      const page = await open(play);
      await page.locator('#show').click({ timeout: 60_000 });
      await waitFor(page, 'position', '0 of 4 steps');
      expect(await text(page, 'said')).toMatch(/^Here is one in 4 steps: press → to go through it\. Before the first/);
      await press(page, ['End', 'Step 4, B']);
    });

    test('needs no mouse: a choice keeps the focus, and every control can be reached', async () => {
      const page = await open(play);
      // It is there once the search has found something.
      await page.locator('#show').waitFor({ timeout: 60_000 });
      await page.locator('#program').focus();
      await page.keyboard.press('Tab');
      await press(page, ['Enter', 'Step 1, A'], ['Enter', 'Step 2, A']);
      const seen: string[] = [];
      for (let presses = 0; presses < 12; presses++) {
        await page.keyboard.press('Tab');
        seen.push(await page.evaluate<string>('document.activeElement.id'));
      }
      expect(seen).toEqual(
        expect.arrayContaining(['first', 'back', 'next', 'last', 'source', 'lanes', 'copy', 'show']),
      );
    });

    test('step keys work in the list of programs and on a button that leads nowhere now', async () => {
      const page = await open(play);
      const focused = () => page.evaluate<string>('document.activeElement.id');
      await page.locator('#program').focus();
      await press(page, ['1', 'Step 1, A'], ['2', 'Step 2, B'], ['u', 'Step 1, A'], ['r', 'Step 2, B']);
      expect(await page.locator('#program').inputValue()).toBe('five-each');
      await page.locator('#back').click();
      await waitFor(page, 'said', 'Step 1, A');
      await page.locator('#next').click();
      await waitFor(page, 'said', 'Step 2, B');
      expect([await focused(), await page.locator('#next').getAttribute('aria-disabled')]).toEqual(['next', 'true']);
      await press(page, ['1', 'Step 3, A'], ['ArrowLeft', 'Step 2, B']);
      await page.locator('#program').selectOption('safe');
      await waitFor(page, 'said', 'Before the first step');
      expect(await focused()).toBe('choices');
      await press(page, ['2', 'Step 1, B: add counter 1'], ['ArrowLeft', 'Before'], ['ArrowRight', 'Step 1, B']);
    });

    test('lists the programs by task, and begins with one in which there is something to find', async () => {
      const page = await open(play);
      const groups = await page.evaluate<string[][]>(
        '[...document.querySelectorAll("#program optgroup")].map((group) => ' +
          '[group.label, ...[...group.children].map((option) => option.value)])',
      );
      expect(groups).toEqual([
        ['Task 1: A race on purpose', 'alone'],
        ['Task 2: The shortest loss', 'five-each'],
        ['Task 4: Repair it', 'safe', 'safe-three'],
      ]);
      expect(await page.locator('#program').inputValue()).toBe('five-each');
    });

    test.each(displays)('axe finds nothing in %s, and nothing is too wide', async (_, options) => {
      const page = await open(play, { ...options, bypassCSP: true, reducedMotion: 'reduce' });
      await waitFor(page, 'goal', 'Goal:');
      expect(await violations(page)).toEqual([]);
      await press(page, ...lost);
      expect(await violations(page)).toEqual([]);
      await press(page, ['Home', 'Before']);
      expect(await violations(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    });

    test('other programs of the exercise are a choice away, and say so if they hold', async () => {
      const page = await open(play);
      await page.keyboard.press('1');
      await page.locator('#program').selectOption('safe');
      await waitFor(page, 'goal', nothing);
      expect(await page.locator('#program').inputValue()).toBe('safe');
      await press(page, ['2', 'Step 1, B: add counter 1'], ['ArrowLeft', 'Before the first step']);
      expect(await page.locator('#program').inputValue()).toBe('safe');
    });
  });

  test('exercise 12 is broken and mended while the page is open', async () => {
    const page = await open(await course.playExercise('12-mutex'), { bypassCSP: true });
    await waitFor(page, 'goal', nothing);
    await press(page, ['1', 'Step 1, A: cas lock[1] 0→1'], ['1', 'Step 2, A: read count']);
    expect(await text(page, 'source-name')).toBe('bodies.ts');
    await page.getByRole('button', { name: 'mutex.ts' }).click();
    expect(await text(page, 'source-name')).toBe('mutex.ts');
    expect(await violations(page)).toEqual([]);

    const file = 'exercises/12-mutex/mutex.ts';
    const right = await course.read(file);
    const broken = right.replace(
      /Atomics\.compareExchange\([^)]*\) ===? FREE/g,
      'Atomics.load(this.#word, this.#index) === FREE',
    );
    expect(broken).not.toBe(right);
    await course.save(file, broken);
    await waitFor(page, 'goal', 'Goal:');
    await page.locator('#show').click();
    await waitFor(page, 'position', '0 of ');
    await page.keyboard.press('End');
    await waitFor(page, 'reached', 'You ');

    await course.save(file, right);
    await waitFor(page, 'goal', nothing);
    await waitFor(page, 'reached', '');
  });

  describe('a schedule that is wider than its pane', () => {
    const wanted = { program: 'transfer-in-a-ring', schedule: 'AAAABBBBCCCC', steps: '4' };
    const hash = `#${new URLSearchParams(wanted).toString()}`;
    let play: Play;
    beforeAll(async () => {
      play = await course.playExercise('13-fix-the-lock', true);
    });

    test.each(displays)('can be scrolled sideways by a button, and axe finds nothing in %s', async (_, options) => {
      const page = await open(play, { ...options, bypassCSP: true }, hash);
      const rest = page.locator('#rest');
      const scrolled = () => page.evaluate<number>('document.querySelector("#lanes").scrollLeft');
      expect(await rest.textContent()).toBe('More columns →');
      expect(await violations(page)).toEqual([]);
      for (let presses = 0; (await rest.textContent()) !== '← First columns'; presses++) {
        expect(presses).toBeLessThan(6);
        const before = await scrolled();
        await rest.press('Enter');
        await expect.poll(scrolled).toBeGreaterThan(before);
      }
      await rest.press('Enter');
      await expect.poll(scrolled).toBe(0);
      expect(await overflow(page)).toBe(0);
    });

    test.each(displays)('shows steps to come in readable colors in %s', async (_, options) => {
      const page = await open(play, options, hash);
      const colors = await page.evaluate<string[]>(
        '[...document.querySelectorAll("#lanes .later text")].map((text) => ' +
          'getComputedStyle(text).fill + " " + getComputedStyle(text.parentElement).opacity)',
      );
      const [fill = '', opacity] = [...new Set(colors)].join().split(/(?<=\)) /);
      const ground = await page.evaluate<string>('getComputedStyle(document.querySelector("#lanes")).backgroundColor');
      expect(opacity).toBe('1');
      expect(contrast(fill, ground)).toBeGreaterThanOrEqual(4.5);
    });

    test('is shared by a command that plays the reference, too', async () => {
      const page = await open(play, {}, hash);
      expect(await text(page, 'command')).toMatch(
        /^npm run kata play 13 transfer-in-a-ring c\d+:[\dx,]+ -- --solution$/,
      );
    });
  });

  test('exercise 08 plays the order in which awaits settle', async () => {
    const page = await open(await course.playExercise('08-race-await'));
    await press(
      page,
      ['1', 'Step 1, A: read → 100'],
      ['2', 'Step 2, B: read'],
      ['2', 'Step 3, B: write'],
      ['1', 'Step 4, A'],
    );
    await waitFor(page, 'reached', 'You made the result wrong with 1 switch: nobody can do it with fewer.');
  });

  test('a save of a file of one’s own replays the schedule as far as it goes', async () => {
    const page = await open(await course.playFile('visits.ts', visits('hits[0]!++;')));
    await press(page, ['1', 'Step 1, A: read hits'], ['2', 'Step 2, B'], ['1', 'Step 3, A'], ['2', 'Step 4, B']);
    await waitFor(page, 'reached', 'You lost an update in 4 steps: nobody can do it in fewer.');
    await course.save('free/visits.ts', visits('Atomics.add(hits, 0, 1);'));
    await waitFor(page, 'goal', nothing);
    await waitFor(page, 'said', 'Your code has no step 3 for this schedule');
    expect(await text(page, 'reached')).toBe('');
  });

  test('code that hangs, exits, throws, or does not compile leaves the page alive', async () => {
    const page = await open(await course.playFile('wild.ts', visits('Atomics.add(hits, 0, 1);')));
    await press(page, ['2', 'Step 1, B']);
    const cases: [string, string][] = [
      ['for (;;);', 'ran on for 500 ms without an access to shared memory'],
      ['process.exit(3);', 'process.exit(3)'],
      ["throw new Error('no way');", 'no way'],
      ['}}', 'wild.ts'],
    ];
    for (const [step, said] of cases) {
      await course.save('free/wild.ts', visits(step));
      await waitFor(page, 'reached', said);
      expect(await page.locator('#reached').isVisible()).toBe(true);
      await course.save('free/wild.ts', visits('Atomics.add(hits, 0, 1);'));
      await waitFor(page, 'said', 'Step 1, B');
      await waitFor(page, 'goal', nothing);
      await press(page, ['Home', 'Before'], ['2', 'Step 1, B']);
    }
  });

  test('eight threads of 300 steps stay usable', async () => {
    const many = visits('for (let times = 0; times < 20; times++) Atomics.add(hits, 0, 1);')
      .replace(/threads: .*/, `threads: { ${[...'ABCDEFGH'].map((name) => `${name}: 'visit'`).join(', ')} },`)
      .replace(/invariant: .*/, '');
    const play = await course.playFile('many.ts', many.replaceAll('times < 20', 'times < 40'));
    const schedule = 'ABCDEFGH'.repeat(38).slice(0, 300);
    const page = await open(play, {}, `#${new URLSearchParams({ program: 'program', schedule }).toString()}`);
    await waitFor(page, 'position', '300 steps');
    await press(page, ['8', 'Step 301, H'], ['1', 'Step 302, A'], ['u', 'Step 301, H'], ['u', 'Step 300']);
  });
});

/** @returns the contrast of two colors, given as `rgb(…)`: 1 to 21, as WCAG defines it */
function contrast(...colors: [string, string]): number {
  const [lighter, darker] = colors
    .map((color) => {
      const [red, green, blue] = color.match(/\d+/g)!.map((value) => {
        const part = Number(value) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    })
    .sort((a, b) => b - a);
  return (lighter! + 0.05) / (darker! + 0.05);
}
