// Task 1. This file runs in every Worker. It imports the task module, then runs the task on each item that the pool sends.
throw new Error('Not implemented yet');
