// What the page, the server and the host say to each other.
import type { ShownTimeline } from '#src/interleave/index.ts';

/** A program that can be played. */
export interface PlayProgram {
  readonly name: string;
  /** What its threads or tasks do, without a period at the end. */
  readonly sentence: string;
  /** Number of the task that it belongs to; a file of the reader's own has none. */
  readonly task?: number | undefined;
}

/** What the page is made with. */
export interface GameData {
  /** Of the page. */
  readonly title: string;
  /** The command that opens this page, without program, schedule and flags: `npm run kata play 09`. */
  readonly command: string;
  /** What ends that command: `-- --solution` where the page plays the reference, or nothing. */
  readonly flags: string;
  /** Titles of the exercise's tasks, the first one's first. */
  readonly tasks: readonly string[];
  /** The command that plays the reference, where there is one and it is not what this page plays. */
  readonly reference?: string | undefined;
}

/** Where the reader wants to stand. */
export interface ViewRequest {
  readonly program: string;
  /** A token, or names of lanes in a row. */
  readonly schedule: string;
  /** Steps of it to do; all of them by default. */
  readonly steps?: number | undefined;
}

/** A line of a file that the page shows. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
}

/** A thread or task between two steps. */
export interface LaneView {
  readonly name: string;
  readonly state: 'ready' | 'asleep' | 'ended';
  /** A sleeper: the cell of memory that it sleeps on, if known. */
  readonly on?: string;
  /** The line of its next step, or the one that it sleeps in. */
  readonly at?: SourcePlace;
}

/** A step that can be chosen. */
export interface ChoiceView {
  readonly lane: number;
  readonly text: string;
  readonly preempts: boolean;
  /** The schedule with this step at its end. */
  readonly schedule: string;
}

/** What the player has come to: the run has failed, or cannot end well any more. */
export interface Reached {
  /** What the player did: `You lost an update`. */
  readonly what: string;
  readonly sentence: string;
  readonly steps: number;
  readonly switches: number;
  /** The code is not written yet, so no step could be made. */
  readonly isMissing?: boolean;
}

/** Where a schedule stands. */
export interface View {
  /** The whole schedule, those steps that are still to come included. */
  readonly schedule: string;
  readonly total: number;
  readonly steps: number;
  /** The steps of the whole schedule; `rows` of them have happened. */
  readonly timeline: ShownTimeline;
  readonly rows: number;
  readonly lanes: readonly LaneView[];
  readonly choices: readonly ChoiceView[];
  /** By cell of memory: who wrote it last. */
  readonly writers: readonly (string | null)[];
  readonly reached: Reached | null;
  /** What is to be said at the end of a run that ends as it must. */
  readonly endsWell: string | null;
  /** Why the rest of the given schedule was left. */
  readonly left: string | null;
  /** Texts of the files that places name. */
  readonly files: Readonly<Record<string, string>>;
}

/** What the explorer knows of a program. */
export interface Goal {
  /** What there is to do, or that nothing can be done. */
  readonly sentence: string;
  /** Undefined where no schedule fails. */
  readonly best?: Best;
}

/** The best that a player can do. */
export interface Best {
  readonly measure: 'steps' | 'switches';
  /** No schedule fails with less. */
  readonly atLeast: number;
  /** A schedule that fails. */
  readonly schedule: string;
  /** How much it takes; the same as `atLeast` where the search came to its end. */
  readonly known: number;
}

/** What the host can do; each call is answered with a value or with a sentence about what went wrong. */
export interface HostCalls {
  programs(): Promise<PlayProgram[]>;
  view(request: ViewRequest): Promise<View>;
  goal(program: string): Promise<Goal>;
}
