// Judges what the processes of loseUpdates did with the counter file.
import { finding, type Verdict } from '#src/verdict/index.ts';
import type { Recording } from './lose-scenarios.ts';
import type { Step } from './recorder.ts';

/** Steps that a finding shows before the one that is wrong. */
const shownSteps = 8;

/** What one call of loseUpdates was asked for. */
export interface Wanted {
  start: number;
  processes: number;
  rounds: number;
}

/**
 * In each round, every child reads once before any child writes, and writes once before any child reads again.
 * @param hint what to add where the order is wrong
 * @throws {Finding} at the first step that breaks this
 */
export function expectLossInEachRound(recording: Recording, wanted: Wanted, hint = ''): void {
  const { steps, parent, children, error } = recording;
  const own = steps.findIndex(({ pid, what }) => pid === parent && what === 'write');
  if (own >= 0)
    throw finding(
      'sequential in disguise',
      `The calling process must leave the writing to its child processes, but it wrote ${steps[own]?.text} itself.`,
      pictureOf(steps.slice(0, own + 1), children, parent),
    );
  if (error === undefined) expectChildren(recording, wanted);
  // After an error or a torn read, rounds are incomplete in any case, and the order says more.
  const torn = steps.some(({ what, text }) => what === 'has read' && !/^\d+\n?$/.test(text ?? ''));
  if (error === undefined && !torn) expectWholeRounds(recording, wanted);
  expectOrder(recording, wanted, hint);
}

function expectChildren({ children }: Recording, { processes }: Wanted): void {
  if (children.length !== processes)
    throw finding('failed', `loseUpdates must start ${processes} child processes, but it started ${children.length}.`);
}

/** Each child must read and write once in each round, and the first count is that of the file. */
function expectWholeRounds({ steps, parent, children }: Recording, { start, rounds }: Wanted): void {
  const picture = pictureOf(steps.slice(0, shownSteps), children, parent);
  for (const child of children) {
    const count = (wanted: Step['what']) => steps.filter(({ pid, what }) => pid === child && what === wanted).length;
    const [read, written] = [count('has read'), count('has written')];
    if (read !== rounds || written !== rounds)
      throw finding(
        'failed',
        `Each child process must read the file ${times(rounds)} and write it ${times(rounds)}, with readCounter and ` +
          `writeCounter, but ${nameOf(children)(child)} read it ${times(read)} and wrote it ${times(written)}.`,
        picture,
      );
  }
  const first = steps.find(({ what, pid }) => what === 'has read' && pid !== parent)?.text;
  if (Number(first) !== start)
    throw finding('failed', `The file held ${start} at first, but the first child process read ${first}.`, picture);
}

function expectOrder({ steps, parent, children }: Recording, { processes }: Wanted, hint: string): void {
  const name = nameOf(children);
  const counted = children.map((pid) => ({ pid, read: 0, written: 0, count: NaN }));
  for (const [at, { pid, what, text }] of steps.entries()) {
    const child = counted.find((each) => each.pid === pid);
    if (!child) continue;
    const wrong = (verdict: Verdict, sentence: string) =>
      finding(verdict, `${capitalized(sentence)}${hint}`, pictureOf(steps.slice(0, at + 1), children, parent));
    if (what === 'read') {
      const late = counted.find(({ written }) => written < child.read);
      if (late)
        throw wrong(
          'wrong order',
          `${name(pid)} read for round ${child.read + 1} before ${late === child ? 'it' : name(late.pid)} had ` +
            `written in round ${child.read}. Let every process wait until all have written.`,
        );
    } else if (what === 'has read') {
      child.read++;
      child.count = Number(text);
    } else if (what === 'write') {
      const late = counted.find(({ read }) => read <= child.written);
      if (late || children.length < processes)
        throw wrong(
          'wrong order',
          `${name(pid)} wrote in round ${child.written + 1} before ${late ? name(late.pid) : 'the next process'} had ` +
            'read. Let every process wait until all have read.',
        );
      if (Number(text) !== child.count + 1)
        throw wrong(
          'failed',
          `Each process must write the count that it has read plus 1, but ${name(pid)} read ${child.count} and wrote ` +
            `${text}.`,
        );
    } else child.written++;
  }
}

/** @throws {Finding} unless the call resolved to the right count, and the file holds it */
export function expectCount({ result, error, text }: Recording, call: string, { start, rounds }: Wanted): void {
  const wanted = start + rounds;
  if (error !== undefined) throw finding('failed', `${call} must resolve to ${wanted}, but it rejected with ${error}.`);
  if (Number(text) !== wanted)
    throw finding('failed', `After ${call} the file must hold ${wanted}, but it holds ${JSON.stringify(text)}.`);
  if (result !== wanted)
    throw finding('failed', `${call} must resolve to ${wanted}, but it resolved to ${JSON.stringify(result)}.`);
}

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

const capitalized = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

const nameOf = (children: readonly number[]) => (pid: number) => `process ${children.indexOf(pid) + 1}`;

/** @returns the last steps, one a line */
function pictureOf(steps: readonly Step[], children: readonly number[], parent: number): string {
  const name = nameOf(children);
  const lines = steps.map(({ pid, what, text }) => {
    const who = pid === parent ? 'the caller' : name(pid);
    switch (what) {
      case 'read':
        return `${who} begins to read`;
      case 'has read':
        return `${who} has read ${JSON.stringify(text)}`;
      case 'write':
        return `${who} begins to write ${String(text)}`;
      case 'has written':
        return `${who} has written`;
    }
  });
  const hidden = lines.length > shownSteps ? ['…'] : [];
  return [...hidden, ...lines.slice(-shownSteps)].join('\n');
}
