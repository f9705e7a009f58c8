import { readFile, readdir } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, platform, release } from 'node:os';
import { join, posix } from 'node:path';
import type { DoctorLine } from './doctor-line.ts';

/** @returns the version of Node.js and what it was started with */
export function node(version = process.versions.node, options = process.env['NODE_OPTIONS'] ?? ''): DoctorLine {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const found = `Node.js ${version}`;
  if (major < 20 || (major === 20 && minor < 19))
    return { name: 'node', level: 'bad', found, advice: 'The kata need 20.19 or later: https://nodejs.org' };
  if (options.trim() === '') return { name: 'node', level: 'ok', found };
  return {
    name: 'node',
    level: 'warn',
    found: `${found}, NODE_OPTIONS=${options}`,
    advice:
      'A debugger or a hook in NODE_OPTIONS slows every thread and process that an exercise starts; unset it for ' +
      'speed tasks.',
  };
}

export function operatingSystem(system = platform()): DoctorLine {
  const found = `${system} ${release()}, ${process.arch}`;
  if (system === 'linux') return { name: 'platform', level: 'ok', found };
  return {
    name: 'platform',
    level: 'warn',
    found,
    advice: 'The course is tested on Linux; elsewhere it should work, and is untested.',
  };
}

/** @returns how many processors this process may use, and whether it is held to fewer than there are */
export function processors(usable = availableParallelism(), there = cpus().length): DoctorLine {
  const model = cpus()[0]?.model.trim();
  const found = `${usable} of ${there} usable${model ? ` (${model})` : ''}`;
  if (usable < 2)
    return {
      name: 'processors',
      level: 'warn',
      found,
      advice:
        'Nothing can run in parallel here, so speed tasks are inconclusive (they cost no points).' +
        (usable < there
          ? ' The process is pinned: start it without taskset, or give the container more processors.'
          : ''),
    };
  if (usable < there)
    return {
      name: 'processors',
      level: 'warn',
      found,
      advice: 'The process is pinned to some of the processors; speed-ups are judged by what these can do.',
    };
  return { name: 'processors', level: 'ok', found };
}

/**
 * @returns what a cgroup (a container, a CI runner) lets this process have of the processors; undefined where there are
 * no cgroups
 */
export async function processorQuota(usable = availableParallelism(), root = '/'): Promise<DoctorLine | undefined> {
  const quota = await cgroupQuota(root);
  if (quota === undefined) return undefined;
  const name = 'quota';
  if (quota === Infinity) return { name, level: 'ok', found: 'no limit on processor time' };
  const found = `${quota.toFixed(2)} processors' worth of time`;
  if (quota >= usable) return { name, level: 'ok', found };
  return {
    name,
    level: 'warn',
    found,
    advice:
      `The container stops all threads for a while once they have used ${quota.toFixed(2)} processors' time; ` +
      `raise its CPU limit to ${usable} for steady timings.`,
  };
}

/**
 * Processors' worth of time of this process's cgroup and all above it, version 2 (cpu.max) and 1 (cpu.cfs_quota_us);
 * Infinity without a limit.
 */
async function cgroupQuota(root: string): Promise<number | undefined> {
  const memberships = await readFile(join(root, 'proc/self/cgroup'), 'utf8').catch(() => undefined);
  if (memberships === undefined) return undefined;
  let least = Infinity;
  for (const [, controllers = '', own = '/'] of memberships.matchAll(/^\d+:([^:]*):(.*)$/gm)) {
    if (controllers !== '' && !controllers.split(',').includes('cpu')) continue;
    for (let group = own; ; group = posix.dirname(group)) {
      const folder = join(root, 'sys/fs/cgroup', controllers, group);
      const limit = controllers === '' ? await v2Limit(folder) : await v1Limit(folder);
      least = Math.min(least, limit);
      if (group === '/' || group === '.') break;
    }
  }
  return least;
}

async function v2Limit(folder: string): Promise<number> {
  const [quota, period] = (await readFile(join(folder, 'cpu.max'), 'utf8').catch(() => 'max 1'))
    .trim()
    .split(' ')
    .map(Number);
  return Number.isFinite(quota) && period ? (quota as number) / period : Infinity;
}

async function v1Limit(folder: string): Promise<number> {
  const read = async (file: string) => Number(await readFile(join(folder, file), 'utf8').catch(() => '-1'));
  const [quota, period] = [await read('cpu.cfs_quota_us'), await read('cpu.cfs_period_us')];
  return quota > 0 && period > 0 ? quota / period : Infinity;
}

/** @returns how many processors others keep busy now, if the system reports it (Windows does not) */
export function load(average = loadavg()[0] ?? 0, usable = availableParallelism()): DoctorLine {
  const found = `${average.toFixed(2)} over the last minute, for ${usable} processor${usable === 1 ? '' : 's'}`;
  if (average <= 0.3 * usable) return { name: 'load', level: 'ok', found };
  return {
    name: 'load',
    level: 'warn',
    found,
    advice:
      'Other programs are using the processors, so a speed-up may come out inconclusive; close them, wait a ' +
      'minute, and run the task again.',
  };
}

/**
 * @returns hints that the clock rate or the processors themselves are shared or held back; empty where nothing of the
 * kind shows
 */
export async function powerAndHost(root = '/'): Promise<DoctorLine[]> {
  const read = (path: string) => readFile(join(root, path), 'utf8').catch(() => '');
  const lines: DoctorLine[] = [];
  if (/^flags\s*:.*\bhypervisor\b/m.test(await read('proc/cpuinfo'))) {
    const stolen = stealShare(await read('proc/stat'));
    const share =
      stolen === undefined ? '' : `; its host kept ${(stolen * 100).toFixed(1)} % of the processor time since boot`;
    const found = `a virtual machine${share}`;
    lines.push(
      stolen !== undefined && stolen > 0.02
        ? {
            name: 'host',
            level: 'warn',
            found,
            advice: 'The host gives these processors to others too; repeat a speed task that is inconclusive.',
          }
        : { name: 'host', level: 'ok', found },
    );
  }
  for (const supply of await readdir(join(root, 'sys/class/power_supply')).catch(() => [])) {
    const status = await read(`sys/class/power_supply/${supply}/status`);
    if (status.trim() === 'Discharging')
      lines.push({
        name: 'power',
        level: 'warn',
        found: `on battery (${supply})`,
        advice: 'On battery the clock rate goes up and down; plug in for speed tasks.',
      });
  }
  return lines;
}

/**
 * Share of processor time that the host took away, from the first line of /proc/stat (user nice system idle iowait irq
 * softirq steal …).
 */
function stealShare(stat: string): number | undefined {
  const times = /^cpu\s+(.+)$/m.exec(stat)?.[1]?.trim().split(/\s+/).slice(0, 8).map(Number);
  const total = times?.reduce((sum, each) => sum + each, 0);
  return times?.[7] === undefined || !total ? undefined : times[7] / total;
}
