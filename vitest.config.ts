import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { defaultServerConditions } from 'vite';

const loader = fileURLToPath(new URL('src/loader/register.js', import.meta.url));

/** One suite for each exercise, aimed at either tree: a condition of package.json's `#kata/*` imports picks the target. */
function course(name: 'exercises' | 'solutions') {
  const condition = name === 'solutions' ? ['solutions'] : [];
  return {
    ssr: { resolve: { conditions: [...condition, ...defaultServerConditions] } },
    test: {
      name,
      include: ['tests/[0-9]*/*.test.ts'],
      setupFiles: ['src/verdict/stop-at-not-implemented.ts'],
      execArgv: ['--import', loader, ...condition.flatMap((each) => ['--conditions', each])],
      testTimeout: 60_000,
      hookTimeout: 30_000,
    },
  };
}

export default defineConfig({
  test: {
    pool: 'forks',
    // Vitest leaves one processor idle; most of these suites wait for processes of their own. Speed checks meet noise here: they then say
    // inconclusive, and have their say in verify, which judges them alone.
    maxWorkers: '100%',
    projects: [
      { test: { name: 'toolkit', include: ['src/**/*.test.ts'], execArgv: ['--import', loader], testTimeout: 30_000 } },
      course('solutions'),
      course('exercises'),
    ],
    coverage: { provider: 'v8', include: ['src/**/*.ts', 'solutions/**/*.ts'], exclude: ['**/*.test.ts'] },
  },
});
