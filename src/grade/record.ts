import type { Verdict } from '#src/verdict/index.ts';
import type { Check, Fault } from '#src/suite/index.ts';

/**
 * The result of `grade`; record.schema.json describes it for other programs. Keys always come in this order, and paths
 * start at the course's root.
 */
export interface GradeRecord {
  version: 1;
  /** When it was judged, ISO 8601, UTC. */
  gradedAt: string;
  machine: { node: string; platform: string; arch: string; processors: number };
  /** Null when a fault left an exercise without a verdict. */
  points: number | null;
  attainable: number;
  exercises: ExerciseRecord[];
}

export interface ExerciseRecord {
  id: string;
  slug: string;
  title: string;
  /** Null when a fault left it without a verdict. */
  points: number | null;
  attainable: number;
  /** Of the first task that is not passed. */
  verdict: Verdict | 'fault';
  tasks: TaskRecord[];
  files: SubmittedFiles;
  /** The TypeScript compiler's errors in the student's files; only collected when something has failed. */
  typeErrors: Diagnostic[];
  fault?: Fault;
  milliseconds: number;
}

export interface TaskRecord {
  number: number;
  title: string;
  points: number;
  attainable: number;
  verdict: Verdict;
  checks: Check[];
}

export interface SubmittedFiles {
  taken: string[];
  missing: string[];
  /** Files of the student's that were there and could not be taken. */
  refused: { file: string; reason: string }[];
  /** Files that differ from the course's own and have no effect, the first of many. */
  notTaken: string[];
}

export interface Diagnostic {
  file: string;
  line: number;
  column: number;
  message: string;
}
