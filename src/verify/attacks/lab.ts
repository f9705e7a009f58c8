import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { cp, lstat, mkdir, readdir, realpath, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { partsOf, type Exercise } from '#src/course/index.ts';
import { loaderFlags } from '#src/loader/index.ts';
import type { Check } from '#src/suite/index.ts';
import { killAll, listProcesses, sandboxUser, temporaryFolder } from '#src/system/index.ts';
import type { Verdict } from '#src/verdict/index.ts';
import { readReference, writeFiles } from '../variants.ts';
import type { Attack, Level } from './attack.ts';

/** What the child process is asked. */
export interface GradeRequest {
  root: string;
  submission: string;
  exercise: string;
  task: number;
  keeps: readonly number[];
  isolation: 'require' | 'none';
}

/** What it answers. */
export interface Graded {
  tasks: { number: number; verdict: Verdict; checks: readonly Check[]; keepsPoints: boolean }[];
  level: Level | undefined;
  fault: string | undefined;
}

/** What an attack has done. */
export interface Aftermath {
  /** Undefined where the grader did not come to an end. */
  graded: Graded | undefined;
  /** How the grader ended, where it came to none. */
  ending: string;
  /** Files outside of the grader's tree that were changed, removed or added. */
  touched: string[];
  /** Processes that still ran, as "command (pid)"; they have been killed since. */
  survivors: string[];
}

const child = fileURLToPath(new URL('./grade-child.ts', import.meta.url));
/** Milliseconds for one grading. */
const patience = 100_000;
/** Bytes of a file, and threads where the sandbox does not limit them: what an attack may cost at the most. */
const limits = ['prlimit', '--fsize=209715200', '--core=0'];
const threadLimit = '--nproc=1500';
/** Users that nobody else is, one for each grading that runs at the same time. */
let nextUser = 66_000;
const isRoot = process.getuid?.() === 0;

/**
 * Grades an attack in a laboratory: a copy of the course, a home and a folder for temporary files that only this run
 * uses. Root becomes another user for level `processes`, or an attack could kill every process of the machine.
 * @param root the course, absolute
 */
export async function tryOut(root: string, exercise: Exercise, attack: Attack, level: Level): Promise<Aftermath> {
  const { path: base, remove } = await temporaryFolder('kata-attack-');
  const user = isRoot && level === 'processes' ? nextUser++ : undefined;
  try {
    const course = join(base, 'course');
    const submission = join(base, 'submission');
    await copyCourse(root, exercise, course);
    const files = await readReference(root, exercise);
    await writeFiles(join(submission, exercise.slug), new Map([...files, [attack.file, attack.text]]));
    for (const folder of ['home', 'tmp']) {
      await mkdir(join(base, folder));
      await writeFile(join(base, folder, 'canary.txt'), 'nobody writes to this file');
    }
    await give(base, user);
    const packages = join(await realpath(join(root, 'node_modules')), 'vitest/package.json');
    const own = [packages, join(root, 'package.json'), join(root, 'exercises/course.json')];
    const before = new Map([...(await stampsOf(base)), ...(await stamps(own))]);
    const request: GradeRequest = {
      root: course,
      submission,
      ...{ exercise: exercise.id, task: attack.task, keeps: attack.keeps },
      isolation: level === 'namespaces' ? 'require' : 'none',
    };
    const { graded, ending, survivors } = await gradeIn(base, request, user);
    const after = new Map([...(await stampsOf(base)), ...(await stamps(own))]);
    const touched = [...new Set([...before.keys(), ...after.keys()])].filter(
      (file) => before.get(file) !== after.get(file),
    );
    if (touched.includes(packages)) await utimes(packages, new Date(), new Date(stampTime(before.get(packages))));
    return { graded, ending, survivors, touched: touched.map((file) => file.replace(`${base}/`, '')) };
  } finally {
    await remove();
  }
}

async function copyCourse(root: string, exercise: Exercise, to: string): Promise<void> {
  const slugs = partsOf(exercise).map(({ exercise: { slug } }) => slug);
  const single = ['package.json', 'tsconfig.json', 'vitest.config.ts', 'src', 'exercises', 'tests/support'];
  const folders = slugs.flatMap((each) => [`tests/${each}`, `solutions/${each}`]);
  for (const name of [...single, ...folders, 'tests/shared'])
    await cp(join(root, name), join(to, name), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  await symlink(await realpath(join(root, 'node_modules')), join(to, 'node_modules'));
}

/** Makes a folder and all in it a user's, if there is one. */
async function give(folder: string, user: number | undefined): Promise<void> {
  // The sandbox's user must be able to enter it.
  if (isRoot) await run('chmod', ['-R', 'a+rX', folder]);
  if (user !== undefined) await run('chown', ['-Rh', `${user}:${user}`, folder]);
}

async function run(command: string, args: string[]): Promise<void> {
  await once(spawn(command, args, { stdio: 'ignore' }), 'close');
}

async function gradeIn(
  base: string,
  request: GradeRequest,
  user: number | undefined,
): Promise<Pick<Aftermath, 'graded' | 'ending' | 'survivors'>> {
  const as = user === undefined ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--'];
  const [command = '', ...args] = [
    ...as,
    ...limits,
    ...(request.isolation === 'none' ? [threadLimit] : []),
    '--',
    process.execPath,
    ...loaderFlags,
    child,
  ];
  const temporary = join(base, 'tmp');
  const grader = spawn(command, args, {
    cwd: request.root,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: join(base, 'home'), TMPDIR: temporary },
  });
  grader.stdin.on('error', () => undefined);
  grader.stdin.end(JSON.stringify(request));
  const clock = setTimeout(() => grader.kill('SIGKILL'), patience);
  const exit = once(grader, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const [out, errors] = [text(grader.stdout), text(grader.stderr)];
  const [code, signal] = await exit;
  clearTimeout(clock);
  const survivors = await endAll(base, grader, user);
  const graded = code === 0 ? readGraded(await out) : undefined;
  const said = (await errors).trim().split('\n').at(-1) ?? '';
  return { graded, ending: signal ?? `exit code ${code}${said ? `: ${said}` : ''}`, survivors };
}

function readGraded(out: string): Graded | undefined {
  try {
    return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Graded;
  } catch {
    return undefined;
  }
}

/** Milliseconds that what ends with the grader gets to be gone. */
const grace = 4_000;

/** Kills what the grading has left, until nothing is left. @returns what has not ended by itself */
async function endAll(base: string, { pid = 0 }: ChildProcess, user: number | undefined): Promise<string[]> {
  const users = [user, isRoot ? sandboxUser(pid) : undefined].filter((each) => each !== undefined);
  const stillThere = async () => (await listProcesses()).filter((each) => belongs(each.pid, base, users));
  for (const end = performance.now() + grace; performance.now() < end && (await stillThere()).length > 0;)
    await sleep(100);
  const found = await killAll(stillThere);
  return found.map(({ pid, command }) => `${command} (${pid})`);
}

function belongs(pid: number, base: string, users: readonly number[]): boolean {
  if (pid === process.pid) return false;
  try {
    if (users.includes(statSync(`/proc/${pid}`).uid)) return true;
    const about = [readlinkSync(`/proc/${pid}/cwd`), readFileSync(`/proc/${pid}/cmdline`, 'utf8')];
    return about.some((each) => each.includes(`${base}/`));
  } catch {
    return false;
  }
}

/** @returns size and time of every file below a folder, by path */
async function stampsOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return stamps(entries.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name)));
}

async function stamps(files: readonly string[]): Promise<Map<string, string>> {
  const found = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs } = await lstat(file);
      return [file, `${size} ${mtimeMs}`] as const;
    }),
  );
  return new Map(found);
}

const stampTime = (stamp = ''): number => Number(stamp.split(' ')[1]);
