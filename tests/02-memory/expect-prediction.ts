import { finding } from '#src/verdict/index.ts';

/** A group of predictions. */
export interface Group {
  /** The name of the object in predictions.ts. */
  readonly name: string;
  readonly outcomes: readonly string[];
}

export const sending: Group = { name: 'sending', outcomes: ['changed', 'unchanged', 'detached', 'throws'] };
export const cloning: Group = { name: 'cloning', outcomes: ['kept', 'dropped', 'throws'] };
export const collecting: Group = { name: 'collecting', outcomes: ['collected', 'alive'] };

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
  if (prediction !== outcome)
    throw finding(
      'failed',
      `${call}: you predicted '${prediction as string}', but that is not what happens. Run the experiment: npm run ` +
        `kata try 02 shows what does. Its code is in ${group.name}-experiments.ts.`,
    );
}

const oneOf = (outcomes: readonly string[]) =>
  `${outcomes
    .slice(0, -1)
    .map((each) => `'${each}'`)
    .join(', ')} or '${String(outcomes.at(-1))}'`;
