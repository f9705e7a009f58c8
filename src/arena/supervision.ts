import { performance } from 'node:perf_hooks';
import { GuestClock } from './guest-clock.ts';
import type { GuestProcess } from './guest-process.ts';
import type { Hang } from './observation.ts';
import type { Reply, Request, Witness } from './messages.ts';
import {
  countRunnableThreads,
  cpuMilliseconds,
  descendants,
  keepers,
  mainThreadIsRunnable,
  residentBytes,
  strays,
} from '#src/system/index.ts';

/** What a guest may use for one request. */
export interface Limits {
  /** Milliseconds, by {@link GuestClock}, until the request must have been answered. */
  readonly limit: number;
  /** Bytes of output, both streams together. */
  readonly outputBytes: number;
  /** Bytes of memory, all processes together. */
  readonly memoryBytes: number;
}

/** What ended a request: an answer, the end of the process, or a limit. */
export type Ended =
  | { readonly by: 'reply'; readonly reply: Reply }
  | { readonly by: 'end' }
  | { readonly by: 'timeout'; readonly hang: Hang; readonly witness: Witness | undefined }
  /** The limit has passed many times, and the guest has still not had its time: nobody can tell whether it hangs. */
  | { readonly by: 'starvation'; readonly given: number }
  | { readonly by: 'output' }
  | { readonly by: 'memory'; readonly bytes: number }
  | { readonly by: 'forgery' };

/** What a request's threads asked of the processors, as in Observation. */
interface Demand {
  readonly offeredParallelism: number;
  readonly idleShare: number;
}

/** How a request went, as seen from outside. */
export interface Supervised {
  readonly ended: Ended;
  readonly wallMilliseconds: number;
  readonly cpuMilliseconds: number | undefined;
  readonly demand: Demand | undefined;
  /** What was thrown last and caught by nobody, if anything. */
  readonly uncaught: Extract<Reply, { kind: 'uncaught' }> | undefined;
}

/** Milliseconds between two looks at the process tree. */
const samplePeriod = 40;
/**
 * A guest that does not get its time is not waited for any longer than this many times its limit, or milliseconds if
 * these are more: what ends the wait is inconclusive, and would let a wrong answer pass.
 */
const longestStretch = 20;
const longestWait = 200_000;
/** Fewer samples say too little. */
const fewestSamples = 5;
/**
 * Milliseconds that an event loop gets to answer a ping before it counts as blocked: many times what a busy machine
 * delays it.
 */
const pingPatience = 300;

/**
 * Sends a request and watches until it is answered, the process ends or a limit is passed. Ends nothing itself.
 * @param guest the process that is asked
 * @param request what is asked of it
 * @param limits what it may use
 * @returns how it went
 */
export async function supervise(guest: GuestProcess, request: Request, limits: Limits): Promise<Supervised> {
  const cpuBefore = cpuOf(treeOf(guest));
  let uncaught: Supervised['uncaught'];
  let onPong: (witness: Witness) => void = () => undefined;
  let settle: (ended: Ended) => void = () => undefined;
  const settled = new Promise<Ended>((resolve) => (settle = resolve));

  guest.listener = (reply) => {
    if (guest.forged) settle({ by: 'forgery' });
    else if (reply === undefined) settle({ by: 'end' });
    else if (reply.kind === 'uncaught') uncaught = reply;
    else if (reply.kind === 'pong') onPong(reply.witness);
    else settle({ by: 'reply', reply });
  };
  guest.onOutput = () => void (guest.outputBytes > limits.outputBytes && settle({ by: 'output' }));

  const started = performance.now();
  guest.send(request);
  let wallMilliseconds: number | undefined;
  void settled.then(() => (wallMilliseconds = performance.now() - started));

  const onTimeout = () => {
    const answered = new Promise<Witness | undefined>((resolve) => {
      onPong = resolve;
      setTimeout(() => resolve(undefined), pingPatience);
    });
    guest.send({ kind: 'ping' });
    void whatHangs(guest, answered).then((hang) => settle({ by: 'timeout', ...hang }));
  };
  const sampling = sample(guest, limits, settled, settle, onTimeout);

  const ended = await settled;
  const cpuAfter = ended.by === 'end' ? undefined : cpuOf(treeOf(guest));
  const demand = await sampling;
  guest.listener = () => undefined;
  guest.onOutput = () => undefined;
  return {
    ended,
    uncaught,
    wallMilliseconds: wallMilliseconds ?? performance.now() - started,
    cpuMilliseconds: cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore,
    demand,
  };
}

/**
 * A guest's process, and those that it has started and that still run. Strays count for every guest: what they take of
 * the processors and of memory is student code's, too.
 */
const treeOf = ({ pid }: GuestProcess): [number, ...number[]] => [pid, ...descendants(pid), ...strays(), ...keepers];

/** @returns CPU time that a guest and all that it has started have used so far, ms; undefined where nobody tells */
export const cpuSoFar = (guest: GuestProcess): number | undefined => cpuOf(treeOf(guest));

/** CPU of a tree's processes, and of their children that have ended. */
function cpuOf([root, ...others]: [number, ...number[]]): number | undefined {
  const own = cpuMilliseconds(root);
  if (own === undefined) return undefined;
  return others.reduce((sum, each) => sum + (cpuMilliseconds(each) ?? 0), own);
}

/**
 * Looks at the tree again and again until the request has ended: who is runnable, how much memory is held, and whether
 * the time is over.
 */
async function sample(
  guest: GuestProcess,
  limits: Limits,
  settled: Promise<unknown>,
  settle: (ended: Ended) => void,
  onTimeout: () => void,
): Promise<Demand | undefined> {
  let running = true;
  let timedOut = false;
  const over = settled.then(() => (running = false));
  const counts: number[] = [];
  const clock = new GuestClock(guest.slowness);
  const started = performance.now();
  for (let last = started; ;) {
    await Promise.race([over, new Promise((resolve) => setTimeout(resolve, samplePeriod))]);
    if (!running) break;
    const pids = treeOf(guest);
    const runnable = countRunnableThreads(pids);
    const bytes = pids.reduce((sum, pid) => sum + (residentBytes(pid) ?? 0), 0);
    if (bytes > limits.memoryBytes) settle({ by: 'memory', bytes });
    const now = performance.now();
    clock.look({ elapsed: now - last, runnable, cpu: cpuOf(pids) });
    last = now;
    if (!timedOut) {
      const given = clock.milliseconds;
      timedOut = given >= limits.limit;
      if (timedOut) onTimeout();
      else if (now - started >= Math.max(longestStretch * limits.limit, longestWait))
        settle({ by: 'starvation', given });
    }
    if (running && runnable !== undefined) counts.push(runnable);
  }
  const busy = counts.filter((each) => each > 0);
  if (busy.length < fewestSamples) return undefined;
  // The median, not the mean: while Workers start, other threads of Node want a processor too, and on a loaded machine
  // for long.
  const offeredParallelism = busy.sort((a, b) => a - b)[busy.length >> 1] ?? 0;
  return { offeredParallelism, idleShare: 1 - busy.length / counts.length };
}

/**
 * Tells what keeps a call from settling, from who wants a processor while its event loop is pinged. Wanting is looked
 * at, not CPU time: on a machine with other work a thread may get little of it.
 */
async function whatHangs(
  { pid, mainPid }: GuestProcess,
  answered: Promise<Witness | undefined>,
): Promise<{ hang: Hang; witness: Witness | undefined }> {
  let watching = true;
  const looks: { main: boolean; any: boolean }[] = [];
  const watched = (async () => {
    while (watching || looks.length < fewestSamples) {
      const runnable = countRunnableThreads([pid, ...descendants(pid)]) ?? 0;
      looks.push({ main: mainThreadIsRunnable(mainPid), any: runnable > 0 });
      await new Promise((resolve) => setTimeout(resolve, samplePeriod));
    }
  })();
  const witness = await answered;
  watching = false;
  await watched;
  const mostly = (who: 'main' | 'any') => looks.filter((look) => look[who]).length > looks.length / 2;
  if (witness === undefined) return { hang: mostly('main') ? 'endless-loop' : 'blocked', witness };
  if (!mostly('any')) return { hang: 'waiting', witness };
  const others = witness.workers.alive > 0 || descendants(mainPid).length > 0;
  return { hang: others ? 'others-busy' : 'endless-awaits', witness };
}
