// Task 1: this file runs inside each Worker. Its `workerData` is a Job. It waits at the start barrier until all Workers
// have arrived, then does its increments.
throw new Error('Not implemented yet');
