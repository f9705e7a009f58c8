// Task 1: this file runs inside each Worker. Its `workerData` is a Job. It waits at the start barrier until all Workers
// have arrived, then does its increments.
import { NotImplementedError } from '#shared/not-implemented.ts';

throw new NotImplementedError();
