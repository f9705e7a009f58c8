import type { Capacity } from '#src/speedup/index.ts';
import type { DoctorLine } from './doctor-line.ts';

/** Below this, a reference solution cannot show a speed-up either, and speed tasks come out inconclusive. */
const leastCapacity = 1.3;
/** One and the same work that takes this much longer from one moment to the next makes ratios doubtful. */
const steady = 1.2;

/** @returns what was measured: how much work several Workers did at once, and how even one of them alone was */
export function parallelWork({ capacity, workers, unsteadiness }: Capacity): DoctorLine {
  const name = 'parallel work';
  const found =
    `${workers} Workers at once do ${capacity.toFixed(2)} times the work of one; ` +
    `one alone varies by ${((unsteadiness - 1) * 100).toFixed(0)} %`;
  if (capacity < leastCapacity)
    return {
      name,
      level: 'warn',
      found,
      advice:
        'Too little runs in parallel here for a speed-up to show; close other programs or use a machine with more ' +
        'processors. Until then speed tasks are inconclusive and cost no points.',
    };
  if (unsteadiness > steady)
    return {
      name,
      level: 'warn',
      found,
      advice:
        'The processors are not even: other programs, heat or a shared host. Repeat a speed task that is inconclusive.',
    };
  return { name, level: 'ok', found };
}
