// Task 1. The program of the child process: it receives a range, counts it, and sends the sum to its parent.
throw new Error('Not implemented yet');
