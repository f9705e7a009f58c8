import { performance } from 'node:perf_hooks';
import type { GuestProcess } from './guest-process.ts';
import type { Hang } from './observation.ts';
import type { Reply, Request, Witness } from './messages.ts';
import { countRunnableThreads, cpuMilliseconds, descendants, residentBytes } from './process-tree.ts';

/** What a guest may use for one request. */
export interface Limits {
  /** Milliseconds until the request must have been answered. */
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
  | { readonly by: 'output' }
  | { readonly by: 'memory'; readonly bytes: number }
  | { readonly by: 'forgery' };

/** What a request's threads asked of the processors, as Observation tells it. */
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
const samplePeriod = 15;
/** A mean of fewer samples says too little. */
const fewestSamples = 6;
/** Milliseconds that an event loop gets to answer a ping before it counts as blocked: many times what a busy machine delays it. */
const pingPatience = 400;
/** Share of a processor from which on a thread counts as computing. */
const busyShare = 0.3;

/**
 * Sends a request and watches until it is answered, the process ends or a limit is passed. Ends nothing itself.
 * @param guest the process that is asked
 * @param request what is asked of it
 * @param limits what it may use
 * @returns how it went
 */
export async function supervise(guest: GuestProcess, request: Request, limits: Limits): Promise<Supervised> {
  const cpuBefore = await treeCpu(guest.pid);
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

  const sampling = sample(guest, limits, settled, settle);
  const timer = setTimeout(() => {
    const answered = new Promise<Witness | undefined>((resolve) => {
      onPong = resolve;
      setTimeout(() => resolve(undefined), pingPatience);
    });
    guest.send({ kind: 'ping' });
    void whatHangs(guest.pid, answered).then((hang) => settle({ by: 'timeout', ...hang }));
  }, limits.limit);

  const ended = await settled;
  clearTimeout(timer);
  const cpuAfter = ended.by === 'end' ? undefined : await treeCpu(guest.pid);
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

/** CPU of a process, of its children that have ended, and of those that still run. */
async function treeCpu(pid: number): Promise<number | undefined> {
  const own = await cpuMilliseconds(pid);
  if (own === undefined) return undefined;
  const others = await Promise.all((await descendants(pid)).map((each) => cpuMilliseconds(each)));
  return others.reduce<number>((sum, each) => sum + (each ?? 0), own);
}

/** Looks at the tree again and again until the request has ended: who is runnable, and how much memory is held. */
async function sample(guest: GuestProcess, limits: Limits, settled: Promise<unknown>, settle: (ended: Ended) => void): Promise<Demand | undefined> {
  let running = true;
  const over = settled.then(() => (running = false));
  const counts: number[] = [];
  for (;;) {
    await Promise.race([over, new Promise((resolve) => setTimeout(resolve, samplePeriod))]);
    if (!running) break;
    const pids = [guest.pid, ...(await descendants(guest.pid))];
    const [runnable, ...held] = await Promise.all([countRunnableThreads(pids), ...pids.map(residentBytes)]);
    const bytes = held.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    if (bytes > limits.memoryBytes) settle({ by: 'memory', bytes });
    if (running && runnable !== undefined) counts.push(runnable);
  }
  const busy = counts.filter((each) => each > 0);
  if (busy.length < fewestSamples) return undefined;
  return { offeredParallelism: busy.reduce((sum, each) => sum + each, 0) / busy.length, idleShare: 1 - busy.length / counts.length };
}

/** Tells what keeps a call from settling, from what its processes do while its event loop is pinged. */
async function whatHangs(pid: number, answered: Promise<Witness | undefined>): Promise<{ hang: Hang; witness: Witness | undefined }> {
  const look = async () => ({ at: performance.now(), main: await cpuMilliseconds(pid, pid), all: await treeCpu(pid) });
  const before = await look();
  // A fixed stretch to compare CPU over: a share of a shorter one would drown in the 10 ms that the kernel counts in.
  const [witness] = await Promise.all([answered, new Promise((resolve) => setTimeout(resolve, pingPatience / 2))]);
  const after = await look();
  const share = (from: number | undefined, to: number | undefined) => ((to ?? 0) - (from ?? 0)) / (after.at - before.at);
  if (witness === undefined) return { hang: share(before.main, after.main) >= busyShare ? 'endless loop' : 'blocked', witness };
  return { hang: share(before.all, after.all) >= busyShare ? 'others busy' : 'waiting', witness };
}
