// `npm run historical-bugs`: installs each library with and without its bug, and explores the same scenario on both.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { closePromiseAgents, explorePromises, formatReport } from '../index.ts';
import { historicalBugs } from './bugs.ts';

/** Both versions of a library can be installed beside each other under different names. */
const nameOf = (library: string, version: string) => `${library}-${version}`;

/** @returns the package.json of the folder */
async function install(folder: string): Promise<string> {
  const packages = historicalBugs.flatMap(({ library, broken, fixed }) =>
    [broken, fixed].map((version) => `${nameOf(library, version)}@npm:${library}@${version}`),
  );
  const home = join(folder, 'package.json');
  await writeFile(home, '{ "private": true }');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await promisify(execFile)('npm', ['install', ...flags, ...packages], { cwd: folder, timeout: 120_000 });
  return home;
}

const explore = (scenario: string, home: string, name: string) =>
  explorePromises({ module: new URL('./scenarios.ts', import.meta.url), scenario, args: [home, name] });

let wrong = 0;
const folder = await mkdtemp(join(tmpdir(), 'historical-bugs-'));
try {
  const home = await install(folder);
  for (const { library, broken, fixed, scenario, verdict, bug, evidence } of historicalBugs) {
    console.log(`\n${library} ${broken}: ${bug}\n(${evidence})\n`);
    const before = await explore(scenario, home, nameOf(library, broken));
    console.log(formatReport(before).replace(/^(?=.)/gm, '  '));
    const after = await explore(scenario, home, nameOf(library, fixed));
    console.log(`\n${library} ${fixed}: ${after.sentence} ${after.coverage}`);
    const asExpected = before.verdict === verdict && after.verdict === 'pass' && after.complete;
    if (!asExpected) console.log(`EXPECTED ${verdict} for ${broken}, and no failing schedule of ${fixed}.`);
    wrong += asExpected ? 0 : 1;
  }
} finally {
  await closePromiseAgents();
  await rm(folder, { recursive: true, force: true });
}
console.log(`\n${historicalBugs.length - wrong} of ${historicalBugs.length} bugs found`);
process.exitCode = wrong === 0 ? 0 : 1;
