// Task 4: is the object collected? Read each experiment, and write your prediction in predictions.ts.
import { EventEmitter } from 'node:events';
import { collectGarbage } from './collect-garbage.ts';

/**
 * - `collected`: the garbage collector has taken the object away
 * - `alive`: it is still there
 */
export type Collected = 'collected' | 'alive';

interface Tools {
  /** The question is whether this object gets collected. */
  watch: (object: object) => void;
  /** Keeps a value reachable, as a variable of a running program does. */
  keep: (value: unknown) => void;
}

export const collectingExperiments = {
  cycle({ watch }) {
    const parent: { child?: object } = {};
    parent.child = { parent };
    watch(parent);
  },

  keyOfMap({ watch, keep }) {
    const user = { name: 'Ann' };
    keep(new Map([[user, 'a session']]));
    watch(user);
  },

  keyOfWeakMap({ watch, keep }) {
    const user = { name: 'Ann' };
    keep(new WeakMap([[user, { user }]])); // the value refers to the key
    watch(user);
  },

  weakRef({ watch, keep }) {
    const user = { name: 'Ann' };
    keep(new WeakRef(user));
    watch(user);
  },

  listener({ watch, keep }) {
    const user = { name: 'Ann' };
    const server = new EventEmitter();
    server.on('close', () => console.log(`Goodbye, ${user.name}`));
    keep(server);
    watch(user);
  },

  heldValue({ watch, keep }) {
    const user = { name: 'Ann' };
    const registry = new FinalizationRegistry<{ user: object }>(() => {});
    registry.register(user, { user }); // the second argument is what the callback gets
    keep(registry);
    watch(user);
  },
} satisfies Record<string, (tools: Tools) => void>;

export type CollectingExperiment = keyof typeof collectingExperiments;

/** What `keep` got. */
const kept = new Set<unknown>();

/**
 * Runs an experiment and requests a garbage collection.
 * @returns undefined if this runtime doesn't collect on request
 */
export async function runCollecting(name: CollectingExperiment): Promise<Collected | undefined> {
  const watched: WeakRef<object>[] = [];
  try {
    collectingExperiments[name]({
      watch: (object) => void watched.push(new WeakRef(object)),
      keep: (value) => void kept.add(value),
    });
    if (!(await collectGarbage())) return undefined;
    return watched.some((reference) => reference.deref() !== undefined) ? 'alive' : 'collected';
  } finally {
    kept.clear();
  }
}
