// Times an answer against a baseline and a reference in the same rounds, and says when a machine cannot tell.
export { measureCapacity, type Capacity } from './capacity.ts';
export { barChart } from './chart.ts';
export { best, clockPasses, speedupsOf, tellingSpeedup } from './judgement.ts';
export { timeRounds, type Run } from './rounds.ts';
export { expectFaster, measureSpeedup, type Annotate, type SpeedupReport } from './speedup.ts';
