import { advanceTo, virtualTime, type Handle } from './clock.ts';
import type { Asked, Pending } from './pending-lanes.ts';

/** What a timer needs of the run that it belongs to. */
export interface TimerOwner {
  push(asked: Asked): Pending;
  drop(pending: Pending): void;
  fire(): void;
}

/** Makes a timer a pending step. An interval pushes the next one before it fires. */
export function controlledTimer(
  kind: 'timer' | 'immediate',
  delay: number,
  repeats: boolean,
  owner: TimerOwner,
): Handle {
  const label = kind === 'immediate' ? 'setImmediate' : `${repeats ? 'interval' : 'timer'} of ${delay} ms`;
  let pending: Pending | undefined;
  const push = () => {
    const due = virtualTime() + delay;
    const perform = () => {
      advanceTo(due);
      if (repeats) push();
      owner.fire();
    };
    pending = owner.push({ kind, label, delay, repeats, perform });
  };
  push();
  return {
    clear: () => {
      if (!pending) return;
      owner.drop(pending);
      pending = undefined;
    },
  };
}
