// Task 2. This file runs inside the Worker: it receives a range, counts it, and posts the sum to the parent thread.
import { NotImplementedError } from '#shared/not-implemented.ts';

throw new NotImplementedError();
