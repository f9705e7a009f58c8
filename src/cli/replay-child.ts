// Runs one schedule in a process of its own, since the bodies are the student's code: argv is exercise id, folder of
// its suite, name, schedule.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { closest } from 'fastest-levenshtein';
import { type Described, explained, ownFiles } from '#src/exploration/index.ts';
import {
  causeOf,
  closeAgents,
  closePromiseAgents,
  formatReport,
  type PromiseProgram,
  type PromiseReport,
  replay,
  replayPromises,
  type ReplayReport,
  type ThreadProgram,
} from '#src/interleave/index.ts';

const [id = '', folder = '', name, schedule] = process.argv.slice(2);
const { explorations } = (await import(pathToFileURL(join(folder, 'explorations.ts')).href)) as {
  explorations: Record<string, Described<ThreadProgram | PromiseProgram>>;
};
const names = Object.keys(explorations);
const command = `npm run kata replay ${id}`;

if (name === undefined) {
  const width = Math.max(...names.map(({ length }) => length));
  console.log(`Programs of exercise ${id}. A letter of a schedule lets one of them take a step:`);
  for (const each of names) console.log(`  ${each.padEnd(width)}  ${explorations[each]!.sentence}`);
  console.log(`For example: ${command} ${names[0]} ABAB`);
} else {
  const program = explorations[name];
  try {
    if (!program)
      throw new Error(
        `Exercise ${id} has no program "${name}", the nearest is "${closest(name, names)}". All of them: ${command}`,
      );
    if (schedule === undefined)
      throw new Error(`Say which schedule, letter by letter, for example: ${command} ${name} ABAB`);
    console.log(`${name}: ${program.sentence}\n`);
    console.log(replayText(await run(program(), schedule), name));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  } finally {
    closeAgents();
    await closePromiseAgents();
  }
}

async function run(program: ThreadProgram | PromiseProgram, schedule: string): Promise<ReplayReport | PromiseReport> {
  return 'scenario' in program ? replayPromises({ ...program, schedule }) : replay({ ...program, schedule });
}

function replayText(report: ReplayReport | PromiseReport, name: string): string {
  const isOwn = ownFiles(id);
  const found = report.verdict === 'pass' ? undefined : causeOf(report, isOwn);
  // A step that the causes of failures are not told apart by is not marked: a schedule may end so on purpose.
  const cause = found?.sentence === undefined ? undefined : found;
  const sentence = report.verdict === 'pass' ? endOf(report) : explained(report.sentence, cause?.sentence);
  const token = report.timeline?.rows.length ? report.token : undefined;
  return formatReport({ ...report, sentence, token }, { replayCommand: `${command} ${name}`, cause, isOwn });
}

/** @returns what a run has left that ends as it must */
function endOf({ sentence, timeline, cut }: ReplayReport | PromiseReport): string {
  const values = timeline?.rows.at(-1)?.values;
  if (cut > 0 || timeline === undefined || values === undefined || values.length === 0) return sentence;
  return `the run ends as it must, with ${timeline.words.map((word, at) => `${word} ${values[at]}`).join(', ')}`;
}
