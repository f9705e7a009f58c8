import { performance } from 'node:perf_hooks';
import { isNotImplemented } from '#src/verdict/index.ts';
import { decodeError, encodeError } from './errors.ts';
import type { Observation } from './observation.ts';
import { type Subject, describeCall } from './subject.ts';
import { install, restart, testify } from './witness.js';

/** Milliseconds that Workers and children get to be gone once a call has settled. */
const drainPatience = 1_500;

/**
 * Calls a function in this very process. Nothing is stopped and nothing is ended: a hang hangs the suite, as a
 * breakpoint should.
 * @returns what can be seen from inside: CPU time and parallelism are unknown, and `left` counts Workers and children
 * only
 */
export async function callInline(
  subject: Subject,
  name: string,
  args: readonly unknown[],
  drain: boolean,
): Promise<Observation> {
  install();
  restart();
  const module = (await import(/* @vite-ignore */ subject.specifier)) as Record<
    string,
    (...args: readonly unknown[]) => unknown
  >;
  const started = performance.now();
  let settled: Pick<Observation, 'outcome' | 'reason' | 'sentence' | 'value' | 'error'>;
  try {
    settled = {
      outcome: 'value',
      reason: 'returned',
      sentence: '',
      value: structuredClone(await module[name]?.(...(structuredClone(args) as unknown[]))),
    };
  } catch (error) {
    settled = {
      outcome: 'error',
      reason: isNotImplemented(error) ? 'not-implemented' : 'threw',
      sentence: `${describeCall(subject, name, args)} threw ${String(error)}.`,
      error: decodeError(encodeError(error)),
    };
  }
  const wallMilliseconds = performance.now() - started;
  const alive = () => {
    const { workers, children } = testify();
    return [
      ...(workers.alive > 0 ? [`${workers.alive} Worker(s)`] : []),
      ...(children.alive > 0 ? [`${children.alive} process(es)`] : []),
    ];
  };
  for (const deadline = performance.now() + drainPatience; drain && alive().length > 0 && performance.now() < deadline;)
    await new Promise(setImmediate);
  const { workers, children } = testify();
  return {
    ...settled,
    wallMilliseconds,
    cpuMilliseconds: undefined,
    offeredParallelism: undefined,
    idleShare: undefined,
    workers,
    children,
    left: drain ? alive() : [],
    output: '',
  };
}
