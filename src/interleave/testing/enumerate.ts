// For tests: one bounded search of in-process bodies, without the report around it.
import { BoundedSearch } from '../threads/search/bounded-dfs.ts';
import type { Progress } from '../threads/search/bounded-dfs.ts';
import { InProcessProgram } from '../threads/agents/in-process-executor.ts';
import { Judge } from '../threads/search/judge.ts';
import type { Finding } from '../threads/search/judge.ts';
import { MemoryLayout } from '../threads/model/memory-layout.ts';
import { Model } from '../threads/model/model.ts';
import type { InProcessBody, MemorySpec } from '../threads/model/types.ts';
import { Walker } from '../threads/search/walker.ts';

/** How far to search. */
export interface FixtureLimits {
  bound: number;
  cache: boolean;
  /** Steps after which a schedule is cut. Default 500. */
  steps?: number;
  /** Timers that may fire early. Default 2. */
  timers?: number;
}

/** What the search gave. */
export interface FixtureResult {
  progress: Progress;
  schedules: number;
  steps: number;
  finding: Finding | undefined;
  race: boolean;
  /** Final memory and returns, each as text, sorted. */
  finals: string[];
}

/** Searches all bodies, which are the lanes A, B, … */
export function enumerate(memory: MemorySpec, bodies: readonly InProcessBody[], limits: FixtureLimits): FixtureResult {
  const layout = new MemoryLayout(memory);
  const model = new Model(layout, bodies.length, { clocks: true });
  const program = new InProcessProgram(
    bodies.map((body) => ({ body, args: [] })),
    layout,
  );
  const judge = new Judge(layout, [...'ABCDEFGH'].slice(0, bodies.length), {});
  const walker = new Walker(model, program, judge, { steps: limits.steps ?? 500, timers: limits.timers ?? 2 }, true);
  const search = new BoundedSearch(walker, { bound: limits.bound, schedules: Infinity, cache: limits.cache });
  const progress = search.advance(Infinity);
  const finals = judge.outcomes().map(({ memory: values, returns }) => `${text(values)} ${text(returns)}`);
  return {
    progress,
    schedules: search.schedules,
    steps: walker.steps,
    finding: walker.finding,
    race: walker.race !== undefined,
    finals: finals.sort(),
  };
}

function text(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'bigint' || typeof each === 'number' || each === undefined ? String(each) : each,
  );
}
