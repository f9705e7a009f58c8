import { preempts, unpack, timersLane } from './choice.ts';
import type { Chooser, Refusal } from './chooser.ts';
import { resetClock, type Handle, type TimerTaker } from './clock.ts';
import { here, isCurrent, makeCurrent, noTask } from './current-run.ts';
import { scenarioThrew, stateThrew, taskThrew, timerThrew, type PromiseFailure } from './failures.ts';
import { operation } from './operation.ts';
import { pendingOf, PendingLanes, type Asked, type Pending } from './pending-lanes.ts';
import type { Recorder } from './recorder.ts';
import type { RunLimits, RunResult } from './run-result.ts';
import { SceneChecker } from './scene-checker.ts';
import type { Scenario, Scene, World } from './scene.ts';
import { activeResources, hopeless, polling, standstill } from './standstill.ts';
import { TaskList } from './task-list.ts';
import { controlledTimer } from './timers.ts';

// Taken before the clock is replaced: the explorer's own turns are real ones.
const nextTurn = setImmediate;
const nowhere = { file: undefined, line: undefined };

/**
 * One schedule: sets the scene, then one step a turn of the event loop, until nothing is left or something is wrong.
 */
export class ScheduleRun implements TimerTaker {
  lanes: string[] = [timersLane];
  readonly #scenario: (world: World) => Scene;
  readonly #limits: RunLimits;
  readonly #chooser: Chooser;
  readonly #recorder: Recorder | undefined;
  #checker = new SceneChecker({ tasks: {} });
  #waiting = new PendingLanes(1);
  #order = '';
  readonly #tasks = new TaskList();
  #failure: PromiseFailure | undefined;
  #born = 0;
  #timers = 0;
  #cut = false;
  readonly #earlier = activeResources();
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

  fail(failure: PromiseFailure): void {
    this.#failure ??= failure;
  }

  log(text: () => string): void {
    this.#recorder?.mark(this.#lane(), text(), this.#state());
  }

  add(kind: 'timer' | 'immediate', delay: number, repeats: boolean, fire: () => void): Handle {
    return controlledTimer(kind, delay, repeats, {
      push: (asked) => this.#push(asked),
      drop: (pending) => this.#waiting.drop(pending),
      fire: () => {
        this.#timers++;
        fire();
      },
    });
  }

  #begin(): void {
    const world: World = {
      operation: (label, effect) => this.#operation(label, effect),
      mark: (label) => this.#mark(this.#lane(), label),
      kill: (task) => this.#kill(task),
    };
    let scene: Scene;
    try {
      scene = here.run({ run: this, lane: noTask }, () => this.#scenario(world));
      this.#checker = new SceneChecker(scene);
      this.lanes = [...Object.keys(scene.tasks), timersLane];
      this.#waiting.grow(this.lanes.length);
    } catch (error) {
      return this.#finish(scenarioThrew(error));
    }
    this.#recorder?.begin(this.lanes, this.#state());
    this.#limits.sceneSet?.(this.lanes);
    Object.values(scene.tasks).forEach((task, lane) => {
      this.#tasks.begin(lane, this.lanes[lane] as string);
      const start = () => this.#startTask(lane, task);
      if (this.#limits.starts === 'together') start();
      else
        here.run({ run: this, lane }, () =>
          this.#push({ kind: 'start', label: 'starts', delay: 0, repeats: false, perform: start }),
        );
    });
    nextTurn(() => this.#turn());
  }

  #startTask(lane: number, task: () => unknown): void {
    this.#limits.alive(this.#order, lane);
    const name = this.lanes[lane] as string;
    const failed = (error: unknown) => {
      if (!this.#tasks.killed(lane)) this.fail(taskThrew(name, error));
    };
    const ended = (value: unknown) => {
      if (this.#tasks.end(lane)) this.#checker.returned[name] = value;
    };
    here.run({ run: this, lane }, () => {
      try {
        Promise.resolve(task()).then(ended, failed);
      } catch (error) {
        failed(error);
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

  #mark(lane: number, label: string): void {
    if (isCurrent(this) && !this.#tasks.killed(lane)) this.#recorder?.mark(lane, label, this.#state());
  }

  #kill(task: string): void {
    const lane = this.#tasks.laneOf(task);
    if (this.#tasks.running(lane)) this.#mark(lane, 'is killed');
    this.#tasks.kill(lane);
    this.#waiting.clear(lane);
  }

  #push(asked: Asked): Pending {
    const lane = this.#lane();
    const pending = pendingOf(asked, this.#recorder?.whence() ?? nowhere, lane, this.#order.length, this.#born++);
    // A run that is over takes nothing more, nor does a killed task: such code waits forever and is collected.
    if (isCurrent(this) && !this.#tasks.killed(lane)) this.#waiting.pending[lane]?.push(pending);
    return pending;
  }

  #turn(): void {
    if (!isCurrent(this)) return;
    this.#recorder?.settled(this.#state());
    const ended = this.#tasks.ended;
    const broken = this.#checker.check(this.#order.length, ended, this.#waiting.count);
    if (broken ?? this.#failure) return this.#finish(broken);
    const enabled = this.#waiting.enabled(ended);
    if (enabled === '') return ended ? this.#finish() : void this.#standStill();
    if (this.#waiting.polls > hopeless)
      return this.#finish(this.#checker.noProgress(polling(this.#tasks.names(timersLane))));
    if (this.#order.length >= this.#limits.steps) {
      this.#cut = true;
      return this.#finish();
    }
    this.#step(enabled);
  }

  #step(enabled: string): void {
    this.#recorder?.stands(enabled, this.#waiting.pending, this.#tasks.lanes);
    const last = unpack(this.#order.slice(-1))[0]?.lane ?? -1;
    const chosen = this.#chooser.choose(
      enabled,
      last,
      () => enabled + this.#waiting.pending.map((lane) => lane.map((each) => each.label).join('|')).join('/'),
    );
    if (typeof chosen !== 'string') return this.#refuse(chosen, enabled, last);
    const [choice] = unpack(chosen);
    const pending = choice && this.#waiting.take(choice.lane, choice.pending);
    if (!choice || !pending)
      throw new Error('The explorer chose what was not pending; please report this with the program.');
    this.#order += chosen;
    this.#recorder?.step(pending, this.#order.length, preempts(last, choice.lane, enabled));
    this.#limits.alive(this.#order, choice.lane);
    const result = here.run({ run: this, lane: pending.lane }, () => {
      try {
        return pending.perform();
      } catch (error) {
        this.fail(timerThrew(this.lanes[pending.lane] as string, error));
        return undefined;
      }
    });
    this.#waiting.done(pending, result);
    this.#recorder?.result(pending, result);
    nextTurn(() => this.#turn());
  }

  #refuse({ failure, doomed = '' }: Refusal, enabled: string, last: number): void {
    const [choice] = unpack(doomed);
    const never = choice && this.#waiting.take(choice.lane, choice.pending);
    if (never) this.#recorder?.step(never, this.#order.length + 1, preempts(last, never.lane, enabled));
    this.#finish(failure);
  }

  async #standStill(): Promise<void> {
    const { lanes } = this.#tasks;
    const after = this.#recorder?.lastOf(lanes) ?? '';
    const progress = () => `${this.#tasks.lanes.length},${this.#born}`;
    const end = await standstill(this.#tasks.names(timersLane), lanes.length > 1, progress, after, this.#earlier);
    this.#finish(this.#checker.noProgress(end));
  }

  #lane(): number {
    const lane = here.getStore()?.lane ?? noTask;
    return lane === noTask ? this.lanes.length - 1 : lane;
  }

  #state(): Record<string, unknown> {
    try {
      return this.#checker.state();
    } catch (error) {
      this.fail(stateThrew(error));
      return {};
    }
  }

  #finish(failure?: PromiseFailure): void {
    if (failure) this.fail(failure);
    makeCurrent(undefined);
    this.#recorder?.stands('', this.#waiting.pending, this.#tasks.lanes);
    this.#done({
      failure: this.#failure,
      order: this.#order,
      cut: this.#cut,
      heldBack: this.#waiting.heldBack,
      timers: this.#timers,
      leftovers: this.#checker.leftovers,
      asked: this.#checker.asks,
      state: this.#state(),
    });
  }
}
