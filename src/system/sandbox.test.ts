import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findTree } from './process-tree.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

const run = promisify(execFile);
const loader = fileURLToPath(new URL('../loader/register.js', import.meta.url));
const system = new URL('./sandbox.ts', import.meta.url).href;

let folder: TemporaryFolder;
let sandbox: Sandbox | string;

beforeAll(async () => {
  folder = await temporaryFolder('kata-sandbox-');
  await mkdir(join(folder.path, 'course'));
  for (const name of ['shown', 'hidden']) await writeFile(join(folder.path, 'course', name), name);
  sandbox = await openSandbox({
    folder: folder.path,
    visible: [join(folder.path, 'course')],
    hidden: [join(folder.path, 'course/hidden')],
  });
});
afterAll(async () => {
  if (typeof sandbox !== 'string') await sandbox.close();
  await folder.remove();
});

/** Runs a shell command as the judge runs student code. @returns what it printed, errors included */
async function asStudent(shell: string): Promise<string> {
  if (typeof sandbox === 'string') throw new Error(sandbox);
  const judge = `
    const { studentCommand } = await import(${JSON.stringify(system)});
    const { spawnSync } = await import('node:child_process');
    const [command, ...args] = studentCommand(['sh', '-c', ${JSON.stringify(`(${shell}) 2>&1`)}], '/');
    process.stdout.write(spawnSync(command, args).stdout);`;
  const [command = '', ...args] = sandbox.judge(process.cwd());
  const node = [process.execPath, '--import', loader, '--input-type=module', '-e', judge];
  const environment = { ...process.env, ...sandbox.environment };
  return (await run(command, [...args, ...node], { env: environment })).stdout;
}

/** Some machines allow no namespaces: there the grader gives the reason, and this test asks for it. */
const allowed = await run('unshare', ['--user', '--map-root-user', '--mount', '--net', 'true']).then(
  () => true,
  () => false,
);

if (!allowed) test('says why there is none', () => expect(sandbox).toEqual(expect.any(String)));

describe.runIf(allowed)('student code in a sandbox', () => {
  test('reads what it is shown, and nothing else', async () => {
    const at = join(folder.path, 'course');
    expect(await asStudent(`cat ${at}/shown; cat ${at}/hidden; ls ${at}/..`)).toBe('showncourse\ntmp\n');
    expect(await asStudent(`cat ${fileURLToPath(import.meta.url)}; ls /home /root /mnt`)).not.toMatch(/describe|:\n/);
  });
  test('writes to the folder for temporary files only, up to its limit', async () => {
    expect(await asStudent(`echo x > ${folder.path}/course/shown; echo x > /x`)).toMatch(
      /(?:(?:Permission denied|Read-only file system|Directory nonexistent)[^]*){2}/,
    );
    const filled = await asStudent('head -c 1G /dev/zero > $TMPDIR/big; wc -c < $TMPDIR/big; rm $TMPDIR/big');
    expect(filled).toContain('No space left on device');
    expect(Number(/^\d+$/m.exec(filled)?.[0])).toBeLessThanOrEqual(512 << 20);
  });
  test('sees its own processes only, and ends none of the others', async () => {
    const seen = await asStudent(`kill -9 -1; kill -9 ${process.pid}; ls /proc | grep -c '^[0-9]'`);
    expect(seen).toContain('No such process');
  });
  test('has a network of its own, with nothing but loopback', async () => {
    expect(await asStudent('cat /proc/net/dev | tail -n +3 | cut -d: -f1')).toBe('    lo\n');
  });
  test('has no privileges and cannot change what is mounted', async () => {
    expect(await asStudent('grep CapEff /proc/self/status')).toMatch(/CapEff:\s0+\n/);
    expect(await asStudent('mount -o remount,bind,rw /usr || unshare -Urm mount -o remount,bind,rw /usr')).toMatch(
      /(?:(?:denied|not permitted)[^]*){2}/,
    );
  });
  test('is ended with the sandbox, also what has left its process group', async () => {
    if (typeof sandbox === 'string') return;
    await asStudent('setsid sleep 1000 > /dev/null 2>&1 &');
    await sandbox.close();
    const left = await findTree({ marker: `TMPDIR=${sandbox.environment['TMPDIR']}` });
    expect(left).toEqual([]);
  });
});
