import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { expect, test, vi } from 'vitest';
import { answers, slug, toyCourse } from '#src/testing/toy-course.ts';

// Each starts Vitest, beside whatever else the machine does.
vi.setConfig({ testTimeout: 120_000 });

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
const vitest = 'node_modules/vitest/vitest.mjs';

/** A student's shell: nothing of the Vitest that runs this test. */
function shell(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_OPTIONS$|NODE_ENV$)/.test(name));
  return { ...Object.fromEntries(own), NO_COLOR: '1', ...extra };
}

/** @returns the suites that Vitest would run, as `[project] file` */
async function listed(words: readonly string[], extra?: NodeJS.ProcessEnv): Promise<string[]> {
  const args = [vitest, 'list', ...words, '--filesOnly'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env: shell(extra) });
  return stripVTControlCharacters(stdout)
    .split('\n')
    .filter((line) => line.startsWith('['));
}

test('npx vitest runs the suite of one exercise', async () => {
  expect(await listed([])).toEqual([
    expect.stringMatching(/^\[exercises\] tests\/\d\d-[\w-]+\/\d\d-[\w-]+\.test\.ts$/),
  ]);
});

test('npx vitest 03 runs the suite of exercise 03', async () => {
  expect(await listed(['03'])).toEqual(['[exercises] tests/03-countdown-threads/03-countdown-threads.test.ts']);
});

test('the extension of VS Code lists the suites of all exercises, and no tests of the toolkit', async () => {
  const suites = await listed([], { VITEST_VSCODE: 'true' });
  expect(suites).toContain('[exercises] tests/12-mutex/12-mutex.test.ts');
  expect(suites.filter((line) => !line.startsWith('[exercises] tests/'))).toEqual([]);
});

test('a command that names projects gets these', async () => {
  const suites = await listed(['--project', 'toolkit', '--project=solutions']);
  expect(new Set(suites.map((line) => line.split(' ')[0]))).toEqual(new Set(['[toolkit]', '[solutions]']));
});

test('runs again when a file of the exercise is saved, and names places in these files only', async () => {
  const course = await toyCourse();
  const child = spawn(process.execPath, [vitest, 'watch', slug], {
    cwd: course.root,
    env: shell(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const output = readUntil(child.stdout, child.stderr);
  try {
    const first = await output('Watching for file changes', 'Finding: act is not implemented yet.');
    expect(first).toContain('Finding: say is not implemented yet.');
    expect(first).toMatch(/^ ❯ .*exercises\/01-toy\/answer\.ts:2:/m);
    expect(first).not.toMatch(/^ ❯ .*(tests|src)\/.*:\d+:\d+$/m);
    await course.write(`exercises/${slug}/answer.ts`, answers.solution);
    const second = await output('Waiting for file changes');
    expect(second).toContain(`RERUN  exercises/${slug}/answer.ts`);
    expect(second).toMatch(/Tests +3 passed/);
  } finally {
    child.kill();
    await ended;
    await course.remove();
  }
});

/** @returns a function that waits for texts, or for the end, and returns what was printed since the last call */
function readUntil(...streams: NodeJS.ReadableStream[]): (...wanted: string[]) => Promise<string> {
  let printed = '';
  let ended = false;
  let onText: () => void = () => undefined;
  for (const stream of streams) {
    stream.on('data', (chunk: Buffer) => {
      printed += stripVTControlCharacters(chunk.toString());
      onText();
    });
    stream.once('end', () => {
      ended = true;
      onText();
    });
  }
  return (...wanted) =>
    new Promise((resolve) => {
      onText = () => {
        if (!ended && !wanted.every((text) => printed.includes(text))) return;
        resolve(printed);
        printed = '';
        onText = () => undefined;
      };
      onText();
    });
}
