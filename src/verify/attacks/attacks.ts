import pMap from 'p-map';
import type { Exercise } from '#src/course/index.ts';
import { levels, readAttacks, type Attack, type Level, type Result } from './attack.ts';
import { tryOut, type Aftermath } from './lab.ts';

export interface AttackOptions {
  /** The course, absolute. */
  root: string;
  /** Only attacks on these exercises. */
  ids: readonly string[];
  /** Only attacks whose label contains this text; all when left out. */
  only?: string | undefined;
  /** How many are graded at once; those on speed are always alone. */
  jobs: number;
  /** Called for each attack as it ends. */
  onAttack?: (done: DoneAttack) => void;
}

/** One attack at one level. */
export interface DoneAttack {
  /** `03 exits-with-zero, namespaces` */
  label: string;
  level: Level;
  kind: string;
  result: Result;
  /** What the attack's header says; undefined where nothing was measured. */
  known: Result | undefined;
  /** Whether it is stopped, or known to win: such an attack may fail by chance. */
  holds: boolean;
  /** What happened, in a few words. */
  summary: string;
  milliseconds: number;
}

/**
 * Grades every attack at every level.
 * @returns all of them, in the order in which they ended
 * @throws {KataError} an attack whose header is wrong
 */
export async function attackGrader(exercises: readonly Exercise[], options: AttackOptions): Promise<DoneAttack[]> {
  const { root, ids, only = '', jobs, onAttack } = options;
  const done: DoneAttack[] = [];
  const attacks = await readAttacks(root, exercises);
  for (const level of levels) {
    const judge = async (attack: Attack) => {
      const exercise = exercises.find(({ id }) => id === attack.exercise)!;
      const began = performance.now();
      const summary = await tryOut(root, exercise, attack, level)
        .then((aftermath) => judgeAttack(attack, level, aftermath))
        .catch((error: Error): Judged => ({ result: 'wins', summary: `could not be judged: ${error.message}` }));
      const each: DoneAttack = {
        label: labelOf(attack, level),
        level,
        kind: attack.kind,
        ...summary,
        known: attack.known[level],
        holds: summary.result === 'stopped' || attack.known[level] !== 'stopped',
        milliseconds: Math.round(performance.now() - began),
      };
      done.push(each);
      onAttack?.(each);
    };
    const isAlone = ({ exercise, task }: Attack) =>
      exercises.find(({ id }) => id === exercise)?.tasks[task - 1]?.speed === true;
    const chosen = attacks.filter((attack) => ids.includes(attack.exercise) && labelOf(attack, level).includes(only));
    await pMap(
      chosen.filter((attack) => !isAlone(attack)),
      judge,
      { concurrency: jobs },
    );
    for (const attack of chosen.filter(isAlone)) await judge(attack);
  }
  return done;
}

const labelOf = ({ exercise, name }: Attack, level: Level): string => `${exercise} ${name}, ${level}`;

type Judged = Pick<DoneAttack, 'result' | 'summary'>;

/** An attack is stopped where it gets one of its verdicts and nothing else has happened. */
export function judgeAttack(attack: Attack, level: Level, aftermath: Aftermath): Judged {
  const { graded, ending, touched, survivors } = aftermath;
  const { task, keeps, verdicts } = attack;
  const verdict = graded?.tasks.find(({ number }) => number === task)?.verdict;
  const lost = graded?.tasks.find(({ number, keepsPoints }) => keeps.includes(number) && !keepsPoints);
  const count = (things: readonly string[]) => `${things.slice(0, 3).join(', ')}${things.length > 3 ? ', …' : ''}`;
  const wins = [
    ...(graded ? [] : [`the grader ended with ${ending}`]),
    ...(graded?.fault === undefined ? [] : [`fault: ${graded.fault}`]),
    ...(graded?.level === undefined || graded.level === level ? [] : [`it was graded at level ${graded.level}`]),
    ...(graded && !verdicts.some((each) => each === verdict)
      ? [`wanted ${verdicts.join(' or ')} in task ${task}, got ${verdict ?? 'nothing'}`]
      : []),
    ...(lost ? [`task ${lost.number} lost its points: ${lost.verdict}`] : []),
    ...(touched.length > 0 ? [`files changed: ${count(touched)}`] : []),
    ...(survivors.length > 0 ? [`processes left: ${count(survivors)}`] : []),
  ];
  return wins.length === 0
    ? { result: 'stopped', summary: `${verdict} in task ${task}` }
    : { result: 'wins', summary: wins.join('; ') };
}

const isStopped = ({ result, known }: DoneAttack) => result === 'stopped' && known !== 'wins';

/** @returns how many attacks of each class each level stops, as a table in Markdown; what may win counts as winning */
export function attackTable(done: readonly DoneAttack[]): string[] {
  const kinds = [...new Set(done.map(({ kind }) => kind))].sort();
  const rows = [...kinds, undefined].map((kind) => {
    const stopped = levels.map((level) => {
      const ofLevel = done.filter((each) => each.level === level && (kind === undefined || each.kind === kind));
      return { all: ofLevel.length, stopped: ofLevel.filter(isStopped).length };
    });
    const number = Math.max(...stopped.map(({ all }) => all));
    return [kind ?? 'all', String(number), ...stopped.map((each) => `${each.stopped} of ${each.all}`)];
  });
  const head = ['class of attack', 'number', 'stopped by namespaces', 'stopped by processes'];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const line = (cells: readonly string[]) =>
    row(cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))));
  const rule = row(widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)));
  return [line(head), rule, ...rows.map(line)];
}
