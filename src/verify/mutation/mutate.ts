import { join } from 'node:path';
import pMap from 'p-map';
import type { Exercise } from '#src/course/index.ts';
import { readReference } from '../variants.ts';
import { thoseThatCompile } from './compiles.ts';
import { type Equivalent, isAbout, readEquivalents } from './equivalents.ts';
import { firstFailure, type Stage, stagesOf } from './judge.ts';
import { type Mutation, mutationsOf } from './operators.ts';
import { sample } from './sample.ts';

export interface MutateOptions {
  /** The course, absolute. */
  root: string;
  /** Only the mutations whose label contains this text; all when left out. */
  only?: string | undefined;
  /** How many mutations are judged at most; more are drawn from. */
  size: number;
  seed: number;
  /** How many are judged at once; those that reach the tasks about speed are always alone. */
  jobs: number;
  onStart?: (counts: MutationCounts) => void;
  onMutation?: (judged: JudgedMutation, progress: Progress) => void;
}

export interface MutationCounts {
  /** All that the operators make. */
  made: number;
  compileErrors: number;
  /** Of those that compile: the ones to judge. */
  drawn: number;
}

export interface JudgedMutation extends Mutation {
  /** `11 mutex.ts:12` */
  label: string;
  fate: 'killed' | 'survived' | 'equivalent' | 'not judged';
  /** What happened, in a few words. */
  summary: string;
  milliseconds: number;
}

export interface Progress {
  done: number;
  millisecondsLeft: number;
}

export interface MutationResult extends MutationCounts {
  judged: JudgedMutation[];
  /** Entries of the list that are about no mutation, or only about killed ones. */
  stale: Equivalent[];
  /** Killed of those that are not equivalent, from 0 to 1. */
  score: number;
}

/** @returns where a mutation stands, as `--only` names it */
const labelOf = ({ id }: Exercise, { file, line }: Mutation): string => `${id} ${file}:${line}`;

/**
 * Changes the reference of an exercise in every way that the standard operators know, and judges each change by the
 * suite.
 * @throws {KataError} a list of equivalents, or a mutant's patch, that cannot be read
 */
export async function mutate(exercise: Exercise, options: MutateOptions): Promise<MutationResult> {
  const { root, only = '', size, seed, jobs } = options;
  const reference = await readReference(root, exercise);
  const equivalents = await readEquivalents(root, exercise);
  const { plain, speed } = await stagesOf(root, exercise);
  const names = exercise.files.student;
  const made = (await Promise.all(names.map((name) => mutationsOf(name, reference.get(name) ?? '')))).flat();
  const chosen = made.filter((mutation) => labelOf(exercise, mutation).includes(only));
  const compiling = await thoseThatCompile(root, join(root, 'solutions', exercise.slug), names, chosen);
  const drawn = sample(compiling, size, seed);
  const counts = { made: chosen.length, compileErrors: chosen.length - compiling.length, drawn: drawn.length };
  options.onStart?.(counts);

  const judged: JudgedMutation[] = [];
  const began = performance.now();
  const report = (mutation: JudgedMutation) => {
    judged.push(mutation);
    const perMutation = (performance.now() - began) / judged.length;
    const millisecondsLeft = perMutation * (drawn.length - judged.length);
    options.onMutation?.(mutation, { done: judged.length, millisecondsLeft });
  };
  /** @returns nothing where no check has failed, and the tasks about speed are still to come */
  const judge = async (
    mutation: Mutation,
    stages: readonly Stage[],
    last: boolean,
  ): Promise<JudgedMutation | undefined> => {
    const start = performance.now();
    const ended = (fate: JudgedMutation['fate'], summary: string): JudgedMutation => {
      const milliseconds = Math.round(performance.now() - start);
      return { ...mutation, label: labelOf(exercise, mutation), fate, summary, milliseconds };
    };
    try {
      const files = new Map([...reference, [mutation.file, mutation.text]]);
      const failure = await firstFailure(root, exercise, files, stages);
      if (failure !== undefined) return ended('killed', failure);
      if (!last) return undefined;
      const listed = equivalents.find((each) => isAbout(each, mutation));
      return listed ? ended('equivalent', listed.reason) : ended('survived', 'no check fails');
    } catch (error) {
      return ended('not judged', (error as Error).message);
    }
  };

  const left: Mutation[] = [];
  const judgePlain = async (mutation: Mutation) => {
    const ended = await judge(mutation, plain(mutation.file), speed.length === 0);
    if (ended) report(ended);
    else left.push(mutation);
  };
  await pMap(drawn, judgePlain, { concurrency: jobs });
  for (const mutation of left) {
    const ended = await judge(mutation, [speed], true);
    if (ended) report(ended);
  }

  return { ...counts, judged, stale: staleOf(equivalents, made, judged), score: scoreOf(judged) };
}

/** @returns killed of all that are not equivalent; 1 where there is none */
function scoreOf(judged: readonly Pick<JudgedMutation, 'fate'>[]): number {
  const counted = judged.filter(({ fate }) => fate !== 'equivalent');
  return counted.length === 0 ? 1 : counted.filter(({ fate }) => fate === 'killed').length / counted.length;
}

/** An entry may stand for several places with the same lines: it is stale when none of them needs it. */
function staleOf(
  equivalents: readonly Equivalent[],
  made: readonly Mutation[],
  judged: readonly JudgedMutation[],
): Equivalent[] {
  return equivalents.filter((entry) => {
    const fates = judged.filter((each) => isAbout(entry, each)).map(({ fate }) => fate);
    const places = made.filter((each) => isAbout(entry, each));
    return fates.filter((fate) => fate === 'killed').length === places.length;
  });
}
