// For tests: one bounded search of in-process bodies, without the report around it.
import { InProcessExecutor } from '../threads/agents/index.ts';
import { MemoryLayout, Model } from '../threads/model/index.ts';
import type { InProcessBody, MemorySpec } from '../threads/model/index.ts';
import { BoundedDfs, ScheduleChecker, Walker } from '../threads/search/index.ts';
import type { FailingSchedule } from '../threads/search/index.ts';

/** How far to search. */
export interface EnumerationLimits {
  bound: number;
  cache: boolean;
  /** Steps after which a schedule is cut. Default 500. */
  steps?: number;
  /** Timers that may fire early. Default 2. */
  timers?: number;
}

/** What the search gave. */
export interface Enumeration {
  progress: string;
  schedules: number;
  steps: number;
  failure: FailingSchedule | undefined;
  race: boolean;
  /** Final memory and returns, each as text, sorted. */
  finals: string[];
}

/** Searches the schedules of bodies, as threads A, B, … */
export function enumerate(
  memory: MemorySpec,
  bodies: readonly InProcessBody[],
  limits: EnumerationLimits,
): Enumeration {
  const layout = new MemoryLayout(memory);
  const model = new Model(layout, bodies.length, { clocks: true });
  const executor = new InProcessExecutor(
    bodies.map((body) => ({ body, args: [] })),
    layout,
  );
  const checker = new ScheduleChecker(layout, [...'ABCDEFGH'].slice(0, bodies.length), {});
  const walker = new Walker(model, executor, checker, { steps: limits.steps ?? 500, timers: limits.timers ?? 2 }, true);
  const search = new BoundedDfs(walker, {
    bound: limits.bound,
    schedules: Infinity,
    bytes: Infinity,
    cache: limits.cache,
  });
  const progress = search.advance(Infinity);
  const finals = checker.outcomes.list().map(({ memory: values, returns }) => `${text(values)} ${text(returns)}`);
  return {
    progress,
    schedules: search.schedules,
    steps: walker.steps,
    failure: walker.failure,
    race: walker.race !== undefined,
    finals: finals.sort(),
  };
}

function text(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'bigint' || typeof each === 'number' || each === undefined ? String(each) : each,
  );
}
