// The steps of .ci/run. Each runs even when one before it failed, so that one run shows all that is wrong. The last
// line counts tests and judged submissions, and one failure for each failed step that has no count of its own.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findChromium } from '#src/testing/find-chromium.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface Step {
  readonly command: string;
  /** The step's own count, from the last line that it printed or from a file that it wrote. */
  readonly count?: (lastLine: string) => Promise<Counts> | Counts;
}

const notes = await mkdtemp(join(tmpdir(), 'kata-ci-'));
const testResults = join(notes, 'tests.json');

/** The browser for the tests of the pages. Where there are no Debian packages, they run if there is one. */
const isLinux = process.platform === 'linux';
const asRoot = process.getuid?.() === 0 ? '' : 'sudo -n ';
const installChromium = ['update', 'install -y --no-install-recommends chromium']
  .map((action) => `${asRoot}apt-get ${action}`)
  .join(' && ');
const tests = `${isLinux ? 'KATA_BROWSER=required ' : ''}npm test`;

const steps: readonly Step[] = [
  ...(isLinux && findChromium() === undefined ? [{ command: installChromium }] : []),
  { command: 'npm run lint' },
  { command: 'npm run typecheck' },
  {
    command: `${tests} -- --reporter=default --reporter=json --outputFile.json=${testResults}`,
    async count() {
      const results = JSON.parse(await readFile(testResults, 'utf8')) as Record<string, number>;
      return { passed: results['numPassedTests'] ?? 0, failed: results['numFailedTests'] ?? 0 };
    },
  },
  { command: 'npm run bench -- --quick' },
  { command: 'npm run check:readme', count: lastLineCount },
  { command: 'npm run verify', count: lastLineCount },
];

function lastLineCount(line: string): Counts {
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(line) ?? [];
  return { passed: Number(passed ?? 0), failed: Number(failed ?? 1) };
}

const say = (text: string): void => console.log(`${new Date().toISOString().slice(11, 19)}  ${text}`);

/** Runs a command and prints what it prints. @returns its exit code and the last line of its output */
async function run(command: string): Promise<{ code: number; lastLine: string }> {
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  let lastLine = '';
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    if (line.trim() !== '') lastLine = line;
  }
  return { code: await closed, lastLine };
}

async function judge({ command, count }: Step): Promise<Counts> {
  say(command);
  const began = performance.now();
  const { code, lastLine } = await run(command);
  const seconds = Math.round((performance.now() - began) / 1000);
  say(`${command}: ${code === 0 ? 'done' : `FAILED with exit code ${code}`} after ${seconds} s`);
  const unknown = { passed: 0, failed: code === 0 ? 0 : 1 };
  const { passed, failed } = count
    ? await Promise.resolve(lastLine)
        .then(count)
        .catch(() => unknown)
    : unknown;
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

let [passed, failed] = [0, 0];
try {
  for (const step of steps) {
    const counts = await judge(step);
    passed += counts.passed;
    failed += counts.failed;
  }
} finally {
  await rm(notes, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
