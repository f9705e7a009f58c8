// Runs the commands of every README in a copy of the repository, and fails where one is neither run here nor covered by
// a step of .ci/run or by a test.
import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** How a command is checked. The first rule whose pattern fits decides. */
interface Rule {
  readonly pattern: RegExp;
  /** Run it here; the exit code must be one of these. */
  readonly exits?: readonly number[];
  /** Run this instead: the README's command has placeholders, or names a folder that is not there. */
  readonly instead?: string;
  /** Interrupt it as soon as it has printed this: it would go on forever. */
  readonly until?: RegExp;
  /** Not run here: this file runs it, and holds this text. */
  readonly by?: readonly [file: string, text: string];
  /** Not run at all, for this reason. */
  readonly never?: string;
}

const rules: readonly Rule[] = [
  {
    pattern: /^(node -e "console\.log\(require\('node:child_process'\)|ps -o pid,ppid|kill \d+$)/,
    never: 'lesson 04 leaves an orphan on purpose, and its process ids belong to one run',
  },
  { pattern: /^npm ci$/, by: ['.ci/run', 'npm ci'] },
  { pattern: /^\.ci\/run$/, by: ['.github/workflows/ci.yml', '.ci/run'] },
  { pattern: /^npm run lint$/, by: ['.ci/checks.ts', 'npm run lint'] },
  { pattern: /^npm run typecheck$/, by: ['.ci/checks.ts', 'npm run typecheck'] },
  { pattern: /^npm test$/, by: ['.ci/checks.ts', 'npm test'] },
  { pattern: /^npm run coverage$/, by: ['.github/workflows/ci.yml', 'npm run coverage'] },
  { pattern: /^npm run bench( -- (pools|interleave))?$/, by: ['.ci/checks.ts', 'npm run bench -- --quick'] },
  { pattern: /^npm run (historical-bugs|pack:interleave)$/, exits: [0] },
  { pattern: /^npm install --save-dev /, by: ['src/interleave/package/package.test.ts', "'--save-dev'"] },
  { pattern: /^npm run verify -- --quick$/, by: ['.ci/checks.ts', 'npm run verify -- --quick'] },
  { pattern: /^(taskset -c 0 )?npm run verify -- --exercise/, by: ['src/cli/commands/verify.test.ts', '--exercise'] },
  { pattern: /^npm run verify -- --(record|restyled)/, by: ['src/cli/commands/verify.test.ts', '--restyled'] },
  {
    pattern: /^npm run verify -- --attacks( --only <name>)?$/,
    never: 'it takes half an hour, and needs a course that other users can read: the copy here is closed to them',
  },
  { pattern: /^npm run verify -- --mutate/, by: ['src/cli/commands/mutate.test.ts', '--mutate'] },
  { pattern: /^npx vitest run --project (toolkit|solutions) \S+$/, exits: [0] },
  { pattern: /^npx vitest( 03)?$/, by: ['src/cli/vitest-by-hand.test.ts', "'watch'"] },
  { pattern: /^npx tsx exercises\//, by: ['src/cli/editors.test.ts', 'tsx/dist/cli.mjs'] },
  { pattern: /^npm run format$/, exits: [0] },
  { pattern: /^npm start( \d+)?$/, exits: [0] },
  { pattern: /^npm run kata serve/, exits: [0, 130], until: /http:/ },
  { pattern: /^npm run kata mutant /, by: ['src/cli/mutant.test.ts', 'mutant'] },
  { pattern: /^npm run kata contract NN$/, by: ['src/cli/commands/contract.test.ts', 'contract'] },
  { pattern: /^npm run kata draw NN$/, exits: [0], instead: 'npm run kata draw 09' },
  { pattern: /^npm run kata pack NN$/, exits: [0], instead: 'npm run kata pack 03' },
  { pattern: /^npm run kata play /, exits: [0, 130], until: /http:/ },
  { pattern: /^npm run kata replay .*[…<]/, exits: [0], instead: 'npm run kata replay 09 five-each ABAB' },
  // The exercises here are unsolved: their suites fail, and that is the answer.
  { pattern: /^npm run kata (run|try)\b/, exits: [0, 1] },
  { pattern: /^node src\/cli\/kata\.js run \d+ --inline$/, exits: [0, 1] },
  { pattern: /^npm run kata solution \d+$/, exits: [1] },
  {
    pattern: /^npm run kata grade -- --isolation require$/,
    // 2: the machine allows no namespaces.
    exits: [0, 2],
    instead: 'npm run kata grade 08 -- --isolation require',
  },
  {
    pattern: /^npm run kata grade( -- --submission <folder>)?$/,
    exits: [0],
    instead: 'npm run kata grade 03 -- --submission ../handed-in',
  },
  {
    pattern: /^npm run kata grade -- --submission \.\.\/handed-in --json record\.json$/,
    exits: [0],
    instead: 'npm run kata grade 08 -- --submission ../handed-in --json record.json',
  },
  { pattern: /^npm run kata (grade .*--submissions|merge) /, by: ['src/cli/commands/grade-class.test.ts', "'merge'"] },
  { pattern: /^npm run kata export /, by: ['src/cli/commands/export.test.ts', "'export'"] },
  { pattern: /^npm run kata grade \d+ .*--fail-under 60$/, exits: [1] },
  {
    pattern: /^npm run kata grade -- --submission \.\.\/handed-in --format .* --out results$/,
    exits: [0],
    instead: 'npm run kata grade 08 -- --submission ../handed-in --format csv --format junit --out results',
  },
  { pattern: /^npm run kata (list|hint|reset|replay|doctor|help|solution|pack)\b/, exits: [0] },
];

/** Milliseconds that a command may take, on a machine with other work to do. */
const patience = 180_000;
const run = promisify(execFile);

/** @returns the commands in a README: the lines of its `sh` blocks, lines behind `$ `, and inline code */
function commandsOf(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```(\w*)\n(.*?)^```$/gms)];
  const shell = blocks.flatMap(([, language = '', text = '']) =>
    text.split('\n').flatMap((line) => (language === 'sh' ? [line] : line.startsWith('$ ') ? [line.slice(2)] : [])),
  );
  const prose = markdown.replace(/^```.*?^```$/gms, '');
  const inline = [...prose.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replaceAll(/\s+/g, ' '));
  return [...shell, ...inline.filter((code) => /^(npm (ci|test|start|run)|npx|taskset|node \S|\.ci\/run)/.test(code))]
    .map((line) => line.replace(/\s+#\s.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** @returns what is wrong, or undefined */
async function fault(command: string, rule: Rule | undefined, folder: string): Promise<string | undefined> {
  if (rule === undefined) return 'no rule of .ci/readme-commands.ts says how it is checked';
  if (rule.never !== undefined) return undefined;
  if (rule.by) {
    const [file, text] = rule.by;
    const content = await readFile(file, 'utf8').catch(() => '');
    return content.includes(text) ? undefined : `${file} does not hold "${text}"`;
  }
  const { code, output } = await execute(rule.instead ?? command, folder, rule.until);
  if (rule.exits?.includes(code)) return undefined;
  return `exit code ${code}, expected ${rule.exits?.join(' or ')}\n${output}`;
}

/** Runs a command through the shell. @returns its exit code and the end of what it printed */
function execute(command: string, cwd: string, until?: RegExp): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const detached = process.platform !== 'win32';
    const child = spawn(command, { cwd, shell: true, detached, stdio: ['ignore', 'pipe', 'pipe'] });
    let interrupted = false;
    const signal = (name: NodeJS.Signals) => {
      interrupted = name === 'SIGINT';
      // Windows has neither process groups nor an interrupt for another process.
      if (detached) process.kill(-(child.pid as number), name);
      else spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    };
    const clock = setTimeout(() => signal('SIGKILL'), patience);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-4_000);
        if (until?.test(output)) {
          until = undefined;
          signal('SIGINT');
        }
      });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(clock);
      const byInterrupt = interrupted && (code === null || !detached);
      resolve({ code: byInterrupt ? 130 : (code ?? 1), output });
    });
  });
}

const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
const files = stdout.split('\0').filter((file) => file !== '');
const where = new Map<string, string>();
for (const file of files.filter((each) => /(^|\/)(README|CONTRIBUTING)\.md$/.test(each)))
  for (const command of commandsOf(await readFile(file, 'utf8'))) where.set(command, where.get(command) ?? file);

const temporary = await mkdtemp(join(tmpdir(), 'kata-readme-'));
const course = join(temporary, 'course');
let failed = 0;
try {
  for (const file of files) await cp(file, join(course, file)).catch(() => undefined);
  await symlink(join(process.cwd(), 'node_modules'), join(course, 'node_modules'), 'junction');
  await cp('exercises', join(temporary, 'handed-in'), { recursive: true });
  for (const [command, file] of where) {
    const began = performance.now();
    const wrong = await fault(
      command,
      rules.find(({ pattern }) => pattern.test(command)),
      course,
    );
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${wrong === undefined ? 'ok  ' : 'FAIL'} ${file}: ${command}  ${seconds} s`);
    if (wrong !== undefined) {
      failed += 1;
      console.log(wrong.replace(/^/gm, '     '));
    }
  }
} finally {
  await rm(temporary, { recursive: true, force: true });
}
console.log(`${where.size - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
