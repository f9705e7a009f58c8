import { randomInt } from 'node:crypto';
import type { Exercise } from '#src/course/index.ts';
import {
  type JudgedMutation,
  type MutationResult,
  equivalentsPath,
  mutate as mutateReference,
} from '#src/verify/index.ts';
import { chosenExercises } from '../chosen-exercises.ts';
import type { Context } from '../context.ts';
import { integerFlag } from '../flags.ts';
import { seconds } from '../seconds.ts';

export interface MutateOptions {
  /** Exercises by name; all when left out. */
  exercise?: string[];
  /** Only the mutations whose label contains this text; all when left out. */
  only?: string;
  /** Mutations of one exercise at most; 200 when left out. */
  sample?: string;
  /** Draws the sample; a new one when left out. */
  seed?: string;
  /** Mutations at once; two when left out. */
  jobs?: string;
}

const leastPercentage = 97;

/**
 * `kata verify --mutate`: changes the references with standard operators, and shows what no check notices.
 * @returns exit code: 0 where each exercise's score is high enough and its list of equivalents holds, 1 otherwise
 * @throws {KataError} a name or number that cannot be used
 */
export async function mutate({ root, terminal }: Context, options: MutateOptions): Promise<number> {
  const { exercises } = await chosenExercises(root, options.exercise ?? []);
  const size = integerFlag('--sample', options.sample ?? '200', 1, 1_000_000);
  const seed = integerFlag('--seed', options.seed ?? `${randomInt(2 ** 32)}`, 0, 2 ** 32 - 1);
  const jobs = integerFlag('--jobs', options.jobs ?? '2', 1, 64);
  let code = 0;
  for (const exercise of exercises) {
    let drawn = 0;
    const result = await mutateReference(exercise, {
      ...{ root, only: options.only, size, seed, jobs },
      onStart(counts) {
        drawn = counts.drawn;
        const compiling = counts.made - counts.compileErrors;
        const some = drawn < compiling ? `, a sample of ${drawn} is judged (--seed ${seed})` : '';
        const errors = `${counts.compileErrors} don't compile`;
        terminal.line(`${exercise.slug}: ${counts.made} mutations, ${errors}${some}`);
      },
      onMutation(mutation, { done, millisecondsLeft }) {
        const place = `${String(done).padStart(String(drawn).length)}/${drawn}`;
        terminal.line(`${mutationText(place, mutation)}, ${timeLeft(millisecondsLeft)} left`);
      },
    });
    for (const line of resultText(exercise, result)) terminal.line(line);
    if (result.score * 100 < leastPercentage || result.stale.length > 0) code = 1;
  }
  return code;
}

function mutationText(place: string, { fate, label, operator, summary, milliseconds }: JudgedMutation): string {
  const word = fate === 'survived' || fate === 'not judged' ? fate.toUpperCase() : fate;
  return `${place} ${word.padEnd(10)} ${label.padEnd(32)} ${operator}: ${summary}  ${seconds(milliseconds)}`;
}

const timeLeft = (milliseconds: number): string =>
  milliseconds < 90_000 ? `${Math.ceil(milliseconds / 1000)} s` : `${Math.round(milliseconds / 60_000)} min`;

function resultText(exercise: Exercise, { judged, stale, score, compileErrors }: MutationResult): string[] {
  const { id, slug } = exercise;
  const list = equivalentsPath(exercise);
  const withFate = (wanted: JudgedMutation['fate']) => judged.filter(({ fate }) => fate === wanted);
  const survivors = withFate('survived');
  const lines: string[] = [];
  for (const { file, line, before, after, operator } of survivors)
    lines.push('', `solutions/${slug}/${file}:${line}  ${operator}, no check fails`, `  - ${before}`, `  + ${after}`);
  if (survivors.length > 0)
    lines.push(
      '',
      'What to do with each: if the change makes a wrong answer, add or widen a check until it fails, then judge it',
      `again: npm run verify -- --mutate --exercise ${id} --only <file:line>`,
      `If the change leaves a right answer, list it with a reason in ${list}:`,
      ...survivors.map(({ file, before, after }) => `  ${JSON.stringify({ file, before, after, reason: '…' })}`),
    );
  for (const { label, before, after, summary } of withFate('not judged'))
    lines.push('', `${label} could not be judged: ${summary}`, `  - ${before}`, `  + ${after}`);
  if (stale.length > 0)
    lines.push(
      '',
      `Remove from ${list} what no longer survives, or correct its lines:`,
      ...stale.map((entry) => `  ${JSON.stringify(entry)}`),
    );
  const [killed, equivalent] = [withFate('killed').length, withFate('equivalent').length];
  const parts = [`${killed} killed`, `${survivors.length} survived`, `${equivalent} equivalent`];
  const unjudged = withFate('not judged').length;
  if (unjudged > 0) parts.push(`${unjudged} not judged`);
  lines.push('', `${slug}: ${parts.join(', ')}, ${compileErrors} don't compile`);
  lines.push(`score ${(score * 100).toFixed(1)} %, wanted ${leastPercentage} %`);
  return lines;
}
