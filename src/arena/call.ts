import { isNotImplemented } from '#src/verdict/index.ts';
import { decodeError } from './errors.ts';
import type { GuestProcess } from './guest-process.ts';
import { diagnoseLoad } from './load-diagnosis.ts';
import type { Reply, Witness } from './messages.ts';
import type { Observation } from './observation.ts';
import { keepResting, takeResting } from './resting.ts';
import { type Report, sentenceOf } from './sentences.ts';
import { takeGuest } from './spares.ts';
import { type Subject, fileOf } from './subject.ts';
import { type Supervised, supervise } from './supervision.ts';
import { workerFiles } from './worker-files.ts';

/**
 * Milliseconds, by the guest's own clock, that Workers, children and handles get to be gone once a call has settled. A
 * tidy answer needs a few, and one that ends them a second later must not pass.
 */
const drainPatience = 400;

const nothing: Witness = {
  workers: { started: 0, peak: 0, alive: 0 },
  children: { started: 0, peak: 0, alive: 0 },
  resources: [],
};

/**
 * Calls one function in a new process, or in the one that a shared arena has kept. Ends that process with all that it
 * has started, unless the arena is shared and the call left nothing behind.
 * @param subject the module and its limits
 * @param name the function
 * @param args what it gets
 * @param drain whether to wait, once the call has settled, for the event loop to run empty
 * @returns what was seen
 */
export async function callInGuest(
  subject: Subject,
  name: string,
  args: readonly unknown[],
  drain: boolean,
): Promise<Observation> {
  const kept = takeResting(subject);
  const guest = kept ?? (await takeGuest(true, subject.role));
  let over = false;
  try {
    const failed = await load(guest, subject, name, args);
    // What ended the process may come from the call before: only a fresh process shows which call it was.
    const again = () => callInGuest(subject, name, args, drain);
    if (failed !== undefined) return kept !== undefined && !guest.alive ? await again() : failed;
    const went = await supervise(guest, { kind: 'call', name, args }, subject.limits);
    if (kept !== undefined && went.ended.by === 'end') return await again();
    const settled = went.ended.by === 'reply' && went.ended.reply.kind !== 'idle';
    const after =
      drain && settled
        ? await supervise(guest, { kind: 'drain' }, { ...subject.limits, limit: drainPatience })
        : undefined;
    if (subject.shared && (await rests(guest, subject, went, after))) {
      over = true;
      return await observationOf(guest, subject, name, args, went, []);
    }
    over = true;
    const survivors = await guest.end();
    // A timer or a listener that was left has ended the process: the call is to blame.
    const last = after?.ended.by === 'end' ? after : went;
    return await observationOf(guest, subject, name, args, last, drain ? leftOver(after, survivors) : [], settled);
  } finally {
    if (!over) await guest.end();
  }
}

/** Keeps the process of a shared arena for the next call, where the last one has left it as it was. */
async function rests(
  guest: GuestProcess,
  subject: Subject,
  went: Supervised,
  after: Supervised | undefined,
): Promise<boolean> {
  const { ended } = after ?? went;
  if (ended.by !== 'reply' || !('witness' in ended.reply) || went.ended.by !== 'reply') return false;
  // A call that never settled ran empty itself, and a drained process says just that.
  if ((ended.reply.kind === 'idle') !== (after !== undefined)) return false;
  if ((await guest.started()).length > 0) return false;
  return keepResting(subject, guest, ended.reply.witness);
}

/**
 * Loads the module.
 * @returns what to tell if it cannot be loaded or lacks the function, else undefined
 */
export async function load(
  guest: GuestProcess,
  subject: Subject,
  name: string,
  args: readonly unknown[],
): Promise<Observation | undefined> {
  const went = await supervise(guest, { kind: 'load', specifier: subject.specifier }, subject.limits);
  const { ended } = went;
  if (ended.by === 'reply' && ended.reply.kind === 'loaded' && ended.reply.exports.includes(name)) return undefined;
  return observationOf(guest, subject, name, args, went, []);
}

/** A scenario may import the student's code when it is called: then the call fails with what the import fails with. */
const failsToLoad = (reply: Reply | undefined): boolean =>
  reply?.kind === 'load failed' || (reply?.kind === 'threw' && reply.error.name === 'SyntaxError');

/**
 * Puts together what a request's end means.
 * @param settled whether the call had settled before what is told
 */
export async function observationOf(
  guest: GuestProcess,
  subject: Subject,
  name: string,
  args: readonly unknown[],
  went: Supervised,
  left: readonly string[],
  settled = false,
): Promise<Observation> {
  const { ended } = went;
  const reply = ended.by === 'reply' ? ended.reply : undefined;
  const report: Report = {
    name,
    args,
    ended,
    uncaught: went.uncaught,
    settled,
    limits: subject.limits,
    subject: subject.specifier,
    calls: subject.calls,
    printed: guest.output,
    ending: ended.by === 'end' ? await guest.ended : undefined,
    workerFiles:
      ended.by === 'timeout' && ended.hang === 'others-busy'
        ? await workerFiles(subject.specifier).catch(() => [])
        : [],
    loadProblem: failsToLoad(reply) ? await diagnoseLoad(fileOf(subject.specifier)).catch(() => undefined) : undefined,
  };
  const { outcome, reason, sentence } = sentenceOf(report);
  const witness =
    (reply !== undefined && 'witness' in reply ? reply.witness : ended.by === 'timeout' ? ended.witness : undefined) ??
    nothing;
  const encoded = reply !== undefined && 'error' in reply ? reply.error : went.uncaught?.error;
  return {
    outcome,
    reason: encoded !== undefined && isNotImplemented(encoded) ? 'not-implemented' : reason,
    sentence,
    ...(report.loadProblem && { place: report.loadProblem.place }),
    ...(reply?.kind === 'returned' ? { value: reply.value } : {}),
    ...(encoded === undefined ? {} : { error: decodeError(encoded) }),
    ...(report.ending === undefined ? {} : { exitCode: report.ending.code, signal: report.ending.signal }),
    wallMilliseconds: went.wallMilliseconds,
    cpuMilliseconds: went.cpuMilliseconds,
    offeredParallelism: went.demand?.offeredParallelism,
    idleShare: went.demand?.idleShare,
    workers: witness.workers,
    children: witness.children,
    left,
    output: guest.output,
  };
}

/** The guest's own handle: its channel and its output. A student's pipe leads to a child, listed separately. */
const ofGuest = 'PipeWrap';
/** Kinds of handle that stand for a Worker or a child. */
const ofOthers = new Set(['MessagePort', 'Worker', 'ProcessWrap']);

/** Phrases for what still ran when a settled call's process should have come to rest. */
function leftOver(after: Supervised | undefined, survivors: readonly string[]): string[] {
  if (after === undefined) return [...survivors];
  const { ended } = after;
  const witness =
    ended.by === 'reply' && 'witness' in ended.reply
      ? ended.reply.witness
      : ended.by === 'timeout'
        ? ended.witness
        : undefined;
  const alive = witness?.workers.alive ?? 0;
  const others = [...(alive > 0 ? [`${alive} ${alive === 1 ? 'Worker' : 'Workers'}`] : []), ...survivors];
  if (ended.by !== 'timeout') return others;
  if (ended.hang === 'endless-loop') return [...others, 'a main thread that computes on'];
  if (ended.hang === 'blocked') return [...others, 'a main thread that is blocked'];
  const handles = (witness?.resources ?? []).filter(
    (each) => each !== ofGuest && (others.length === 0 || !ofOthers.has(each)),
  );
  return [...others, ...handles.map((each) => `a ${each} handle`)];
}
