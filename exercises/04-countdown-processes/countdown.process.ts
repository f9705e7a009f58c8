// Task 1. The program of the child process: it receives a range, counts it, and sends the sum to its parent.
import { NotImplementedError } from '#shared/not-implemented.ts';

throw new NotImplementedError();
