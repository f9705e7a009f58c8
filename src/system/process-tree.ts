import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';

/** One process, as the operating system reports it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly command: string;
  /** Scheduling state of the main thread: R running or runnable, S asleep, Z ended but not yet waited for, … */
  readonly state: string;
}

/** How to find every process that belongs to a piece of work. */
export interface TreeRoot {
  /** The process that began it. */
  readonly pid?: number | undefined;
  /** `NAME=value` in the environment, inherited by everything it starts: finds what has cut its ties to the parent. */
  readonly marker?: string | undefined;
}

const run = promisify(execFile);
const onLinux = process.platform === 'linux';

/** @returns every visible process of this machine, without zombies */
export async function listProcesses(): Promise<ProcessEntry[]> {
  if (process.platform === 'win32') return [];
  const all = onLinux ? listFromProc() : await listFromPs();
  return all.filter(({ state }) => !state.startsWith('Z'));
}

// Everything below reads /proc synchronously: a read takes some 10 µs that way, and ten times that through the thread
// pool. Each guest's end looks at every process of the machine, and while student code is timed its processes are
// counted again and again.

function listFromProc(): ProcessEntry[] {
  return readdirSync('/proc').flatMap((name) => {
    const line = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : undefined;
    return line === undefined ? [] : [parseStat(line)];
  });
}

/** Reads one line of /proc/PID/stat; the command stands in brackets and may itself hold brackets and spaces. */
function parseStat(line: string): ProcessEntry {
  const open = line.indexOf('(');
  const close = line.lastIndexOf(')');
  const [state = '', parent, group] = line.slice(close + 2).split(' ');
  return {
    pid: Number(line.slice(0, open)),
    command: line.slice(open + 1, close),
    state,
    parent: Number(parent),
    group: Number(group),
  };
}

async function listFromPs(): Promise<ProcessEntry[]> {
  const { stdout } = await run('ps', ['-axo', 'pid=,ppid=,pgid=,state=,comm=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, group, state = '', command = ''] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined
      ? []
      : [{ pid: Number(pid), parent: Number(parent), group: Number(group), state, command }];
  });
}

/**
 * @param root where the tree begins
 * @returns the processes that belong to it and still run: descendants, members of the root's process group, and
 *   whoever carries the marker;
 *   this process itself never counts
 */
export async function findTree(root: TreeRoot): Promise<ProcessEntry[]> {
  const all = await listProcesses();
  const own = new Set<number>(root.pid === undefined ? [] : [root.pid]);
  if (root.marker !== undefined) for (const pid of await findMarked(all, root.marker)) own.add(pid);
  for (let before = -1; before !== own.size;) {
    before = own.size;
    for (const { pid, parent, group } of all)
      if (own.has(parent) || (root.pid !== undefined && group === root.pid)) own.add(pid);
  }
  own.delete(process.pid);
  return all.filter(({ pid }) => own.has(pid));
}

async function findMarked(all: readonly ProcessEntry[], marker: string): Promise<number[]> {
  if (!onLinux) {
    if (all.length === 0) return [];
    const { stdout } = await run('ps', ['-axEwwo', 'pid=,command='], { maxBuffer: 64 << 20 }).catch(() => ({
      stdout: '',
    }));
    return stdout.split('\n').flatMap((line) => (line.includes(marker) ? [Number.parseInt(line, 10)] : []));
  }
  const wanted = `\0${marker}\0`;
  return all.map(({ pid }) => pid).filter((pid) => `\0${read(`/proc/${pid}/environ`) ?? ''}`.includes(wanted));
}

/** Processes have been killed and don't end. This is the machine's fault, whatever they were doing. */
export class UnkillableError extends Error {
  override name = 'UnkillableError';
  constructor(processes: readonly ProcessEntry[]) {
    super(
      `Processes that were killed half a minute ago have not ended: ` +
        `${processes.map(({ pid, command }) => `${command} (${pid})`).join(', ')}. Run this again; if it ` +
        'happens again, restart the machine.',
    );
  }
}

/**
 * Kills a whole process tree, looks again and kills what was started meanwhile. Returns once all of it is gone.
 * @param root where the tree begins
 * @returns the processes that were found, the root among them
 * @throws {UnkillableError} where something survives SIGKILL for half a minute: it hangs in the kernel
 */
export async function killTree(root: TreeRoot): Promise<ProcessEntry[]> {
  if (process.platform === 'win32') {
    if (root.pid !== undefined) await run('taskkill', ['/pid', String(root.pid), '/t', '/f']).catch(() => undefined);
    return [];
  }
  return killAll(() => findTree(root));
}

/**
 * Kills processes, looks again and kills what was started meanwhile, until there is nothing to be found.
 * @param find looks for those that still run
 * @returns all that were found
 * @throws {UnkillableError} where something survives SIGKILL for half a minute: it hangs in the kernel
 */
export async function killAll(find: () => Promise<readonly ProcessEntry[]>): Promise<ProcessEntry[]> {
  const found = new Map<number, ProcessEntry>();
  for (const deadline = Date.now() + 30_000; ;) {
    const alive = await find();
    if (alive.length === 0) return [...found.values()];
    for (const entry of alive) {
      found.set(entry.pid, entry);
      kill(entry.pid);
    }
    if (Date.now() > deadline) throw new UnkillableError(alive);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Kills a process that may have ended meanwhile. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * @returns how many threads run or want to run now, over all the given processes; undefined where the system does not
 *   report it
 */
export function countRunnableThreads(pids: readonly number[]): number | undefined {
  if (!onLinux) return undefined;
  return pids.flatMap((pid) => tasks(pid).map((task) => threadState(pid, task))).filter((state) => state === 'R')
    .length;
}

/** @returns whether the process's first thread runs or wants to run now; false where the system does not report it */
export const mainThreadIsRunnable = (pid: number): boolean => threadState(pid, String(pid)) === 'R';

/** @returns the file's text; undefined where it is not there (any more) */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function tasks(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function threadState(pid: number, task: string): string | undefined {
  const line = read(`/proc/${pid}/task/${task}/stat`);
  return line?.charAt(line.lastIndexOf(')') + 2);
}

/** @returns the processes started by `pid` that still run, and theirs. Empty off Linux. */
export function descendants(pid: number): number[] {
  if (!onLinux) return [];
  const children = tasks(pid).flatMap((task) =>
    (read(`/proc/${pid}/task/${task}/children`) ?? '').split(' ').filter(Boolean).map(Number),
  );
  return [...children, ...children.flatMap(descendants)];
}

/** Kernel ticks in a second, the unit of /proc/PID/stat: 100 on every Linux that Node supports. */
const ticksPerSecond = 100;

/**
 * @returns milliseconds of CPU that the process has used, with its children that have ended and been waited for;
 *   undefined where the system does not report it
 */
export function cpuMilliseconds(pid: number): number | undefined {
  const line = onLinux ? read(`/proc/${pid}/stat`) : undefined;
  if (line === undefined) return undefined;
  // Fields 14 to 17 of proc(5): utime, stime, cutime, cstime; the third field stands first behind the command.
  const [utime, stime, cutime, cstime] = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
  return ((Number(utime) + Number(stime) + Number(cutime) + Number(cstime)) * 1000) / ticksPerSecond;
}

/** @returns bytes of memory that the process holds (resident set); undefined where the system does not report it */
export function residentBytes(pid: number): number | undefined {
  const line = onLinux ? read(`/proc/${pid}/statm`) : undefined;
  return line === undefined ? undefined : Number(line.split(' ')[1]) * 4096;
}

/** @returns whether there is such a process, another user's included */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
