import { type Course, type Exercise, KataError } from '#src/course/index.ts';
import {
  changedSkeletonSentence,
  type ExerciseState,
  type Progress,
  progressOf,
  readProgress,
  renamedSentences,
  type Standing,
  stateOf as stateIn,
} from '#src/guide/index.ts';
import type { Context } from '../context.ts';
import { actions, reset, type Actor } from './actions.ts';
import { Judging } from './judging.ts';
import type { Key } from './keys.ts';
import { listAfter } from './list-keys.ts';
import { type Player, startPlayer } from './play.ts';
import type { SessionPorts } from './ports.ts';
import { scrolledTo } from './scroll-keys.ts';
import type { Extent } from './screen.ts';
import { isSolved, next, opened, type SessionEvent, type SessionState } from './state.ts';

/** One exercise on the screen, judged again task by task at every save, until the student quits. */
export class Session implements Actor {
  readonly context: Context;
  readonly ports: SessionPorts;
  readonly #judging: Judging;
  #state: SessionState;
  #extent: Extent = { page: 0, end: 0 };
  #standing: Standing = { passed: new Map() };
  /** Sentences that are worth saying only once. */
  readonly #told = new Set<string>();
  #player: Player | undefined;
  #watching: { close(): Promise<void> } | undefined;
  /** Ticks while something is judged. */
  #clock: NodeJS.Timeout | undefined;

  /** @param ports keys, screen and file watching */
  constructor(context: Context, course: Course, first: Exercise, ports: SessionPorts) {
    this.context = context;
    this.ports = ports;
    this.#state = opened(course, first, [], new Set());
    this.#judging = new Judging(
      context,
      (event) => this.#hear(event),
      (exercise, standing) => {
        if (exercise === this.#state.exercise) this.#standing = standing;
      },
    );
  }

  get state(): SessionState {
    return this.#state;
  }

  get extent(): Extent {
    return this.#extent;
  }

  /** @returns whether the student has quit; otherwise the terminal is gone */
  async run(): Promise<boolean> {
    try {
      await this.open(this.#state.exercise);
      for await (const key of this.ports.keys) {
        if (await this.#press(key)) return true;
      }
      return false;
    } finally {
      clearInterval(this.#clock);
      this.ports.close();
      this.#player?.close();
      await this.#watching?.close();
      await this.#judging.close();
    }
  }

  tell(event: SessionEvent): void {
    this.#state = next(this.#state, event);
    if (this.#state.run === undefined) {
      clearInterval(this.#clock);
      this.#clock = undefined;
    } else this.#clock ??= setInterval(() => this.tell({ type: 'ticked', at: performance.now() }), 1_000).unref();
    this.#extent = this.ports.display.show(this.#state);
  }

  async open(exercise: Exercise): Promise<void> {
    const { root } = this.context;
    const { progress, warning } = await readProgress(root);
    const known = progressOf(progress, exercise).passed ?? {};
    this.#standing = { passed: new Map(Object.entries(known).map(([number, files]) => [Number(number), { files }])) };
    const passed = new Set(this.#standing.passed.keys());
    this.tell({ type: 'opened', exercise, passed, states: await this.#states(progress) });
    await this.#watching?.close();
    this.#watching = this.ports.watch(root, exercise, (saved) => this.judge(saved));
    // A solved exercise stays solved on the screen until its files change, or until r.
    if (isSolved(this.#state)) await this.#judging.end();
    else this.judge();
    const changed = await changedSkeletonSentence(root, exercise, progress).catch(sentenceOf);
    const sentences = [warning, ...renamedSentences(this.#state.course, progress), changed];
    const news = sentences.filter((each) => each !== undefined).filter((each) => !this.#told.has(each));
    for (const each of news) this.#told.add(each);
    if (news.length > 0) this.tell({ type: 'note', text: news.join('\n') });
  }

  judge(saved: readonly string[] = [], everything = false): void {
    this.#judging.begin({ exercise: this.#state.exercise, standing: this.#standing, saved, everything });
  }

  async lookAround(): Promise<void> {
    try {
      const { progress } = await readProgress(this.context.root);
      this.tell({ type: 'states', states: await this.#states(progress) });
    } catch (error) {
      this.tell({ type: 'note', text: sentenceOf(error) });
    }
  }

  async play(words: readonly string[]): Promise<void> {
    this.#player?.close();
    this.#player = await startPlayer(this.context.root, words);
    this.tell({ type: 'note', text: this.#player.sentence });
  }

  #hear(event: SessionEvent): void {
    this.tell(event);
    if (event.type === 'judged') void this.lookAround();
  }

  #states(progress: Progress): Promise<ExerciseState[]> {
    return Promise.all(this.#state.course.exercises.map((each) => stateIn(this.context.root, each, progress)));
  }

  /** @returns whether the session ends */
  async #press(key: Key): Promise<boolean> {
    if (key === 'ctrl-c' || key === 'ctrl-d') return true;
    try {
      if (key === 'ctrl-z') await this.ports.pause();
      else return await this.#act(key);
    } catch (error) {
      this.tell({ type: 'note', text: sentenceOf(error) });
    }
    return false;
  }

  /** @returns whether the session ends */
  async #act(key: Key): Promise<boolean> {
    const { panel, scroll } = this.#state;
    if (panel?.kind === 'list') {
      const after = listAfter(this.#state, panel, key);
      if (after && 'open' in after) await this.open(after.open);
      else this.tell({ type: 'panel', panel: after });
      return false;
    }
    if (panel?.kind === 'reset') {
      if (key === 'y') await reset(this);
      else if (['n', 'q', 'escape'].includes(key)) this.tell({ type: 'panel', panel: undefined });
      return false;
    }
    if (panel !== undefined && key === 'q') {
      this.tell({ type: 'panel', panel: undefined });
      return false;
    }
    const to = scrolledTo(key, scroll, this.#extent);
    if (to !== undefined) this.tell({ type: 'scrolled', to });
    else await actions[key]?.(this);
    return key === 'q';
  }
}

const sentenceOf = (error: unknown): string => (error instanceof KataError ? error.message : String(error));
