// A coverage provider for Vitest that counts in every process and thread. The one of @vitest/coverage-v8 asks only the
// process that a test file runs in, but student code and the explorer's agents run elsewhere. Here V8 itself keeps
// count: Node writes a file for each process and Worker that has NODE_V8_COVERAGE in its environment, and this provider
// adds them up.
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeCoverage } from 'node:v8';
import { mergeScriptCovs, type ScriptCov } from '@bcoe/v8-coverage';
import { V8CoverageProvider } from '@vitest/coverage-v8/dist/provider.js';
import type { Vitest } from 'vitest/node';
import { stripTypes } from '../src/loader/strip-types.js';

/** A private method that does what is wanted: from V8's counts to Istanbul's. */
interface Remapping {
  remapCoverage(
    url: string,
    wrapperLength: number,
    source: { code: string },
    functions: ScriptCov['functions'],
  ): Promise<Parameters<ReturnType<V8CoverageProvider['createCoverageMap']>['merge']>[0]>;
}

class EveryProcess extends V8CoverageProvider {
  #counts = '';

  override initialize(vitest: Vitest): void {
    super.initialize(vitest);
    this.#counts = join(this.options.reportsDirectory, 'v8');
    process.env['NODE_V8_COVERAGE'] = this.#counts;
  }

  override async clean(clean?: boolean): Promise<void> {
    await super.clean(clean);
    await rm(this.#counts, { recursive: true, force: true });
    await mkdir(this.#counts, { recursive: true });
  }

  override async generateCoverage() {
    const scripts = new Map<string, ScriptCov[]>();
    for (const name of await readdir(this.#counts)) {
      // A process that was killed while it wrote leaves half a file.
      const { result } = parse(await readFile(join(this.#counts, name), 'utf8'));
      for (const script of result) {
        const url = script.url.replace(/[?#].*$/, '');
        if (!url.startsWith('file:') || !this.isIncluded(fileURLToPath(url))) continue;
        scripts.set(url, [...(scripts.get(url) ?? []), { ...script, url }]);
      }
    }
    const map = this.createCoverageMap();
    for (const file of await this.getUntestedFiles([]))
      scripts.set(`file://${file}`, scripts.get(`file://${file}`) ?? []);
    for (const [url, counted] of scripts) {
      const file = fileURLToPath(url);
      // Positions stay when types are blanked out, so the counts fit the source as it is.
      const code = stripTypes(file, await readFile(file, 'utf8'));
      const { functions } = mergeScriptCovs(counted) ?? { functions: [] };
      map.merge(await (this as unknown as Remapping).remapCoverage(url, 0, { code }, functions));
    }
    await rm(this.#counts, { recursive: true, force: true });
    return map;
  }
}

function parse(text: string): { result: ScriptCov[] } {
  try {
    return JSON.parse(text) as { result: ScriptCov[] };
  } catch {
    return { result: [] };
  }
}

export default {
  startCoverage: () => undefined,
  takeCoverage: () => {
    takeCoverage();
    return { result: [] };
  },
  stopCoverage: () => undefined,
  getProvider: () => new EveryProcess(),
};
