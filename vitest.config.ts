import { randomInt } from 'node:crypto';
import { defineConfig } from 'vitest/config';
import { defaultServerConditions } from 'vite';
import { hookedLoaderFlags } from './src/loader/flags.js';

/** See tests/support/first-seed.ts. KATA_SEED repeats it, with everything else that is drawn. */
const salt = Number(process.env['KATA_SEED'] ?? randomInt(2 ** 32));

const inline = process.env['KATA_ARENA'] === 'inline';

/**
 * Every command of the course names its projects. `npx vitest` typed by hand and the extension of VS Code don't: these
 * are for students. What they need is loaded only then, since each run of a suite loads this file.
 */
const namesProject = process.argv.some((word) => /^--project(=|$)/.test(word));
const byHand = namesProject
  ? undefined
  : await (await import('./src/cli/vitest-by-hand.ts')).suitesByHand(import.meta.dirname);

/**
 * Node loads the modules, not Vite: it has the right loader already, and a suite starts in two thirds of the CPU time.
 */
const experimental = { viteModuleRunner: false, nodeLoader: false };

/**
 * One suite for each exercise, aimed at either tree: a condition of package.json's `#kata/*` imports picks the target.
 */
function course(name: 'exercises' | 'solutions') {
  const conditions = ['salted', `salt-${salt}`, ...(name === 'solutions' ? ['solutions'] : [])];
  return {
    ssr: { resolve: { conditions: [...conditions, ...defaultServerConditions] } },
    test: {
      name,
      include: byHand?.include ?? ['tests/[0-9]*/*.test.ts'],
      ...(byHand && { onStackTrace: byHand.onStackTrace }),
      setupFiles: [
        'src/verdict/stop-at-not-implemented.ts',
        'src/system/no-inspector.ts',
        'src/system/await-begin.ts',
        'src/loader/strip-first.ts',
        'src/system/tell-at-once.ts',
      ],
      execArgv: [...hookedLoaderFlags, ...conditions.map((each) => `--conditions=${each}`)],
      experimental,
      // A check's tags are the requirements of the lesson that it holds: the lessons define them.
      strictTags: false,
      isolate: false,
      // One suite at a time, behind the toolkit's tests: beside another, a speed check would need many rounds to see
      // anything.
      maxWorkers: 1,
      // Checks that mostly wait for processes do so two at a time. Inline they share one process, and take turns.
      maxConcurrency: inline ? 1 : 2,
      sequence: { groupOrder: 1 },
      // The arena and the explorers end what hangs, by limits that know how busy the machine is. This one doesn't.
      testTimeout: 500_000,
      hookTimeout: 30_000,
    },
  };
}

/** The tests of src/. */
const toolkit = {
  test: {
    name: 'toolkit',
    include: ['src/**/*.test.ts'],
    experimental,
    execArgv: [...hookedLoaderFlags],
    // Files share two processes: a new one for each costs half a second.
    isolate: false,
    // Vitest would leave one processor idle; many of these tests wait for processes of their own.
    maxWorkers: '100%',
    maxConcurrency: 3,
    sequence: { groupOrder: 0 },
    // Some run several suites, one after the other, and under coverage each takes twice as long.
    testTimeout: 90_000,
    // On a busy machine a browser may take longer than the usual second.
    expect: { poll: { timeout: 20_000 } },
  },
};

export default defineConfig({
  test: {
    pool: 'forks',
    projects: byHand ? [course('exercises')] : [toolkit, course('solutions'), course('exercises')],
    ...(byHand && { watchTriggerPatterns: byHand.watchTriggerPatterns }),
    coverage: {
      provider: 'custom',
      customProviderModule: './.ci/coverage.ts',
      reportOnFailure: true,
      reporter: ['text', 'html'],
      include: ['src/**/*.ts', 'solutions/**/*.ts'],
      exclude: ['**/*.test.ts', '**/fixtures/**'],
    },
  },
});
