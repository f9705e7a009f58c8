// Task 1. This file runs in every Worker. It imports the task module, then runs the task on each item that the pool
// sends.
import { NotImplementedError } from '#shared/not-implemented.ts';

throw new NotImplementedError();
