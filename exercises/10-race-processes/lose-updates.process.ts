// Task 2. The program of each child process: in every round it reads the count, waits until all processes have read it,
// writes the count plus 1, and waits until all have written.
import { NotImplementedError } from '#shared/not-implemented.ts';

throw new NotImplementedError();
