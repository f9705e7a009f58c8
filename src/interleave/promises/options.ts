/** Code to explore. */
export interface PromiseProgram {
  /** The scenario module: a `#…` specifier of the package in the working directory, a URL, or a path. */
  module: string | URL;
  /** The name of its exported {@link Scenario}. */
  scenario: string;
  /** Further arguments of the scenario (structured-cloneable). */
  args?: readonly unknown[];
  /**
   * The file whose lines the timeline shows, given like `module`; without it, the first file on the stack that is not
   * `module`.
   */
  source?: string | URL;
  /**
   * Whether the tasks start together, as in `Promise.all` (the default), or each at a time that is a choice as well.
   */
  starts?: 'together' | 'any time';
  /** Steps after which a schedule is cut. Default 500. */
  steps?: number;
  /**
   * Milliseconds that the code may run on without giving the event loop back before it is called stuck. Default 2000.
   */
  stuckAfter?: number;
}

/** A program and how far to search it. */
export interface ExplorePromisesOptions extends PromiseProgram {
  /** Switches allowed, away from a lane that could go on. Default: any number. */
  bound?: number;
  /** Default 60 000 ms and 100 000 schedules, whichever ends first. */
  budget?: { milliseconds?: number; schedules?: number };
  /** Go on after a failing schedule, to count how many fail. Default false. */
  countAll?: boolean;
}

/** A program and one schedule of it. */
export interface ReplayPromisesOptions extends PromiseProgram {
  /**
   * A token of a report (`p1:0x2,1`), lane names in a row where each is one character (`ABAB`), or a list of lane
   * names.
   */
  schedule: string | readonly string[];
}

/** A program, a schedule, and where to stop. */
export interface PromisePositionOptions extends ReplayPromisesOptions {
  /** Stop after so many steps of the schedule. Default: at its end. */
  steps?: number | undefined;
}
