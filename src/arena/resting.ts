import type { GuestProcess } from './guest-process.ts';
import type { Witness } from './messages.ts';
import type { Subject } from './subject.ts';

/** The process that a shared arena keeps from one call to the next. */
const resting = new WeakMap<Subject, GuestProcess>();

/** @returns the kept process, or nothing where there is none or it has ended meanwhile */
export function takeResting(subject: Subject): GuestProcess | undefined {
  const guest = resting.get(subject);
  resting.delete(subject);
  if (guest?.alive !== true) return undefined;
  guest.ref();
  guest.forgetOutput();
  return guest;
}

/**
 * Keeps a process for the next call, where the last one left nothing that could disturb it.
 * @param witness what the process counted when the call had settled
 * @returns whether it is kept; otherwise the caller ends it
 */
export function keepResting(subject: Subject, guest: GuestProcess, witness: Witness): boolean {
  const clean =
    witness.workers.alive === 0 &&
    witness.children.alive === 0 &&
    witness.resources.every((each) => each === 'PipeWrap');
  if (!clean || !guest.alive || resting.has(subject)) return false;
  guest.unref();
  resting.set(subject, guest);
  return true;
}
