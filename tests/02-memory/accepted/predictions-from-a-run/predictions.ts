// Nothing is predicted here: the experiments are run, and their outcomes copied. That is a right answer, too.
import { cloningExperiments, runCloning } from './cloning-experiments.ts';
import { collectingExperiments, runCollecting } from './collecting-experiments.ts';
import { runSending, sendingExperiments } from './sending-experiments.ts';

async function run<Name extends string, Outcome>(
  experiments: Record<Name, unknown>,
  outcome: (name: Name) => Outcome,
): Promise<Record<Name, Awaited<Outcome>>> {
  const all: [Name, Awaited<Outcome>][] = [];
  for (const name of Object.keys(experiments) as Name[]) all.push([name, await outcome(name)]);
  return Object.fromEntries(all) as Record<Name, Awaited<Outcome>>;
}

export const sending = await run(sendingExperiments, runSending);
export const cloning = await run(cloningExperiments, runCloning);
export const collecting = await run(collectingExperiments, runCollecting);
