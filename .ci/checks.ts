// The steps of .ci/run. Each runs even when one before it failed, so that one run shows all that is wrong. At the end
// stands once more what failed, for whoever sees only the end of a long log. The last line counts tests and judged
// submissions, and one failure for each failed step without a count.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { findChromium } from '#src/testing/find-chromium.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** What failed, where the step knows it better than the last lines that it printed. */
  readonly failures?: readonly string[];
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
      const results = JSON.parse(await readFile(testResults, 'utf8')) as TestResults;
      return { passed: results.numPassedTests, failed: results.numFailedTests, failures: failedTests(results) };
    },
  },
  { command: 'npm run bench -- --quick' },
  { command: 'npm run check:readme', count: lastLineCount },
  { command: 'npm run verify -- --quick', count: lastLineCount },
];

/** What is needed of the file that Vitest's json reporter writes. */
interface TestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly TestFile[];
}

interface TestFile {
  readonly name: string;
  readonly status: string;
  /** Why the file could not be run, if so. */
  readonly message: string;
  readonly assertionResults: readonly { fullName: string; status: string; failureMessages: readonly string[] }[];
}

function failedTests({ testResults }: TestResults): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [`${file}\n${message}`];
    return failed.map(({ fullName, failureMessages }) => [`${file}: ${fullName}`, ...failureMessages].join('\n'));
  });
}

function lastLineCount(line: string): Counts {
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(line) ?? [];
  return { passed: Number(passed ?? 0), failed: Number(failed ?? 1) };
}

const say = (text: string): void => console.log(`${new Date().toISOString().slice(11, 19)}  ${text}`);

/** The lines of a failed step that are repeated at the end. */
const linesKept = 40;

/** Runs a command and prints what it prints. @returns its exit code and the last lines of its output that have text */
async function run(command: string): Promise<{ code: number; lastLines: readonly string[] }> {
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    if (line.trim() !== '') lines.push(line);
    if (lines.length > linesKept) lines.shift();
  }
  return { code: await closed, lastLines: lines };
}

async function judge({ command, count }: Step): Promise<Counts> {
  say(command);
  const began = performance.now();
  const { code, lastLines } = await run(command);
  const seconds = Math.round((performance.now() - began) / 1000);
  say(`${command}: ${code === 0 ? 'done' : `FAILED with exit code ${code}`} after ${seconds} s`);
  const unknown = { passed: 0, failed: code === 0 ? 0 : 1 };
  const counts: Counts = count
    ? await Promise.resolve(lastLines.at(-1) ?? '')
        .then(count)
        .catch(() => unknown)
    : unknown;
  const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed;
  const { passed, failures = [] } = counts;
  return { passed, failed, failures: failed === 0 || failures.length > 0 ? failures : [lastLines.join('\n')] };
}

let [passed, failed] = [0, 0];
const failures: string[] = [];
try {
  for (const step of steps) {
    const counts = await judge(step);
    passed += counts.passed;
    failed += counts.failed;
    for (const each of counts.failures ?? []) failures.push(`${step.command}\n${each}`);
  }
} finally {
  await rm(notes, { recursive: true, force: true });
}
if (failures.length > 0) console.log('What failed, once more:');
for (const each of failures) console.log(`\n${each}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
