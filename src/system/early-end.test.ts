import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { expect, test } from 'vitest';

const loader = new URL('../loader/register.js', import.meta.url).href;
const folders = new URL('./temporary-folder.ts', import.meta.url).href;
const early = new URL('./early-end.ts', import.meta.url).href;

/**
 * Starts a process that holds a temporary folder, ends it early, and tells how it ended and what it had said by then.
 */
async function endEarly(end: (child: ReturnType<typeof spawn>) => void, body = '') {
  const program = `
    const { temporaryFolder } = await import(${JSON.stringify(folders)});
    const { onEarlyEnd } = await import(${JSON.stringify(early)});
    const { path } = await temporaryFolder('kata-early-');
    onEarlyEnd(async () => { await null; console.log('cleaned'); });
    console.log(path);
    process.stdin.once('data', () => { ${body} });`;
  const child = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let said = '';
  const first = once(child.stdout.setEncoding('utf8'), 'data');
  child.stdout.on('data', (text: string) => (said += text));
  await first;
  const closed = once(child, 'close');
  end(child);
  const [code, signal] = (await closed) as [number | null, string | null];
  const [folder = '', ...more] = said.trim().split('\n');
  return { code, signal, more, folder, left: await isThere(folder) };
}

const isThere = (folder: string): Promise<boolean> =>
  access(folder).then(
    () => true,
    () => false,
  );

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s: cleans up to the end, then ends as the sender expects',
  async (signal) => {
    expect(await endEarly((child) => child.kill(signal))).toMatchObject({
      code: null,
      signal,
      more: ['cleaned'],
      left: false,
    });
  },
);

test('process.exit: the folder goes', async () => {
  expect(await endEarly((child) => child.stdin?.write('x'), 'process.exit(7);')).toMatchObject({
    code: 7,
    signal: null,
    more: [],
    left: false,
  });
});

test('an error that nobody catches: the folder goes', async () => {
  expect(await endEarly((child) => child.stdin?.write('x'), `throw new Error('x');`)).toMatchObject({
    code: 1,
    signal: null,
    more: [],
    left: false,
  });
});

test('SIGKILL: the next process that needs such a folder removes what was left', async () => {
  const killed = await endEarly((child) => child.kill('SIGKILL'));
  expect(killed).toMatchObject({ signal: 'SIGKILL', left: true });
  await endEarly((child) => child.stdin?.write('x'), 'process.exit(0);');
  expect(await isThere(killed.folder)).toBe(false);
});
