// Given. Which process owns a lock, and whether that process is still running.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process. The system gives its pid to another process later, so the time of its start belongs to its identity. */
export interface Owner {
  pid: number;
  /** When the process was started, in the system's own words; compare it, don't interpret it. */
  started: string;
}

/** @returns the owner that stands for the calling process */
export function thisProcess(): Owner {
  return { pid: process.pid, started: startOf(process.pid) ?? 'unknown' };
}

/** @returns whether exactly this process is running, on this machine; a process that is suspended is running */
export function isAlive({ pid, started }: Owner): boolean {
  return startOf(pid) === started;
}

/** @returns when a process was started; undefined if there is none, or if it has ended and its parent hasn't noticed */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return startOnLinux(pid);
    if (process.platform === 'win32') return process.kill(pid, 0) ? 'unknown' : undefined;
    const [state, ...start] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
    return state === undefined || state.startsWith('Z') ? undefined : start.join(' ');
  } catch {
    return undefined;
  }
}

/** Clock ticks between boot and start, which no change of the clock affects, and the number of the boot. */
function startOnLinux(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program comes before the last parenthesis, and can contain spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
}
