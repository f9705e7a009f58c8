import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { parseConfigFileTextToJson } from 'typescript';
import { expect, test, vi } from 'vitest';
import { firstStop } from './testing/debugger.ts';

// Several processes in a row, each with a debugger, beside whatever else the machine does.
vi.setConfig({ testTimeout: 120_000 });

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** @returns a file of .vscode/, which may have comments */
async function configuration(name: string): Promise<Record<string, unknown>> {
  const path = join(root, '.vscode', name);
  const { config, error } = parseConfigFileTextToJson(path, await readFile(path, 'utf8')) as {
    config: Record<string, unknown>;
    error?: unknown;
  };
  expect(error).toBeUndefined();
  return config;
}

interface Launch {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

test.each([
  ['Kata: debug this exercise', 'split.ts', 'split'],
  ['Kata: debug try.ts of this exercise', 'try.ts', 'countdownAsync'],
])('%s: a breakpoint in the %s of the exercise whose file is open is hit', async (wanted, file, functionName) => {
  const folder = 'exercises/03-countdown-threads';
  const { configurations } = (await configuration('launch.json')) as unknown as { configurations: Launch[] };
  const { program, args } = configurations.find(({ name }) => name === wanted) as Launch;
  const filled = [program, ...args].map((word) =>
    word.replace('${workspaceFolder}', root).replace('${relativeFileDirname}', folder),
  );
  const path = join(root, folder, file);
  const lines = (await readFile(path, 'utf8')).split('\n');
  const line = lines.findIndex((text) => text.includes(`function ${functionName}(`)) + 2;
  const stop = await firstStop(filled, root, { urlRegex: `/${folder}/${file.replace('.', '\\.')}`, line });
  expect(stop).toEqual({ url: pathToFileURL(path).href, line, functionName });
});

test('the tasks are commands of kata', async () => {
  const { tasks } = (await configuration('tasks.json')) as unknown as { tasks: { command: string; args: string[] }[] };
  const commands = tasks.map(({ command, args: [program, name] }) => [command, program, name].join(' '));
  expect(commands).toEqual(['start', 'run', 'try', 'hint', 'list'].map((name) => `node src/cli/kata.js ${name}`));
});

test('the container installs what VS Code recommends, and the packages', async () => {
  const { recommendations } = await configuration('extensions.json');
  const container = await configuration('../.devcontainer/devcontainer.json');
  expect(container).toMatchObject({
    postCreateCommand: 'npm ci',
    customizations: { vscode: { extensions: recommendations } },
  });
});

// tsx doesn't hand its loader to Workers where Node.js doesn't strip types: the program starts over there.
test('npx tsx runs a try.ts whose Workers are TypeScript', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, 'node_modules/tsx/dist/cli.mjs'), 'exercises/12-mutex/try.ts'],
    { cwd: root, env: { ...process.env, NODE_OPTIONS: '' } },
  ).catch((error: { stdout: string }) => error);
  expect(stdout).toContain('without a lock, 2 threads × 10,000,000: the count is');
});
