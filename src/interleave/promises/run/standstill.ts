import type { PromiseFailure } from './failures.ts';

// Taken before the clock is replaced.
const later = setTimeout;

/** Milliseconds in which an answer from outside would show that the code does not wait for the explorer. */
const patience = 20;

/** Times of `patience` for what ends by itself: a loader may have begun it, and not the code. */
const rounds = 25;

/** What of Node's own is always there in an agent. */
const own = ['MessagePort', 'Immediate', 'Timeout'];

/** @returns the files, sockets and others that this thread waits for, by their kind */
export const activeResources = () => process.getActiveResourcesInfo().filter((name) => !own.includes(name));

/** @returns the active ones without as many of each kind as there were */
function begunSince(earlier: readonly string[]): string[] {
  const known = [...earlier];
  return activeResources().filter((name) => {
    const at = known.indexOf(name);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}

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
 * @param earlier what was active before the schedule began
 */
export async function standstill(
  names: string,
  several: boolean,
  progress: () => string,
  after: string,
  earlier: readonly string[],
): Promise<PromiseFailure> {
  const before = progress();
  let active = begunSince(earlier);
  const seen = active;
  for (let round = 0; round === 0 || (round < rounds && active.length > 0 && progress() === before); round++) {
    await new Promise((resolve) => later(resolve, patience));
    active = begunSince(earlier);
  }
  if (active.length > 0 || progress() !== before) {
    const what = seen.length > 0 ? ` (${[...new Set(seen)].join(', ')})` : '';
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
