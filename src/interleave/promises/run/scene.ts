// What a scenario gives for each schedule.

/** What a scenario builds its fakes with. A fresh one is made for every schedule. */
export interface World {
  /**
   * An operation under the explorer's control: a promise that stays pending until the explorer settles it.
   * Call it inside a task; it belongs to the task (lane) whose code called it.
   * @param label what the timeline shows, such as `read`
   * @param effect runs at the moment the operation settles; its value fulfils the promise, what it throws rejects it
   */
  operation<T = void>(label: string, effect?: () => T): Promise<T>;
  /**
   * Writes a line into the timeline of the running task. It is no step: nothing can come between it and the code around
   * it.
   */
  mark(label: string): void;
  /**
   * Ends a task as SIGKILL ends a process. What it has pending never settles, and neither does what it begins later; it
   * counts as ended, and returns nothing. To kill at any point of a schedule, call this in the effect of an operation
   * of another task.
   * @param task its name in the scene's `tasks`
   */
  kill(task: string): void;
}

/** The tasks of one schedule, and what must hold about them. */
export interface Scene {
  /** Lane name → task. All are started at once, in this order, unless the program says `starts: 'any time'`. */
  tasks: Record<string, () => unknown>;
  /** The values that the timeline shows beside every step, by name; at the end they are the outcome. */
  state?: () => Record<string, unknown>;
  /** Must hold after every step: `true`, or a sentence that says what is wrong. */
  always?: () => true | string;
  /**
   * Must hold when all tasks have ended, and again when nothing that they left behind is pending: `true`, or a
   * sentence. Gets what each task returned, by lane.
   */
  atEnd?: (returned: Record<string, unknown>) => true | string;
  /**
   * "Can this happen?" Asks after every step whether it has; gets what each task that has ended returned, by lane. The
   * report shows the first schedule that leads there (verdict `reached`), or that none does (`pass`). `always` and
   * `atEnd` are not judged then, nor is it a failure if tasks wait or poll forever.
   */
  reachable?: (returned: Record<string, unknown>) => boolean;
}

/**
 * What a scenario module exports: sets the scene anew for each schedule. Runs in the agent, beside the code under test.
 */
export type Scenario<Arguments extends readonly unknown[] = []> = (world: World, ...args: Arguments) => Scene;
