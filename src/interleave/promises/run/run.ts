import { advanceTo, resetClock, virtualTime, type Handle, type TimerTaker } from './clock.ts';
import type { Chooser } from './chooser.ts';
import { here, isCurrent, makeCurrent, noTask } from './current-run.ts';
import { Judge } from './judge.ts';
import { operation } from './operation.ts';
import { standstill } from './standstill.ts';
import { Lanes, type Pending } from './pending.ts';
import type { PromiseVerdict, Scenario, Scene, World } from '../types.ts';
import { timersLane, unpack } from '../schedule.ts';
import { describe, position, type Recorder } from './recorder.ts';

// Taken before the clock is replaced: the explorer's own turns are real ones.
const nextTurn = setImmediate;

/** How one schedule ended. */
export interface RunResult {
  verdict: PromiseVerdict;
  sentence: string;
  /** The schedule, packed. */
  order: string;
  cut: boolean;
  heldBack: number;
  timers: number;
  leftovers: number;
  state: Record<string, unknown>;
}

export interface RunLimits {
  steps: number;
  starts: 'together' | 'any time';
  /** Called before code runs, with the schedule so far and the lane about to run: keeps the owner's watch quiet, and tells it where the code was. */
  alive(order: string, lane: number): void;
  /** Called when the scene is set, before any task starts. */
  sceneSet?(lanes: readonly string[]): void;
}

const nowhere = { file: undefined, line: undefined };

/** Polls in a row, in all lanes, after which no one can be said to get anywhere. */
const hopeless = 200;

/** One schedule: sets the scene, then one step a turn of the event loop, until nothing is left or something is wrong. */
export class Run implements TimerTaker {
  lanes: string[] = [timersLane];
  readonly #scenario: (world: World) => Scene;
  readonly #limits: RunLimits;
  readonly #chooser: Chooser;
  readonly #recorder: Recorder | undefined;
  #judge = new Judge({ tasks: {} });
  #waiting = new Lanes(1);
  #order = '';
  #unsettled = new Set<number>();
  #failure: { verdict: PromiseVerdict; sentence: string } | undefined;
  #born = 0;
  #timers = 0;
  #cut = false;
  #done: (result: RunResult) => void = () => undefined;

  constructor(
    scenario: Scenario<never[]>,
    args: readonly unknown[],
    limits: RunLimits,
    chooser: Chooser,
    recorder?: Recorder,
  ) {
    this.#scenario = (world) => scenario(world, ...(args as never[]));
    this.#limits = limits;
    this.#chooser = chooser;
    this.#recorder = recorder;
  }

  /** @returns how the schedule ended; never rejects */
  start(): Promise<RunResult> {
    makeCurrent(this);
    resetClock();
    return new Promise((done) => {
      this.#done = done;
      // A turn of its own: what the code leaves unhandled is reported at the end of the turn in which it did.
      nextTurn(() => this.#begin());
    });
  }

  fail(verdict: PromiseVerdict, sentence: string): void {
    this.#failure ??= { verdict, sentence };
  }

  log(text: () => string): void {
    this.#recorder?.mark(this.#lane(), text(), this.#state());
  }

  add(kind: 'timer' | 'immediate', delay: number, repeats: boolean, fire: () => void): Handle {
    const name = repeats ? 'interval' : 'timer';
    let pending: Pending | undefined;
    const push = () => {
      const due = virtualTime() + delay;
      const perform = () => {
        this.#timers++;
        advanceTo(due);
        if (repeats) push();
        fire();
      };
      pending = this.#push({
        kind,
        label: kind === 'immediate' ? 'setImmediate' : `${name} of ${delay} ms`,
        delay,
        repeats,
        perform,
      });
    };
    push();
    return {
      clear: () => {
        if (!pending) return;
        this.#waiting.drop(pending);
        pending = undefined;
      },
    };
  }

  #begin(): void {
    const world: World = {
      operation: (label, effect) => this.#operation(label, effect),
      mark: (label) => {
        if (isCurrent(this)) this.#recorder?.mark(this.#lane(), label, this.#state());
      },
    };
    let scene: Scene;
    try {
      scene = here.run({ run: this, lane: noTask }, () => this.#scenario(world));
      this.#judge = new Judge(scene);
      this.lanes = [...Object.keys(scene.tasks), timersLane];
      this.#waiting.grow(this.lanes.length);
    } catch (error) {
      this.fail('threw', `The scenario could not be set: ${describe(error)}${position(error)}.`);
      return this.#finish();
    }
    this.#recorder?.begin(this.lanes, this.#state());
    this.#limits.sceneSet?.(this.lanes);
    Object.values(scene.tasks).forEach((task, lane) => {
      this.#unsettled.add(lane);
      if (this.#limits.starts === 'together') this.#startTask(lane, task);
      else
        here.run({ run: this, lane }, () =>
          this.#push({
            kind: 'start',
            label: 'starts',
            delay: 0,
            repeats: false,
            perform: () => this.#startTask(lane, task),
          }),
        );
    });
    nextTurn(() => this.#turn());
  }

  #startTask(lane: number, task: () => unknown): void {
    this.#limits.alive(this.#order, lane);
    const name = this.lanes[lane] as string;
    const threw = (error: unknown) => {
      const assertion = (error as { code?: unknown } | null)?.code === 'ERR_ASSERTION';
      this.fail(assertion ? 'violation' : 'threw', `${name} threw ${describe(error)}${position(error)}.`);
    };
    const ended = (value: unknown) => {
      this.#judge.returned[name] = value;
      this.#unsettled.delete(lane);
    };
    here.run({ run: this, lane }, () => {
      try {
        Promise.resolve(task()).then(ended, threw);
      } catch (error) {
        threw(error);
      }
    });
  }

  #operation<T>(label: string, effect?: () => T): Promise<T> {
    if (here.getStore()?.run !== this || this.lanes.length === 1) {
      throw new Error(
        `The operation ${JSON.stringify(label)} was begun outside of the tasks; begin it in a task of the scene.`,
      );
    }
    const { promise, perform } = operation(effect);
    this.#push({ kind: 'operation', label, delay: 0, repeats: false, perform });
    return promise;
  }

  #push(what: Pick<Pending, 'kind' | 'label' | 'delay' | 'repeats' | 'perform'>): Pending {
    const inLane = this.#lane();
    const { file, line } = this.#recorder?.whence() ?? nowhere;
    const { kind, label, delay, repeats, perform } = what;
    // Written out: a spread here costs a third of the whole exploration.
    const pending: Pending = {
      lane: inLane,
      kind,
      label,
      delay,
      turn: this.#order.length,
      born: this.#born++,
      repeats,
      file,
      line,
      passed: 0,
      perform,
    };
    // A run that is over takes nothing more: its code waits for ever and is collected.
    if (isCurrent(this)) this.#waiting.pending[inLane]?.push(pending);
    return pending;
  }

  #turn(): void {
    if (!isCurrent(this)) return;
    this.#recorder?.settled(this.#state());
    const ended = this.#unsettled.size === 0;
    const wrong = this.#judge.check(this.#order.length, ended, this.#waiting.count);
    if (wrong !== undefined) this.fail('violation', wrong);
    if (this.#failure) return this.#finish();
    const enabled = this.#waiting.enabled(ended);
    if (enabled === '') return ended ? this.#finish() : void this.#standStill();
    if (this.#waiting.polls > hopeless) {
      this.fail('livelock', `${this.#names()} went on polling for ${hopeless} steps and nothing changed.`);
      return this.#finish();
    }
    if (this.#order.length >= this.#limits.steps) {
      this.#cut = true;
      return this.#finish();
    }
    this.#step(enabled);
  }

  #step(enabled: string): void {
    const last = unpack(this.#order.slice(-1))[0]?.lane ?? -1;
    const chosen = this.#chooser.choose(
      enabled,
      last,
      () => enabled + this.#waiting.pending.map((lane) => lane.map((each) => each.label).join('|')).join('/'),
    );
    if (typeof chosen !== 'string') {
      this.fail(chosen.fault, chosen.sentence);
      const [doomed] = unpack(chosen.doomed ?? '');
      const never = doomed && this.#waiting.take(doomed.lane, doomed.pending);
      if (never)
        this.#recorder?.step(
          never,
          this.#order.length + 1,
          last !== never.lane && unpack(enabled).some(({ lane }) => lane === last),
        );
      return this.#finish();
    }
    const [choice] = unpack(chosen);
    const pending = choice && this.#waiting.take(choice.lane, choice.pending);
    if (!choice || !pending)
      throw new Error('The explorer chose what was not pending; please report this with the program.');
    const couldGoOn = last !== choice.lane && unpack(enabled).some(({ lane }) => lane === last);
    this.#order += chosen;
    this.#recorder?.step(pending, this.#order.length, couldGoOn);
    this.#limits.alive(this.#order, choice.lane);
    const result = here.run({ run: this, lane: pending.lane }, () => {
      try {
        return pending.perform();
      } catch (error) {
        this.fail(
          'threw',
          `A timer callback of ${this.lanes[pending.lane]} threw ${describe(error)}${position(error)}.`,
        );
        return undefined;
      }
    });
    this.#waiting.done(pending, result);
    this.#recorder?.result(pending, result);
    nextTurn(() => this.#turn());
  }

  async #standStill(): Promise<void> {
    const after = this.#recorder?.lastOf([...this.#unsettled]) ?? '';
    const { verdict, sentence } = await standstill(
      this.#names(),
      this.#unsettled.size > 1,
      () => `${this.#unsettled.size},${this.#born}`,
      after,
    );
    this.fail(verdict, sentence);
    this.#finish();
  }

  #lane(): number {
    const lane = here.getStore()?.lane ?? noTask;
    return lane === noTask ? this.lanes.length - 1 : lane;
  }

  #names(): string {
    const names = [...this.#unsettled].map((lane) => this.lanes[lane]);
    return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? timersLane);
  }

  #state(): Record<string, unknown> {
    try {
      return this.#judge.state();
    } catch (error) {
      this.fail('violation', `The scene's state threw ${describe(error)}.`);
      return {};
    }
  }

  #finish(): void {
    makeCurrent(undefined);
    this.#done({
      verdict: this.#failure?.verdict ?? 'pass',
      sentence: this.#failure?.sentence ?? '',
      order: this.#order,
      cut: this.#cut,
      heldBack: this.#waiting.heldBack,
      timers: this.#timers,
      leftovers: this.#judge.leftovers,
      state: this.#state(),
    });
  }
}
