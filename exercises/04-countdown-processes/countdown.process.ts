// Task 1: this file is the program of the child process. It gets a range, counts it, and sends the sum to its parent.
throw new Error('Not implemented yet');
