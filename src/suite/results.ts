import * as z from 'zod';
import { type Verdict, verdicts } from '#src/verdict/index.ts';

export const verdictSchema = z.enum(verdicts satisfies readonly Verdict[]);

const shownRow = z.strictObject({
  step: z.int().optional().describe('a mark between two steps has none'),
  lane: z.int().min(0).describe('index into lanes'),
  text: z.string(),
  place: z.string().optional().describe("the student's line: mutex.ts:12, or :12 where there is only one file"),
  values: z.array(z.string()).describe('of the words, after the step'),
  preempts: z.literal(true).optional().describe('the thread or task before could have gone on'),
  cause: z.literal(true).optional().describe('the step to look at'),
});

export const timelineSchema = z.strictObject({
  lanes: z.array(z.string()).describe('names of the threads or tasks'),
  words: z.array(z.string()).describe('names of the values shown'),
  initial: z.array(z.string()).describe('of the words, before the first step'),
  file: z.string().optional().describe('the name of the file of the places that name none'),
  rows: z.array(z.union([shownRow, z.strictObject({ leftOut: z.string() })])),
});

export type CheckTimeline = z.infer<typeof timelineSchema>;

export const checkSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[0-9]+\.[0-9]+$/)
    .describe('task and place in it, such as 3.2; the same in every run'),
  task: z.int().min(1),
  title: z.string(),
  requirements: z
    .array(z.string())
    .optional()
    .describe("ids of the lesson's requirements that it holds, such as 1.fifo"),
  state: z
    .enum(['passed', 'failed', 'inconclusive', 'missing'])
    .describe('missing: the check exists, but the run ended without a result for it'),
  verdict: verdictSchema,
  sentence: z
    .string()
    .optional()
    .describe('what happened, for the student; for a check that passed, what it measured, if anything'),
  evidence: z.string().optional().describe('more lines to look at: a chart, a timeline, a diff'),
  timeline: timelineSchema.optional().describe('the schedule that the evidence shows, for programs that draw it'),
  file: z.string().optional().describe("the place in the student's own code, a path from the course's root"),
  line: z.int().optional(),
  column: z.int().optional(),
  likely: z
    .literal(true)
    .optional()
    .describe(
      'the place was not seen: it is where such a mistake is made, where the function begins, or only the file',
    ),
  mistake: z
    .strictObject({ name: z.string(), misconception: z.string() })
    .optional()
    .describe('the known mistake that shows in the same way'),
  milliseconds: z.int().min(0),
});

export type Check = z.infer<typeof checkSchema>;

/** @returns the place in the student's code that a check shows: `split.ts:18`, or `look first at split.ts` */
export function placeText({ file, line, likely }: Pick<Check, 'file' | 'line' | 'likely'>): string | undefined {
  if (file === undefined) return undefined;
  return `${likely ? 'look first at ' : ''}${file}${line === undefined ? '' : `:${line}`}`;
}

/** A check that has begun and not ended yet. */
export type StartedCheck = Pick<Check, 'id' | 'task' | 'title'>;

export interface TaskResult {
  number: number;
  title: string;
  /** Every check of the task has run, and none failed. */
  earned: boolean;
  /** Of the first check that is not passed. */
  verdict: Verdict;
  checks: Check[];
}

export const faultSchema = z
  .strictObject({
    sentence: z.string(),
    output: z.string().optional().describe('the end of what the run printed'),
  })
  .describe("a failure that is not the student's: a full disk, no memory, a kill from outside, a mistake in the suite");

/** A failure that is not the student's: a full disk, no memory, a kill from outside, a mistake in the suite. */
export type Fault = z.infer<typeof faultSchema>;

export interface SuiteResult {
  tasks: TaskResult[];
  /** The whole suite was ended by the parent; what was earned before stays. */
  stopped?: 'timeout' | 'too much output';
  /** The process that judges ended in the middle of the suite; `fault` says how. */
  killed?: true;
  fault?: Fault;
}

/** The facts of a run that its messages are read with. */
export interface SuiteRun {
  root: string;
  /** Absolute path of the folder whose files were judged. */
  folder: string;
  /** Numbers of the tasks that were asked for; all when left out. */
  tasks?: readonly number[] | undefined;
  inline: boolean;
  timeoutMilliseconds: number;
  outputLimit: number;
}
