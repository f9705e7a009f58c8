import { join } from 'node:path';
import { type Course, type Exercise, hasSolutions, KataError } from '#src/course/index.ts';
import {
  changedSkeletonSentence,
  type ExerciseState,
  type PassedTask,
  type Progress,
  progressOf,
  readHintsUpTo,
  readProgress,
  renamedSentences,
  resetExercise,
  stateOf as stateIn,
} from '#src/guide/index.ts';
import type { Context } from '../context.ts';
import { solutionText } from '../solution-text.ts';
import { Judging } from './judging.ts';
import type { Key } from './keys.ts';
import { listAfter, openedList } from './list-keys.ts';
import { type Player, playable, startPlayer } from './play.ts';
import type { SessionPorts } from './ports.ts';
import { scrolledTo } from './scroll-keys.ts';
import type { Extent } from './screen.ts';
import { currentTask, failure, isSolved, next, opened, type SessionEvent, type SessionState } from './state.ts';

/** One exercise on the screen, judged again task by task at every save, until the student quits. */
export class Session {
  readonly #context: Context;
  readonly #ports: SessionPorts;
  readonly #judging: Judging;
  #state: SessionState;
  #extent: Extent = { page: 0, end: 0 };
  #passed: ReadonlyMap<number, PassedTask> = new Map();
  #player: Player | undefined;
  #watching: { close(): Promise<void> } | undefined;

  /** @param ports keys, screen and file watching */
  constructor(context: Context, course: Course, first: Exercise, ports: SessionPorts) {
    this.#context = context;
    this.#ports = ports;
    this.#state = opened(course, first, [], new Set());
    this.#judging = new Judging(
      context,
      (event) => void this.#hear(event),
      (exercise, passed) => {
        if (exercise === this.#state.exercise) this.#passed = passed;
      },
    );
  }

  /** @returns once the student quits, or the terminal is gone */
  async run(): Promise<void> {
    try {
      await this.#open(this.#state.exercise);
      for await (const key of this.#ports.keys) {
        if (await this.#press(key)) break;
      }
    } finally {
      this.#ports.close();
      this.#player?.close();
      await this.#watching?.close();
      await this.#judging.close();
    }
  }

  get exercise(): Exercise {
    return this.#state.exercise;
  }

  #tell(event: SessionEvent): void {
    this.#state = next(this.#state, event);
    this.#extent = this.#ports.display.show(this.#state);
  }

  #hear(event: SessionEvent): void {
    this.#tell(event);
    if (event.type === 'judged') void this.#lookAround();
  }

  async #states(progress: Progress): Promise<ExerciseState[]> {
    return Promise.all(this.#state.course.exercises.map((each) => stateIn(this.#context.root, each, progress)));
  }

  /** Reads again where the student is with every exercise. */
  async #lookAround(): Promise<void> {
    try {
      const { progress } = await readProgress(this.#context.root);
      this.#tell({ type: 'states', states: await this.#states(progress) });
    } catch (error) {
      this.#tell({ type: 'note', text: sentenceOf(error) });
    }
  }

  async #open(exercise: Exercise): Promise<void> {
    const { root } = this.#context;
    const { progress, warning } = await readProgress(root);
    const known = progressOf(progress, exercise).passed ?? {};
    this.#passed = new Map(Object.entries(known).map(([number, files]) => [Number(number), { files }]));
    const passed = new Set(this.#passed.keys());
    this.#tell({ type: 'opened', exercise, passed, states: await this.#states(progress) });
    await this.#watching?.close();
    this.#watching = this.#ports.watch(root, exercise, (saved) => this.#judge(saved));
    // A solved exercise says so until its files change, or until r.
    if (isSolved(this.#state)) await this.#judging.end();
    else this.#judge();
    const changed = await changedSkeletonSentence(root, exercise, progress).catch(sentenceOf);
    const notes = [warning, ...renamedSentences(this.#state.course, progress), changed];
    const text = notes.filter((each) => each !== undefined).join('\n');
    if (text !== '') this.#tell({ type: 'note', text });
  }

  #judge(saved: readonly string[] = [], everything = false): void {
    this.#judging.begin({ exercise: this.#state.exercise, passed: this.#passed, saved, everything });
  }

  /** @returns whether the session ends */
  async #press(key: Key): Promise<boolean> {
    const { panel } = this.#state;
    if (key === 'ctrl-c' || key === 'ctrl-d') return true;
    if (key === 'ctrl-z') {
      await this.#ports.pause();
      return false;
    }
    try {
      if (panel?.kind === 'list') {
        const after = listAfter(this.#state, panel, key);
        if (after && 'open' in after) await this.#open(after.open);
        else this.#tell({ type: 'panel', panel: after });
      } else if (panel?.kind === 'reset') {
        if (key === 'y') await this.#reset();
        else if (key === 'n' || key === 'escape' || key === 'q') this.#tell({ type: 'panel', panel: undefined });
      } else if (key === 'q') return true;
      else if (!this.#scroll(key)) await this.#act(key);
    } catch (error) {
      this.#tell({ type: 'note', text: sentenceOf(error) });
    }
    return false;
  }

  #scroll(key: Key): boolean {
    const to = scrolledTo(key, this.#state.scroll, this.#extent);
    if (to !== undefined) this.#tell({ type: 'scrolled', to });
    return to !== undefined;
  }

  async #act(key: Key): Promise<void> {
    const state = this.#state;
    const { panel, exercise } = state;
    const close = () => this.#tell({ type: 'panel', panel: undefined });
    switch (key) {
      case 'escape':
        return close();
      case 'n':
        return this.#next();
      case 'r':
        // Of a solved exercise, everything is looked at again.
        return this.#judge([], isSolved(state));
      case 'a':
        return this.#judge([], true);
      case 'l':
        await this.#lookAround();
        return this.#tell({ type: 'panel', panel: openedList(this.#state) });
      case '?':
        return panel?.kind === 'help' ? close() : this.#tell({ type: 'panel', panel: { kind: 'help' } });
      case 'x':
        return this.#tell({ type: 'panel', panel: { kind: 'reset' } });
      case 'h':
        return panel?.kind === 'hint' ? close() : this.#hint(currentTask(state) ?? 1, false);
      case 'return':
      case 'enter':
        return panel?.kind === 'hint' ? this.#hint(panel.hints.task, true) : undefined;
      case 's': {
        if (panel?.kind === 'solution') return close();
        if (!isSolved(state)) return this.#tell({ type: 'note', text: texts.unsolved });
        if (!hasSolutions(this.#context.root)) return this.#tell({ type: 'note', text: texts.noSolutions });
        const text = await solutionText(this.#context.root, exercise, this.#context.terminal);
        return this.#tell({ type: 'panel', panel: { kind: 'solution', text } });
      }
      case 'o':
        return this.#edit();
      case 'p':
        return this.#play();
    }
  }

  async #hint(task: number, further: boolean): Promise<void> {
    const hints = await readHintsUpTo(this.#context.root, this.#state.exercise, task, further);
    this.#tell({ type: 'panel', panel: { kind: 'hint', hints } });
    if (hints.warning !== undefined) this.#tell({ type: 'note', text: hints.warning });
    // The newest step is the one to read.
    if (further) this.#tell({ type: 'scrolled', to: this.#extent.end });
  }

  async #play(): Promise<void> {
    const words = playable(failure(this.#state));
    if (words === undefined) return this.#tell({ type: 'note', text: texts.noSchedule });
    this.#player?.close();
    this.#player = await startPlayer(this.#context.root, words);
    this.#tell({ type: 'note', text: this.#player.sentence });
  }

  async #edit(): Promise<void> {
    const { exercise } = this.#state;
    const {
      file = `exercises/${exercise.slug}/${exercise.files.student[0]}`,
      line,
      column,
    } = failure(this.#state) ?? {};
    const trouble = await this.#ports.edit({ file: join(this.#context.root, file), line, column });
    this.#tell({ type: 'note', text: trouble ?? texts.opens(file) });
  }

  async #next(): Promise<void> {
    const wasSolved = isSolved(this.#state);
    const { slug } = this.#state.exercise;
    await this.#lookAround();
    const { states, exercise } = this.#state;
    const at = states.findIndex((each) => each.exercise.slug === exercise.slug);
    const unsolved = [...states.slice(at + 1), ...states.slice(0, at)].find(({ state }) => state !== 'solved');
    if (unsolved === undefined) return this.#tell({ type: 'note', text: texts.noOther });
    await this.#open(unsolved.exercise);
    if (!wasSolved) this.#tell({ type: 'note', text: texts.leftUnsolved(slug) });
  }

  async #reset(): Promise<void> {
    const { files, kept, warning } = await resetExercise(this.#context.root, this.#state.exercise);
    await this.#open(this.#state.exercise);
    const done = files.length === 0 ? texts.nothingToReset : texts.reset(files, kept);
    this.#tell({ type: 'note', text: [done, warning].filter((each) => each !== undefined).join('\n') });
  }
}

const sentenceOf = (error: unknown): string => (error instanceof KataError ? error.message : String(error));

const texts = {
  unsolved: 'The solution is shown once the exercise is solved. Until then, h gives a hint.',
  noSolutions: "This is the students' edition of the course: it has no reference solutions.",
  noSchedule: 'There is no schedule to play: no check of a race or a lock has failed.',
  noOther: 'No other exercise is unsolved. Press l to go back to one of them.',
  leftUnsolved: (slug: string) => `${slug} is not solved yet. Press l to go back to it.`,
  opens: (file: string) => `${file} is open in your editor.`,
  nothingToReset: 'All files are as they were at the beginning: there was nothing to reset.',
  reset: (files: readonly string[], kept: string | undefined) =>
    `As at the beginning: ${files.join(', ')}.${kept === undefined ? '' : ` What was there is kept in ${kept}/`}`,
};
