import { finding } from '#src/verdict/index.ts';

/** A group of predictions, and what belongs to them. */
export interface Group {
  /** The name of the object in predictions.ts. */
  readonly name: string;
  readonly outcomes: readonly string[];
  /** Why an experiment has an outcome: by experiment, then by outcome. */
  readonly reasons: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Compares a prediction with what happened on the Node.js version that runs. Nothing else decides what is right.
 * @param predicted the student's object
 * @param happened what came out of each experiment; undefined where this runtime doesn't collect on request
 */
export function expectPrediction(
  group: Group,
  experiment: string,
  predicted: unknown,
  happened: Readonly<Record<string, string | undefined>>,
): void {
  const call = `${group.name}.${experiment}`;
  if (typeof predicted !== 'object' || predicted === null)
    throw finding('failed', `Expected predictions.ts to export an object ${group.name}, got ${String(predicted)}.`);
  const all = predicted as Readonly<Record<string, unknown>>;
  const prediction = all[experiment];
  const choice = oneOf(group.outcomes);
  if (prediction === '?' || prediction === undefined)
    throw finding('not implemented', `${call} is not predicted yet. Write ${choice} in predictions.ts.`);
  if (!group.outcomes.includes(prediction as string))
    throw finding('failed', `Expected ${call} to be ${choice}, got ${JSON.stringify(prediction)}.`);
  const outcome = happened[experiment];
  if (outcome === undefined)
    throw finding('inconclusive', `This Node.js doesn't collect garbage on request, so ${call} can't be observed.`);
  if (prediction === outcome) return;
  const reason = group.reasons[experiment]?.[outcome] ?? `That is what Node.js ${process.version} does.`;
  throw finding(
    'failed',
    `${call}: you predicted '${prediction as string}', but what happened is '${outcome}'. ${reason}`,
    table(group, all, happened),
  );
}

/** Predictions beside what happened. An experiment that isn't predicted yet stays a secret. */
function table(
  { outcomes }: Group,
  all: Readonly<Record<string, unknown>>,
  happened: Readonly<Record<string, string | undefined>>,
): string {
  const rows = Object.entries(happened)
    .filter(([name]) => outcomes.includes(all[name] as string))
    .map(([name, outcome = 'not observed']) => [all[name] === outcome ? '✓' : '✗', name, all[name] as string, outcome]);
  const lines = [['', 'experiment', 'predicted', 'happened'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => (line[column] as string).length)));
  return lines.map((line) => line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')).join('\n');
}

const oneOf = (outcomes: readonly string[]) =>
  `${outcomes
    .slice(0, -1)
    .map((each) => `'${each}'`)
    .join(', ')} or '${String(outcomes.at(-1))}'`;
