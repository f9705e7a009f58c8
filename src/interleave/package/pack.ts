// `npm run pack:interleave`: the explorer as a package. It holds what tsc makes of src/interleave and of src/loader,
// which it needs where Node.js doesn't strip types.
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = fileURLToPath(new URL('./', import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly engines: object;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** @param course the package.json of this repository */
const manifest = ({ version, license, engines, dependencies }: Manifest) => ({
  name: '@concurrency-kata/interleave',
  version,
  description: 'Visits the schedules of threads and promises one after another, and shows the first that fails.',
  keywords: ['concurrency', 'race condition', 'deadlock', 'data race', 'model checking', 'worker_threads', 'vitest'],
  license,
  type: 'module',
  engines,
  exports: {
    '.': './dist/interleave/index.js',
    './vitest': './dist/interleave/vitest/index.js',
  },
  // The sources name other folders so. A compiler rewrites relative imports only.
  imports: { '#src/*.ts': './dist/*.js' },
  files: ['dist'],
  // The first one strips types where Node.js doesn't. It brings the TypeScript that it needs.
  peerDependencies: { 'ts-blank-space': dependencies['ts-blank-space'], vitest: '>=3.2' },
  peerDependenciesMeta: {
    'ts-blank-space': { optional: true },
    vitest: { optional: true },
  },
});

/**
 * Builds the package.
 * @param to the folder for the tarball
 * @returns the tarball's path
 */
export async function packInterleave(to: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'interleave-package-'));
  try {
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
    await run(process.execPath, [tsc, '--project', here, '--outDir', join(folder, 'dist')]);
    const course = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest(course), undefined, 2));
    await copyFile(join(here, 'README.md'), join(folder, 'README.md'));
    await copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'));
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', to], { cwd: folder });
    const [packed] = JSON.parse(stdout) as [{ filename: string }];
    return join(to, packed.filename);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(`To install it in a project: npm install --save-dev ${await packInterleave(process.cwd())}`);
