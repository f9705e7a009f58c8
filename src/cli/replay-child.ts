// Runs one schedule in a process of its own, since the bodies are the student's code: argv is exercise id, folder of
// its suite, name, schedule.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { closest } from 'fastest-levenshtein';
import { closeAgents, closePromiseAgents, formatReport, replay, replayPromises } from '#src/interleave/index.ts';
import type { ThreadProgram, PromiseProgram } from '#src/interleave/index.ts';

const [id = '', folder = '', name, schedule] = process.argv.slice(2);
const { explorations } = (await import(pathToFileURL(join(folder, 'explorations.ts')).href)) as {
  explorations: Record<string, () => ThreadProgram | PromiseProgram>;
};
const names = Object.keys(explorations);
const program = name === undefined ? undefined : explorations[name];

if (program === undefined || name === undefined || schedule === undefined) {
  const what =
    name === undefined || program
      ? `Say which program and which schedule`
      : `Exercise ${id} has no program "${name}", the nearest is "${closest(name, names)}"`;
  console.error(
    `${what}; programs: ${names.join(', ')}. ` +
      `For example: npm run kata replay ${id} ${program ? name : (names[0] ?? '')} ABAB`,
  );
  process.exitCode = 1;
} else {
  try {
    const chosen = program();
    const report =
      'scenario' in chosen ? await replayPromises({ ...chosen, schedule }) : await replay({ ...chosen, schedule });
    console.log(formatReport(report, { replayCommand: `npm run kata replay ${id} ${name}` }));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  } finally {
    closeAgents();
    await closePromiseAgents();
  }
}
