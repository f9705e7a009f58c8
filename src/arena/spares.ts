import { availableParallelism } from 'node:os';
import { cpuMilliseconds } from '#src/system/index.ts';
import { slownessOf } from './guest-clock.ts';
import { GuestProcess, type Role } from './guest-process.ts';

interface Spare {
  readonly guest: GuestProcess;
  readonly ready: Promise<boolean>;
}

/**
 * As many as start side by side without slowing each other down; short calls would otherwise wait for the start of
 * every guest.
 */
const kept = Math.min(2, availableParallelism());
/** Milliseconds that a guest gets to be ready: many times what one takes on a busy machine. */
const startPatience = 30_000;
const spares: Spare[] = [];

function prepare(role: Role): Spare {
  const guest = new GuestProcess(process.cwd(), role);
  const ready = new Promise<boolean>((resolve) => {
    guest.listener = (reply) => {
      guest.slowness = slownessOf(cpuMilliseconds(guest.mainPid));
      resolve(reply?.kind === 'ready');
    };
    // Student code that runs meanwhile may have stopped it.
    setTimeout(() => resolve(false), startPatience).unref();
  });
  guest.unref();
  return { guest, ready };
}

/** Starts guests to be at hand for the next calls, as far as they are not. */
export function warmUp(): void {
  while (spares.length < kept) spares.push(prepare('student'));
}

/** Waits until no guest is just starting: its start would take a processor from what is measured. */
export async function standStill(): Promise<void> {
  await Promise.all(spares.map(({ ready }) => ready));
}

/**
 * @param replace whether the next one is started at once
 * @param role whose code it is to run
 * @returns a guest that is ready to load a module
 * @throws {Error} where a process ends before it is ready, three times in a row
 */
export async function takeGuest(replace: boolean, role: Role): Promise<GuestProcess> {
  for (let tries = 0; ; tries++) {
    const { guest, ready } = (role === 'student' ? spares.shift() : undefined) ?? prepare(role);
    guest.ref();
    if (await ready) {
      if (replace && role === 'student') warmUp();
      return guest;
    }
    await guest.end();
    if (tries === 2)
      throw new Error(
        `The arena's process ends before it is ready (its output: ` +
          `${guest.output.trim().slice(0, 500) || 'none'}). Run npm run kata doctor.`,
      );
  }
}
