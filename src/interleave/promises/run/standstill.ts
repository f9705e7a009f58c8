import type { PromiseFailure } from './failures.ts';

// Taken before the clock is replaced.
const later = setTimeout;

/** Milliseconds in which an answer from outside would show that the code does not wait for the explorer. */
const patience = 20;

/** What of Node's own is always there in an agent. */
const own = ['MessagePort', 'Immediate', 'Timeout'];

/** Polls in a row, in all lanes, after which no one can be said to get anywhere. */
export const hopeless = 200;

/** @param names the tasks that have not ended, for the sentence */
export const polling = (names: string): PromiseFailure => ({
  verdict: 'livelock',
  reason: 'livelock',
  sentence: `${names} went on polling for ${hopeless} steps and nothing changed.`,
});

/**
 * Nothing is pending and not all tasks have ended: a deadlock, unless the code waits for something real.
 * @param names the tasks that have not ended, for the sentence
 * @param several whether it is more than one
 * @param progress changes when the code goes on by itself
 * @param after what was last seen of them, for the sentence
 */
export async function standstill(
  names: string,
  several: boolean,
  progress: () => string,
  after: string,
): Promise<PromiseFailure> {
  const before = progress();
  const busy = new Set(process.getActiveResourcesInfo().filter((name) => !own.includes(name)));
  await new Promise((resolve) => later(resolve, patience));
  if (busy.size > 0 || progress() !== before) {
    const what = busy.size > 0 ? ` (${[...busy].join(', ')})` : '';
    return {
      verdict: 'uncontrolled access',
      reason: 'uncontrolled-access',
      sentence:
        `${names} waited for something that the explorer does not control${what}; ` +
        'make it an operation of the world.',
    };
  }
  return {
    verdict: 'deadlock',
    reason: 'deadlock',
    sentence:
      `${names} ${several ? 'wait' : 'waits'} forever${after}, ` + 'and nothing is pending that could end the wait.',
  };
}
