import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { load, node, operatingSystem, powerAndHost, processorQuota, processors } from './machine.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kata-doctor-'));
});
afterEach(() => rm(root, { recursive: true }));

/** A machine as its files under / tell of it. */
async function machine(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

describe('node', () => {
  test.each([
    ['18.20.4', 'bad'],
    ['20.18.3', 'bad'],
    ['20.19.0', 'ok'],
    ['26.1.0', 'ok'],
  ])('%s is %s', (version, level) => {
    expect(node(version, '')).toMatchObject({ level, found: `Node.js ${version}` });
  });

  test('NODE_OPTIONS are worth a warning', () => {
    expect(node('22.0.0', '--inspect')).toMatchObject({
      level: 'warn',
      found: 'Node.js 22.0.0, NODE_OPTIONS=--inspect',
    });
  });
});

test('an untested system is said to be so', () => {
  expect(operatingSystem('linux').level).toBe('ok');
  expect(operatingSystem('win32')).toMatchObject({
    level: 'warn',
    advice: expect.stringContaining('untested') as string,
  });
});

test.each([
  [8, 8, 'ok'],
  [2, 8, 'warn'],
  [1, 1, 'warn'],
  [1, 8, 'warn'],
])('%i of %i processors: %s', (usable, there, level) => {
  expect(processors(usable, there)).toMatchObject({
    level,
    found: expect.stringContaining(`${usable} of ${there} usable`) as string,
  });
});

test.each([
  [0.1, 2, 'ok'],
  [0.59, 2, 'ok'],
  [0.7, 2, 'warn'],
  [2, 8, 'ok'],
])('a load of %f on %i processors: %s', (average, usable, level) => {
  expect(load(average, usable).level).toBe(level);
});

describe('quota', () => {
  test('no cgroups, no line', async () => {
    expect(await processorQuota(4, root)).toBeUndefined();
  });

  test('version 2: the smallest limit on the way up counts', async () => {
    await machine({
      'proc/self/cgroup': '0::/runner/job\n',
      'sys/fs/cgroup/runner/cpu.max': '150000 100000\n',
      'sys/fs/cgroup/runner/job/cpu.max': 'max 100000\n',
    });
    expect(await processorQuota(4, root)).toMatchObject({ level: 'warn', found: "1.50 processors' worth of time" });
    expect(await processorQuota(1, root)).toMatchObject({ level: 'ok' });
  });

  test('version 1', async () => {
    await machine({
      'proc/self/cgroup': '5:memory:/x\n3:cpu,cpuacct:/box\n',
      'sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us': '50000\n',
      'sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us': '100000\n',
    });
    expect(await processorQuota(2, root)).toMatchObject({ level: 'warn', found: "0.50 processors' worth of time" });
  });

  test('no limit', async () => {
    await machine({ 'proc/self/cgroup': '0::/\n', 'sys/fs/cgroup/cpu.max': 'max 100000\n' });
    expect(await processorQuota(2, root)).toMatchObject({ level: 'ok', found: 'no limit on processor time' });
  });
});

describe('host and power', () => {
  test('a plain machine has nothing to tell', async () => {
    await machine({ 'proc/cpuinfo': 'flags\t\t: fpu sse\n' });
    expect(await powerAndHost(root)).toEqual([]);
  });

  test.each([
    ['0', 'ok', '0.0 %'],
    ['100', 'warn', '10.0 %'],
  ])('a virtual machine whose host took %s ticks: %s', async (steal, level, share) => {
    await machine({
      'proc/cpuinfo': 'flags\t\t: fpu hypervisor sse\n',
      'proc/stat': `cpu  400 0 0 ${900 - 400 + (steal === '0' ? 100 : 0)} 0 0 0 ${steal} 0 0\n`,
    });
    expect(await powerAndHost(root)).toEqual([
      expect.objectContaining({ name: 'host', level, found: expect.stringContaining(share) as string }),
    ]);
  });

  test('a battery', async () => {
    await machine({ 'sys/class/power_supply/BAT0/status': 'Discharging\n', 'sys/class/power_supply/AC/online': '0\n' });
    expect(await powerAndHost(root)).toEqual([
      expect.objectContaining({ name: 'power', level: 'warn', found: 'on battery (BAT0)' }),
    ]);
  });
});
