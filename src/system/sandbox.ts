// A view of the machine for student code, on Linux: namespaces of its own for processes, files, the network and users,
// made by util-linux. Two processes keep them alive. The judge's view is the machine's own, but for the network and a
// folder for temporary files of limited size. The student's view has the course's files, read-only, and that folder;
// no other process is in it, and nothing leads out.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onEarlyEnd } from './early-end.ts';
import { descendants, killAll, listProcesses, type ProcessEntry } from './process-tree.ts';

export interface SandboxOptions {
  /** A folder for the sandbox's own use, absolute; it must be empty or hold what is in `visible`. */
  folder: string;
  /** Files and folders that student code can read, absolute. */
  visible: readonly string[];
  /** Files within them that it cannot. */
  hidden: readonly string[];
}

export interface Sandbox {
  /** @returns command and arguments that run another command in the judge's view, in a directory */
  judge: (directory: string) => readonly string[];
  /** What the judge's environment must have, for {@link studentCommand} and for temporary files. */
  readonly environment: NodeJS.ProcessEnv;
  /** Whether student code runs as another user than the one who grades. */
  readonly otherUser: boolean;
  /** Ends everything in it. */
  close: () => Promise<void>;
}

const run = promisify(execFile);
const script = fileURLToPath(new URL('./sandbox.sh', import.meta.url));
/** Threads and processes of one grading, together. */
const mostThreads = 4_000;
/** Milliseconds that it may take; 50 are usual. */
const patience = 20_000;

/**
 * @returns a sandbox, or a few words about why there is none: not Linux, no namespaces for this user, no util-linux
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox | string> {
  if (process.platform !== 'linux') return 'this is not Linux';
  const isRoot = process.getuid?.() === 0;
  const other = isRoot && (await asOtherUser(options));
  const made = other ? await open(options, other) : 'not tried';
  if (typeof made !== 'string') return made;
  // In a namespace without that user, root may not even enter the user's folder.
  if (isRoot) await chown(options.folder, 0, 0);
  return open(options, []);
}

/** @returns the user that student code runs as if root grades in a process with this id */
export const sandboxUser = (pid: number): number => 60_000 + (pid % 5_000);

/** @returns a command's beginning that makes root another user, where that user can read what it must */
async function asOtherUser({ folder, visible }: SandboxOptions): Promise<string[] | undefined> {
  // Two graders at once get two users, so that neither's limits and signals reach the other.
  const user = sandboxUser(process.pid);
  const command = ['setpriv', '--reuid', String(user), '--regid', String(user), '--clear-groups', '--'];
  await chown(folder, user, user);
  const tests = [script, ...visible].map((path) => run(command[0]!, [...command.slice(1), 'test', '-r', path]));
  return Promise.all(tests).then(
    () => command,
    () => undefined,
  );
}

async function open({ folder, visible, hidden }: SandboxOptions, as: readonly string[]): Promise<Sandbox | string> {
  for (const name of ['root', 'tmp']) await mkdir(join(folder, name), { recursive: true });
  const paths = [...visible.map((path) => `+${path}`), `=${join(folder, 'tmp')}`, ...hidden.map((path) => `-${path}`)];
  const flags = ['--user', '--map-root-user', '--mount', '--net', '--ipc', '--propagation', 'private'];
  const [command = '', ...args] = [...as, 'unshare', ...flags, '--', 'sh', script, 'judge', folder, ...paths];
  const keeper = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const forget = onEarlyEnd(() => void keeper.stdin.destroy());
  const close = async () => {
    const runs = keeper.exitCode === null && keeper.signalCode === null;
    const exit = new Promise<void>((resolve) => keeper.once('exit', () => resolve()));
    keeper.stdin.destroy();
    if (runs && keeper.pid !== undefined) await exit;
    forget();
  };
  const failed = await becomesReady(keeper);
  const pid = keeper.pid ?? 0;
  const first = descendants(pid).find(isFirst);
  if (failed !== undefined || first === undefined) {
    await close();
    return failed ?? 'it ended at once';
  }
  const enter = ['nsenter', '--target', String(pid), '--user', '--preserve-credentials', '--mount', '--net', '--ipc'];
  const temporary = join(folder, 'tmp');
  const limits = ['prlimit', `--nproc=${mostThreads}`, '--core=0', '--'];
  return {
    judge: (directory) => [...as, ...enter, '--', ...limits, 'env', '--chdir', directory],
    environment: { KATA_SANDBOX: String(first), TMPDIR: temporary, HOME: temporary },
    otherUser: as.length > 0,
    close,
  };
}

/** Whether a process is the first of its namespace, which nobody in it can kill. */
const isFirst = (pid: number): boolean => /^NSpid:.*\t1$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

/** @returns why it did not, if it did not */
function becomesReady(keeper: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = '';
    keeper.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    const clock = setTimeout(() => resolve('it was not ready in time'), patience);
    const done = (failed?: string) => {
      clearTimeout(clock);
      resolve(failed);
    };
    createInterface({ input: keeper.stdout! }).once('line', () => done());
    keeper.once('error', (error) => done(error.message));
    keeper.once('close', (code) => done(said.trim().split('\n')[0] || `exit code ${code}`));
  });
}

/** Set by the grader for the suite's process, and not inherited by what that starts. */
const first = process.env['KATA_SANDBOX'];
delete process.env['KATA_SANDBOX'];

/** Whether {@link studentCommand} leads into a sandbox. */
export const isSandboxed = first !== undefined;

/**
 * What keeps the student's view alive: all that is in it before student code runs. The CPU time of strays that have
 * ended is counted to one of these, which has adopted them. Empty without a sandbox.
 */
export const keepers: ReadonlySet<number> = new Set(first === undefined ? [] : descendants(Number(first)));

/**
 * @returns processes in the student's view that have cut their ties to those that started them: their parents have
 *   ended. Empty without a sandbox.
 */
export const strays = (): number[] =>
  first === undefined ? [] : descendants(Number(first)).filter((pid) => !keepers.has(pid));

/**
 * @param name of the environment variable that what students start inherits
 * @returns the strays that nothing in their environment leads to
 */
export async function unmarkedStrays(name: string): Promise<ProcessEntry[]> {
  const unmarked = new Set(strays().filter((pid) => !hasVariable(pid, name)));
  return unmarked.size === 0 ? [] : (await listProcesses()).filter(({ pid }) => unmarked.has(pid));
}

/**
 * Kills the unmarked strays.
 * @returns what was found
 * @throws {UnkillableError} where one survives that
 */
export const endStrays = (name: string): Promise<ProcessEntry[]> => killAll(() => unmarkedStrays(name));

function hasVariable(pid: number, name: string): boolean {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, 'utf8')}`.includes(`\0${name}=`);
  } catch {
    // It has ended meanwhile.
    return true;
  }
}

/**
 * @param command a program and its arguments
 * @param directory where it runs
 * @returns command and arguments that run it in the student's view of the sandbox, if this process belongs to one. The
 *   process started is then the parent of the program, and ends as it does.
 */
export function studentCommand(command: readonly string[], directory: string): [string, ...string[]] {
  if (first === undefined) return [...command] as [string, ...string[]];
  const drop = ['--bounding-set=-all', '--inh-caps=-all', '--no-new-privs'];
  const enter = ['--target', first, '--mount', '--pid', '--'];
  return ['nsenter', ...enter, 'setpriv', ...drop, 'env', '--chdir', directory, ...command];
}
