// Runs the student's increment under the explorer.
import { increment } from '#kata/10-race-processes/counter-file.ts';
import type { Scene, World } from '#src/interleave/index.ts';
import { path, twoIncrements } from './counter-directory.ts';

/** Both processes call `increment`. */
export const increments = (world: World): Scene => twoIncrements(world, (files) => increment(path, files));
