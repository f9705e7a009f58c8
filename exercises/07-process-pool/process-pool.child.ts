// Task 1: this file runs in each child process. It loads the task module, then runs the task on every item that the pool sends, one at a time.
throw new Error('Not implemented yet');
