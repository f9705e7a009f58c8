// The package as its users have it: installed from the tarball, in an empty project.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packInterleave } from './pack.ts';

const modules = fileURLToPath(new URL('../../../node_modules/', import.meta.url));
const readme = await readFile(new URL('./README.md', import.meta.url), 'utf8');
/** Milliseconds for tsc and npm on a busy machine. */
const patience = 120_000;

let temporary: string;
let project: string;

interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs a program in the project, as from a shell there. */
function run(command: string, ...args: string[]): Promise<Ended> {
  // The tests' own Vitest speaks to its workers through these.
  const { VITEST: _a, VITEST_WORKER_ID: _b, VITEST_POOL_ID: _c, NODE_OPTIONS: _d, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(command, args, { cwd: project, env: { ...env, NO_COLOR: '1' } }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr }),
    );
  });
}

const node = (...args: string[]) => run(process.execPath, ...args);

/** Makes packages of this repository the project's own, as if it had installed them. */
async function borrow(...names: string[]): Promise<void> {
  for (const name of names) {
    const to = join(project, 'node_modules', name);
    await mkdir(dirname(to), { recursive: true });
    await symlink(join(modules, name), to, 'junction');
  }
}

/** The README's files by name, and behind the last one before it, what that prints. */
function examples(): Map<string, { code: string; prints: string | undefined }> {
  const blocks = [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, text]) => ({ language, text }));
  return new Map(
    blocks.flatMap(({ language, text }, at) => {
      const name = /^[jt]s$/.test(language!) ? /^\/\/ (\S+)\n/.exec(text!)?.[1] : undefined;
      const next = blocks[at + 1];
      return name ? [[name, { code: text!, prints: next?.language === '' ? next.text : undefined }]] : [];
    }),
  );
}

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'interleave-project-'));
  project = join(temporary, 'project');
  await mkdir(project);
  const tarball = await packInterleave(temporary);
  await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  const installed = await run('npm', 'install', '--save-dev', '--offline', '--no-audit', '--no-fund', tarball);
  expect(installed, installed.output).toMatchObject({ code: 0 });
  for (const [name, { code }] of examples()) await writeFile(join(project, name), code);
}, patience);

afterAll(() => rm(temporary, { recursive: true, force: true }));

describe('the package in an empty project', () => {
  test.each([...examples()].filter(([, { prints }]) => prints))(
    'prints what its README says: %s',
    async (name, { prints }) => {
      expect(await node(name)).toEqual({ code: 0, output: prints });
    },
    patience,
  );

  test(
    'gives Vitest its matcher',
    async () => {
      await borrow('vitest');
      const { code, output } = await node(join(modules, 'vitest/vitest.mjs'), 'run');
      expect(output).toContain('violation: the balance is 150, wanted 170');
      expect(output).toContain("toHoldInEverySchedule({ schedule: 'p1:0,1x2,0' })");
      expect(code).toBe(1);
    },
    patience,
  );
});

describe('the package in a TypeScript project', () => {
  test(
    'loads TypeScript in its Workers',
    async () => {
      const { code: body } = examples().get('hits.js')!;
      await writeFile(join(project, 'typed-hits.ts'), body.replace('hits })', 'hits }: { hits: Int32Array })'));
      await writeFile(
        join(project, 'typed-race.js'),
        examples().get('race.js')!.code.replace("'./hits.js'", "'./typed-hits.ts'"),
      );
      if (!(process.features as { typescript?: string | false }).typescript) {
        expect((await node('typed-race.js')).output).toContain('install the package ts-blank-space');
        await borrow('ts-blank-space');
        // As with TypeScript 7 in the project: its main module has no compiler.
        await mkdir(join(project, 'node_modules/typescript'));
        await writeFile(join(project, 'node_modules/typescript/index.js'), '');
      }
      expect((await node('typed-race.js')).output).toContain('violation: hits is 1, wanted 2');
      const tested = await node(join(modules, 'vitest/vitest.mjs'), 'run', 'hits.test.ts', `--testTimeout=${patience}`);
      expect(tested, tested.output).toMatchObject({ code: 0 });
    },
    patience,
  );

  test(
    'has types, also for its matcher',
    async () => {
      await borrow('@types/node');
      await writeFile(
        join(project, 'types.test.ts'),
        `import { explore, type Scenario, type ThreadReport } from '@concurrency-kata/interleave';
        import '@concurrency-kata/interleave/vitest';
        import { expect } from 'vitest';
        export const scenario: Scenario = (world) => ({ tasks: { A: () => world.operation('step', () => 1) } });
        const program = { threads: { A: 'visit' }, module: './hits.js', memory: { hits: 1 } };
        export const report: ThreadReport = await explore({ ...program, bound: 2 });
        await expect(program).not.toHoldInEverySchedule({ bound: 1, budget: { schedules: 10 } });
        // @ts-expect-error an option that does not exist
        await expect(program).toHoldInEverySchedule({ bounds: 1 });
        // @ts-expect-error an option of the wrong type
        await explore({ ...program, bound: 'two' });
        `,
      );
      const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck'];
      expect(await node(join(modules, 'typescript/bin/tsc'), ...options, 'types.test.ts', 'hits.test.ts')).toEqual({
        code: 0,
        output: '',
      });
    },
    patience,
  );
});
