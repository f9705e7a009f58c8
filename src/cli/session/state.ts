import type { Course, Exercise } from '#src/course/index.ts';
import type { ExerciseState, Outcome, ReadHints } from '#src/guide/index.ts';
import type { Check, StartedCheck } from '#src/suite/index.ts';

/** All that a session shows. */
export interface SessionState {
  readonly course: Course;
  readonly exercise: Exercise;
  /** Of every exercise, in learning order. */
  readonly states: readonly ExerciseState[];
  /** Numbers of the tasks that have passed. */
  readonly passed: ReadonlySet<number>;
  /** What is being judged; undefined between two runs. */
  readonly run: Run | undefined;
  /** The last run's; undefined while another one goes on. */
  readonly outcome: Outcome | undefined;
  /** While a run goes on: what had failed before it. */
  readonly before: Check | undefined;
  /** Why nothing could be judged. */
  readonly trouble: string | undefined;
  /** What the compiler says. */
  readonly remarks: readonly string[];
  /** What lies over the report. */
  readonly panel: Panel | undefined;
  /** A sentence above the keys. */
  readonly note: string;
  /** Rows of the text that have been scrolled away. */
  readonly scroll: number;
}

export interface Run {
  /** Names of the files whose saving began it. */
  readonly saved: readonly string[];
  /** Numbers of the tasks that are judged. */
  readonly tasks: readonly number[];
  /** Those that have ended. */
  readonly checks: readonly Check[];
  /** Those that have begun and not ended, in the order of the suite. */
  readonly running: readonly RunningCheck[];
  /** The time, as `performance.now()`, at the last event that told it. */
  readonly now: number;
}

export interface RunningCheck extends StartedCheck {
  /** As `performance.now()`. */
  readonly since: number;
}

export interface ListPanel {
  readonly kind: 'list';
  readonly filter: string;
  /** Letters belong to the filter, not to keys. */
  readonly filtering: boolean;
  /** The exercise to open, as an index into those that the filter leaves. */
  readonly at: number;
  /** Of a number that is being typed. */
  readonly digits: string;
}

export type Panel =
  | { readonly kind: 'hint'; readonly hints: ReadHints }
  | { readonly kind: 'help' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'solution'; readonly difference: string; readonly notes: string }
  | ListPanel;

export type SessionEvent =
  | {
      readonly type: 'opened';
      readonly exercise: Exercise;
      readonly states: readonly ExerciseState[];
      readonly passed: ReadonlySet<number>;
    }
  | { readonly type: 'states'; readonly states: readonly ExerciseState[] }
  | { readonly type: 'saved'; readonly names: readonly string[] }
  | { readonly type: 'tasks'; readonly tasks: readonly number[] }
  | { readonly type: 'started'; readonly check: StartedCheck; readonly at: number }
  | { readonly type: 'ticked'; readonly at: number }
  | { readonly type: 'check'; readonly check: Check }
  | { readonly type: 'judged'; readonly outcome: Outcome; readonly passed: ReadonlySet<number>; readonly note: string }
  | { readonly type: 'remarks'; readonly remarks: readonly string[] }
  | { readonly type: 'trouble'; readonly text: string }
  | { readonly type: 'panel'; readonly panel: Panel | undefined }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'scrolled'; readonly to: number };

/** @returns the state of a session that has opened `exercise` and judged nothing yet */
export const opened = (
  course: Course,
  exercise: Exercise,
  states: readonly ExerciseState[],
  passed: ReadonlySet<number>,
): SessionState => ({
  ...{ course, exercise, states, passed },
  run: undefined,
  outcome: undefined,
  before: undefined,
  trouble: undefined,
  remarks: [],
  panel: undefined,
  note: '',
  scroll: 0,
});

/** @returns the state after `event` */
export function next(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'opened':
      return opened(state.course, event.exercise, event.states, event.passed);
    case 'states':
      return { ...state, states: event.states };
    case 'saved':
      return {
        ...state,
        run: { saved: event.names, tasks: [], checks: [], running: [], now: 0 },
        ...{ outcome: undefined, before: failure(state) ?? state.before, trouble: undefined },
        // What was said at the opening stays until the student does something.
        ...{ remarks: [], note: event.names.length > 0 ? '' : state.note, scroll: state.panel ? state.scroll : 0 },
      };
    case 'tasks':
      return state.run ? { ...state, run: { ...state.run, tasks: event.tasks } } : state;
    case 'started':
    case 'ticked':
    case 'check':
      return state.run ? { ...state, run: runAfter(state.run, event) } : state;
    case 'judged': {
      const { outcome, passed, note } = event;
      const judged = { ...state, run: undefined, before: undefined, outcome, passed, note: note || state.note };
      // A hint for a task that is no longer the current one would mislead.
      const isOutdated = state.panel?.kind === 'hint' && state.panel.hints.task !== currentTask(judged);
      return isOutdated ? { ...judged, panel: undefined, scroll: 0 } : judged;
    }
    case 'remarks':
      return { ...state, remarks: event.remarks };
    case 'trouble':
      return { ...state, run: undefined, outcome: undefined, before: undefined, trouble: event.text };
    case 'panel':
      return { ...state, panel: event.panel, note: '', scroll: 0 };
    case 'note':
      return { ...state, note: event.text };
    case 'scrolled':
      return { ...state, scroll: event.to };
  }
}

function runAfter(run: Run, event: Extract<SessionEvent, { type: 'started' | 'ticked' | 'check' }>): Run {
  switch (event.type) {
    case 'started': {
      const running = [...run.running, { ...event.check, since: event.at }].sort(bySuite);
      return { ...run, running, now: event.at };
    }
    case 'ticked':
      return { ...run, now: event.at };
    case 'check': {
      const running = run.running.filter(({ id }) => id !== event.check.id);
      return { ...run, running, checks: [...run.checks, event.check].sort(bySuite) };
    }
  }
}

/** Checks run side by side: they end in any order. */
function bySuite(a: StartedCheck, b: StartedCheck): number {
  const placeOf = ({ id }: StartedCheck) => Number(id.split('.')[1]);
  return a.task - b.task || placeOf(a) - placeOf(b);
}

/** @returns the check to look at: the first that failed, of the run that goes on or of the last one */
export function failure({ run, outcome, passed }: SessionState): Check | undefined {
  if (!run) return outcome?.result.fault ? undefined : outcome?.first;
  const failed = run.checks.find(({ state }) => state === 'failed');
  if (failed === undefined) return undefined;
  // Checks begin in the order of the suite: one that stands before it and goes on may still be the first to fail.
  const [first] = run.running;
  if (first !== undefined && bySuite(first, failed) < 0) return undefined;
  // Where the current task has not been begun, those that passed before are judged again.
  const mayBeBroken = failed.verdict === 'not implemented' && [...passed].some((task) => task < failed.task);
  return mayBeBroken ? undefined : failed;
}

/** @returns the number of the task that the student works on; undefined once all have passed */
export function currentTask(state: SessionState): number | undefined {
  const failed = failure(state);
  if (failed !== undefined && failed.state !== 'inconclusive') return failed.task;
  const open = state.exercise.tasks.findIndex((_, at) => !state.passed.has(at + 1));
  return open < 0 ? undefined : open + 1;
}

/** @returns what is known of the exercise on the screen */
const stateOf = ({ states, exercise }: SessionState): ExerciseState | undefined =>
  states.find((each) => each.exercise.slug === exercise.slug);

/** @returns whether the exercise is solved with the files as they were judged */
export const isSolved = (state: SessionState): boolean =>
  state.run === undefined &&
  state.trouble === undefined &&
  currentTask(state) === undefined &&
  (state.outcome === undefined ? stateOf(state)?.state === 'solved' : !state.outcome.result.fault);

/** @returns the exercises that the list's filter leaves */
export const listed = ({ states }: SessionState, { filter }: ListPanel): readonly ExerciseState[] =>
  states.filter(({ exercise: { slug, title, chapter } }) =>
    `${slug} ${title} ${chapter}`.toLowerCase().includes(filter.toLowerCase()),
  );

/** @returns whether the list has a filter, or is getting one: Escape takes it away before it closes the list */
export const isFiltered = ({ filter, filtering }: ListPanel): boolean => filter !== '' || filtering;
