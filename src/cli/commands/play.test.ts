import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { cmd } from '../testing/cmd.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Starts the command, and stops it with Ctrl-C once it has printed what it has to say. */
async function play(...args: string[]) {
  const env = { ...process.env, NODE_OPTIONS: '', INIT_CWD: root };
  const child = spawn(process.execPath, [join(root, 'src/cli/kata.js'), 'play', ...args], { cwd: root, env });
  const lines: string[] = [];
  let page: Response | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (!/Ctrl-C/.test(line)) continue;
    page = await fetch(/http:\S*/.exec(lines[0] ?? '')![0]);
    break;
  }
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, lines, status: page?.status };
}

test('prints the address of a page, and ends with Ctrl-C', async () => {
  const { code, lines, status } = await play('09');
  expect(lines).toEqual([
    expect.stringMatching(/^Play the scheduler: 09 A race in shared memory: http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/),
    'Press Ctrl-C to stop.',
  ]);
  expect([code, status]).toEqual([0, 200]);
}, 60_000);

test('opens a schedule at its first step', async () => {
  const { lines } = await play('09', 'five-each', 'c1:0x1,1x10,0x9');
  expect(lines[0]).toMatch(/\/#program=five-each&schedule=c1%3A0x1%2C1x10%2C0x9&steps=0$/);
}, 60_000);

test('plays a file, wherever npm was called', async () => {
  const { lines, status } = await play('src/play/example.ts');
  expect(lines[0]).toMatch(/^Play the scheduler: example\.ts: http:/);
  expect(status).toBe(200);
}, 60_000);

test('refuses an exercise without schedules, an unknown program, and a file that is not there or no code', async () => {
  await cmd(root, 'play', '09', 'nope')
    .error(/There is no program "nope"\. Its programs are five-each, safe, safe-three, alone\./)
    .failure();
  await cmd(root, 'play', 'README.md')
    .error(/README\.md is nothing to play\. Give an exercise/)
    .failure();
  await cmd(root, 'play', '01')
    .error(/^Exercise 01-event-loop has no schedules to play: .*npm run kata run 01/)
    .failure();
  await cmd(root, 'play', './nothing.ts')
    .error(/There is no file .*nothing\.ts\. Give the path of a module to play\./)
    .failure();
});
