import { GuestProcess } from './guest-process.ts';

interface Spare {
  readonly guest: GuestProcess;
  readonly ready: Promise<boolean>;
}

let spare: Spare | undefined;

function prepare(): Spare {
  const guest = new GuestProcess(process.cwd());
  const ready = new Promise<boolean>((resolve) => {
    guest.listener = (reply) => resolve(reply?.kind === 'ready');
  });
  guest.unref();
  return { guest, ready };
}

/** Starts a guest to be at hand for the next call, if none is. */
export function warmUp(): void {
  spare ??= prepare();
}

/** Waits until no guest is just starting: its start would take a processor from what is measured. */
export async function standStill(): Promise<void> {
  await spare?.ready;
}

/**
 * @param replace whether the next one is started at once
 * @returns a guest that is ready to load a module
 * @throws {Error} where a process ends before it is ready, three times in a row
 */
export async function takeGuest(replace: boolean): Promise<GuestProcess> {
  for (let tries = 0; ; tries++) {
    const { guest, ready } = spare ?? prepare();
    spare = undefined;
    guest.ref();
    if (await ready) {
      if (replace) warmUp();
      return guest;
    }
    await guest.end();
    if (tries === 2) throw new Error(`The arena's process ends before it is ready (its output: ${guest.output.trim().slice(0, 500) || 'none'}). Run npm run kata doctor.`);
  }
}
