import { attackGrader, attackTable, type DoneAttack } from '#src/verify/index.ts';
import { KataError } from '#src/course/index.ts';
import { chosenExercises } from '../chosen-exercises.ts';
import type { Context } from '../context.ts';
import { integerFlag } from '../flags.ts';
import { seconds } from '../seconds.ts';

export interface AttackOptions {
  /** Exercises by name; all when left out. */
  exercise?: string[];
  /** Only the attacks whose label contains this text; all when left out. */
  only?: string;
  /** Attacks at once; two when left out. */
  jobs?: string;
}

/**
 * `kata verify --attacks`: grades the wrong answers of tests/attacks/ that try to cheat, with namespaces and without;
 * `N passed, N failed` comes last. An attack that is known to win passes, but is named.
 * @returns exit code: 0 where each ends as its header says, 1 otherwise
 * @throws {KataError} a name or number that cannot be used
 */
export async function attacks({ root, terminal }: Context, options: AttackOptions): Promise<number> {
  const { exercises } = await chosenExercises(root, []);
  const chosen = await chosenExercises(root, options.exercise ?? []);
  const jobs = integerFlag('--jobs', options.jobs ?? '2', 1, 64);
  const ids = chosen.exercises.map(({ id }) => id);
  const start = performance.now();
  const done = await attackGrader(exercises, {
    ...{ root, ids, only: options.only, jobs },
    onAttack: (each) => terminal.line(attackText(each)),
  });
  if (done.length === 0)
    throw new KataError(
      `No attack has "${options.only ?? ''}" in its label. A label looks like "03 exits-with-zero, namespaces".`,
    );
  const failed = done.filter(({ holds }) => !holds).length;
  const winning = done.filter(({ result, level }) => result === 'wins' && level === 'namespaces');
  const length = `${done.length} gradings in ${seconds(performance.now() - start)}`;
  for (const line of ['', ...attackTable(done), '', length]) terminal.line(line);
  for (const { label, summary } of winning) terminal.line(`${label} wins: ${summary}`);
  terminal.line(`${done.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function attackText({ label, holds, known, result, summary, milliseconds }: DoneAttack): string {
  const expected = known === undefined || known === result ? '' : ` (its header says ${known})`;
  return `${holds ? 'ok  ' : 'FAIL'} ${label.padEnd(48)} ${result}: ${summary}${expected}  ${seconds(milliseconds)}`;
}
