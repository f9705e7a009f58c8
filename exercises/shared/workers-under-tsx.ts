// For programs with Workers that are started with `npx tsx`. Where Node.js doesn't strip types itself (before 22.18),
// Workers don't inherit the loader of tsx, and fail at their first `.ts` file. There, the program starts over with the
// loader of `npm run kata try`, which Workers inherit.
import { spawnSync } from 'node:child_process';

const { typescript } = process.features as { typescript?: string | false };
if (!typescript && process.execArgv.some((flag) => /[/\\]tsx[/\\]/.test(flag))) {
  const loader = new URL('../../src/loader/register.js', import.meta.url).href;
  const { status } = spawnSync(process.execPath, ['--import', loader, ...process.argv.slice(1)], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
