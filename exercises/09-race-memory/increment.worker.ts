// Task 1: this file runs inside each Worker. It gets a Job, waits at the start barrier until all Workers are there, then does its increments.
throw new Error('Not implemented yet');
