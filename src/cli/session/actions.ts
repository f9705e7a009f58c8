import { join } from 'node:path';
import { type Exercise, hasSolutions } from '#src/course/index.ts';
import { readHintsUpTo, resetExercise } from '#src/guide/index.ts';
import type { Context } from '../context.ts';
import { solutionText } from '../solution-text.ts';
import type { Key } from './keys.ts';
import { openedList } from './list-keys.ts';
import { playable } from './play.ts';
import type { SessionPorts } from './ports.ts';
import type { Extent } from './screen.ts';
import { currentTask, failure, isSolved, type Panel, type SessionEvent, type SessionState } from './state.ts';

/** What keys do something to. */
export interface Actor {
  readonly context: Context;
  readonly ports: SessionPorts;
  readonly state: SessionState;
  readonly extent: Extent;
  tell(event: SessionEvent): void;
  open(exercise: Exercise): Promise<void>;
  judge(saved: readonly string[], everything: boolean): void;
  /** Reads again where the student is with every exercise. */
  lookAround(): Promise<void>;
  play(words: readonly string[]): Promise<void>;
}

type Action = (session: Actor) => Promise<void> | void;

const note = (session: Actor, text: string): void => session.tell({ type: 'note', text });
const panel = (session: Actor, shown: Panel | undefined): void => session.tell({ type: 'panel', panel: shown });

/** What a key does while neither the list nor a question is open. */
export const actions: Readonly<Partial<Record<Key, Action>>> = {
  escape: (session) => panel(session, undefined),
  n: openNext,
  // Of a solved exercise, everything is looked at again.
  r: (session) => session.judge([], isSolved(session.state)),
  a: (session) => session.judge([], true),
  async l(session) {
    await session.lookAround();
    panel(session, openedList(session.state));
  },
  '?': (session) => panel(session, session.state.panel?.kind === 'help' ? undefined : { kind: 'help' }),
  x: (session) => panel(session, { kind: 'reset' }),
  h(session) {
    if (session.state.panel?.kind === 'hint') return panel(session, undefined);
    const task = currentTask(session.state);
    return task === undefined ? note(session, texts.noHint) : showHint(session, task, false);
  },
  return: furtherHint,
  enter: furtherHint,
  s: showSolution,
  o: openEditor,
  p(session) {
    const words = playable(failure(session.state));
    return words === undefined ? note(session, texts.noSchedule) : session.play(words);
  },
};

/** Puts the exercise back to its beginning. */
export async function reset(session: Actor): Promise<void> {
  const { files, kept, warning } = await resetExercise(session.context.root, session.state.exercise);
  await session.open(session.state.exercise);
  const done = files.length === 0 ? texts.nothingToReset : texts.reset(files, kept);
  note(session, [done, warning].filter((each) => each !== undefined).join('\n'));
}

async function openNext(session: Actor): Promise<void> {
  const wasSolved = isSolved(session.state);
  await session.lookAround();
  const { states, exercise } = session.state;
  const at = states.findIndex((each) => each.exercise.slug === exercise.slug);
  const unsolved = [...states.slice(at + 1), ...states.slice(0, at)].find(({ state }) => state !== 'solved');
  if (unsolved === undefined) return note(session, texts.noOther);
  await session.open(unsolved.exercise);
  if (!wasSolved) note(session, texts.leftUnsolved(exercise));
}

async function showHint(session: Actor, task: number, further: boolean): Promise<void> {
  const hints = await readHintsUpTo(session.context.root, session.state.exercise, task, further);
  panel(session, { kind: 'hint', hints });
  if (hints.warning !== undefined) note(session, hints.warning);
  // The newest step is the one to read.
  if (further) session.tell({ type: 'scrolled', to: session.extent.end });
}

function furtherHint(session: Actor): Promise<void> | void {
  const shown = session.state.panel;
  if (shown?.kind === 'hint') return showHint(session, shown.hints.task, true);
}

async function showSolution(session: Actor): Promise<void> {
  const { root, terminal } = session.context;
  if (session.state.panel?.kind === 'solution') return panel(session, undefined);
  if (!isSolved(session.state)) return note(session, texts.unsolved);
  if (!hasSolutions(root)) return note(session, texts.noSolutions);
  panel(session, { kind: 'solution', ...(await solutionText(root, session.state.exercise, terminal)) });
}

async function openEditor(session: Actor): Promise<void> {
  const { slug, files } = session.state.exercise;
  const { file = `exercises/${slug}/${files.student[0]}`, line, column } = failure(session.state) ?? {};
  const name = line === undefined ? file : `${file}:${line}`;
  note(session, (await session.ports.edit({ file: join(session.context.root, file), line, column }, name)) ?? '');
}

const texts = {
  unsolved: 'The solution is shown once the exercise is solved. Until then, h gives a hint.',
  noHint: 'Every task has passed: there is nothing left to give a hint for.',
  noSolutions: "This is the students' edition of the course: it has no reference solutions.",
  noSchedule: 'There is no schedule to play: no check of a race or a lock has failed.',
  noOther: 'No other exercise is unsolved. Press l to go back to one of them.',
  leftUnsolved: ({ slug }: Exercise) => `${slug} is not solved yet. Press l to go back to it.`,
  nothingToReset: 'All files are as they were at the beginning: there was nothing to reset.',
  reset: (files: readonly string[], kept: string | undefined) =>
    `As at the beginning: ${files.join(', ')}.${kept === undefined ? '' : ` What was there is kept in ${kept}/`}`,
};
