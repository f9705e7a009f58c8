import { NotImplementedError } from '#shared/not-implemented.ts';

/**
 * Task 2: lets several processes increment one counter file, in rounds. In each round, every process reads before any
 * of them writes, so all updates but one are lost.
 * @param path the counter file
 * @param processes number of child processes, a positive integer
 * @param rounds number of increments that each process does, a positive integer
 * @returns the count in the end: the count in the beginning plus `rounds`
 * @throws the first failure of a process; once the promise has settled, none is running
 */
export async function loseUpdates(path: string, processes: number, rounds: number): Promise<number> {
  throw new NotImplementedError();
}
