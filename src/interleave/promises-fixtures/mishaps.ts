// One scenario for each way in which async code can go wrong.
import { strictEqual } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../promises.ts';

const two = (task: () => Promise<unknown>, other: () => Promise<unknown> = () => Promise.resolve()) => ({
  tasks: { A: task, B: other },
});

export const throws = (world: World) =>
  two(async () => {
    await world.operation('read');
    throw new TypeError('no such account');
  });

export const asserts = (world: World) =>
  two(async () => {
    strictEqual(await world.operation('read', () => 1), 2, 'one is not two');
  });

export const rejectsUnseen = (world: World) =>
  two(async () => {
    void Promise.reject(new Error('lost'));
    await world.operation('read');
  });

export const throwsInTimer = (world: World) =>
  two(async () => {
    setTimeout(() => {
      throw new Error('late');
    }, 5);
    await world.operation('read');
  });

export const exits = (world: World) =>
  two(async () => {
    await world.operation('read');
    process.exit(3);
  });

export const exitsReally = (world: World) =>
  two(async () => {
    await world.operation('read');
    (process as unknown as { reallyExit(code: number): void }).reallyExit(4);
  });

export const spins = (world: World) =>
  two(
    async () => {
      await world.operation('read');
      for (;;);
    },
    () => world.operation('write'),
  );

export const spinsInMicrotasks = (world: World) =>
  two(async () => {
    await world.operation('read');
    for (;;) await Promise.resolve();
  });

export const spinsAtStart = (world: World) => ({
  tasks: {
    A: () => world.operation('read'),
    B: () => {
      for (;;);
    },
  },
});

export const spinsInScene = () => {
  for (;;);
};

export const crossed = (world: World) => {
  const signal = () => {
    let fire!: () => void;
    const promise = new Promise<void>((resolve) => (fire = resolve));
    return { promise, fire };
  };
  const [left, right] = [signal(), signal()];
  return two(
    async () => {
      await world.operation('work');
      await left.promise;
      right.fire();
    },
    async () => {
      await right.promise;
      left.fire();
    },
  );
};

export const readsFile = () => two(() => readFile(new URL(import.meta.url)));

let runs = 0;
export const keepsState = (world: World) =>
  two(
    async () => {
      await world.operation(`run ${++runs}`);
    },
    () => world.operation('other'),
  );

export const pollsForEver = () => {
  const never = () => false;
  const poll = async () => {
    while (!never()) await sleep(1);
  };
  return two(poll, poll);
};

/** One waits for a flag by asking, the other sets it after some steps. */
export const pollsTillSet = (world: World) => {
  let set = false;
  return two(
    async () => {
      while (!(await world.operation('set?', () => set)));
    },
    async () => {
      await world.operation('work');
      await world.operation('set', () => void (set = true));
    },
  );
};

/** The same in one lane: what sets the flag waits beside the timers of the loop. */
export const pollsBesideItsOwnWork = (world: World) => {
  let set = false;
  return two(async () => {
    const polling = (async () => {
      while (!set) await sleep(1);
    })();
    await world.operation('work');
    await world.operation('set', () => void (set = true));
    await polling;
  });
};

/** And with a time limit of its own, which ends it. */
export const pollsUpToATime = (world: World) => {
  let over = false;
  return two(async () => {
    setTimeout(() => (over = true), 1000);
    while (!(await world.operation('over?', () => over)));
  });
};

export const floats = (world: World) => {
  let balance = 0;
  return {
    tasks: {
      A: async () => {
        await world.operation('read');
        void world.operation('write', () => void (balance = 1));
      },
    },
    state: () => ({ balance }),
  };
};

export const refuses = (world: World) =>
  two(async () => {
    await world
      .operation('pay', () => {
        throw new Error('card refused');
      })
      .catch(() => undefined);
  });

export const prints = (world: World) => ({
  tasks: {
    A: async () => {
      console.log('balance', { of: await world.operation('read', () => 1) });
    },
    B: () => world.operation('other'),
  },
  atEnd: () => 'shown for what it printed',
});

export const hoards = (world: World) =>
  two(async () => {
    await world.operation('read');
    const all: number[][] = [];
    for (;;) all.push(new Array<number>(1_000_000).fill(1.5));
  });
