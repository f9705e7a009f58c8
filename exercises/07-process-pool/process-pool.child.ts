// Task 1. This file runs in every child process. It imports the task module, then runs the task on each item that the pool
// sends.
throw new Error('Not implemented yet');
