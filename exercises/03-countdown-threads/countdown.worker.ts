// Task 2: this file runs inside the Worker. It gets a range, counts it, and posts the sum to the thread that started it.
throw new Error('Not implemented yet');
