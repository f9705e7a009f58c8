// Calls that end in different ways, to be made at the same time. `begin` runs on the student's side, inside the arena;
// the rest is the model: how such a call settles, whatever else goes on.
import { mark, marked, type Board } from './pool-board.ts';
import type { Order } from './pool-task.ts';
import { endingOfAborted, settled, type AnyPool, type Ending } from './pool-types.ts';

interface Incident {
  /** What becomes of the call; follows "a call that". */
  readonly phrase: string;
  /** How it must settle; follows "must". */
  readonly must: string;
  readonly isRight: (ending: Ending) => boolean;
  /**
   * Makes the call.
   * @param own is in the name of each of its marks; an item that runs on waits for {@link mayEnd}
   */
  readonly begin: (pool: AnyPool, board: Board, own: string) => Promise<Ending>;
}

/** @returns an item whose result is the value */
export const echo = (value: unknown): Order => ({ do: 'echo', value });

const failsAt =
  (index: number, isCause: (cause: Ending) => boolean = () => true) =>
  ({ thrown }: Ending) =>
    thrown?.ofPool === 'ItemError' && thrown.index === index && isCause({ isReason: false, thrown: thrown.cause! });

const withoutSignal = async (call: Promise<unknown>): Promise<Ending> => ({
  ...(await settled(call)),
  isReason: false,
});

const spins = (own: string): string => `${own} spins`;

/** Makes a call that only an abort can end. None of its Workers has an answer under way then. */
function spin(pool: AnyPool, board: Board, own: string) {
  const controller = new AbortController();
  const { signal } = controller;
  const call = pool.map([{ do: 'spin', board, own: spins(own) } satisfies Order], { signal });
  return { call: endingOfAborted(call, signal), controller };
}

export const incidents = {
  succeeds: {
    phrase: 'should succeed (its signal is aborted afterwards)',
    must: 'resolve to [0, 1, 2]',
    isRight: ({ value }) => String(value) === '0,1,2',
    begin: async (pool) => {
      const controller = new AbortController();
      const items = [0, 1, 2].map((value): Order => ({ do: 'echo later', value }));
      const ending = await withoutSignal(pool.map(items, { chunkSize: 2, signal: controller.signal }));
      controller.abort();
      return ending;
    },
  },
  fails: {
    phrase: 'fails while another one of its items runs on',
    must: 'reject with an ItemError with index 2, whose cause is null',
    isRight: failsAt(2, ({ thrown }) => thrown?.value === null),
    begin: (pool, board, own) =>
      withoutSignal(
        pool.map([
          { do: 'hold', board, own: `${own} holds`, until: mayEnd(own) },
          { do: 'meet', board, own: `${own} meets`, others: [`${own} holds`] },
          { do: 'throw', what: 'null' },
          echo(3),
        ] satisfies Order[]),
      ),
  },
  unsendable: {
    phrase: 'has an item that cannot be sent',
    must: 'reject with an ItemError with index 1',
    isRight: failsAt(1),
    begin: (pool) => withoutSignal(pool.map([echo(0), echo(() => 1), echo(2)])),
  },
  loses: {
    phrase: 'runs an item that calls process.exit(9)',
    must: 'reject with an ItemError with index 1, whose cause names the exit code 9',
    isRight: failsAt(1, ({ thrown }) => /\b9\b/.test(thrown?.message ?? '')),
    begin: (pool, board, own) =>
      withoutSignal(pool.map([echo(0), { do: 'exit', code: 9, board, own }, echo(2)] satisfies Order[])),
  },
  aborted: {
    phrase: 'is aborted while it runs',
    must: 'reject with signal.reason',
    isRight: ({ isReason }) => isReason,
    begin: async (pool, board, own) => {
      const { call, controller } = spin(pool, board, own);
      await Promise.race([call, marked(board, spins(own))]);
      controller.abort(Object.freeze({ own }));
      return call;
    },
  },
  abortedAtOnce: {
    phrase: 'is aborted in the same step',
    must: 'reject with signal.reason',
    isRight: ({ isReason }) => isReason,
    begin: (pool, board, own) => {
      const { call, controller } = spin(pool, board, own);
      controller.abort(0);
      return call;
    },
  },
  refused: {
    phrase: 'is refused because of its chunkSize',
    must: 'reject with a RangeError',
    isRight: ({ thrown }) => thrown?.builtIn === 'RangeError',
    begin: (pool) => withoutSignal(pool.map([echo(0)], { chunkSize: 0 })),
  },
} satisfies Record<string, Incident>;

export type IncidentName = keyof typeof incidents;

/** What can become of a call without a signal. */
export const unaborted: readonly IncidentName[] = ['succeeds', 'fails', 'unsendable', 'loses', 'refused'];

export const aborted: readonly IncidentName[] = ['aborted', 'abortedAtOnce'];

/** A call in whose step a pool is ended, with another call behind it unless it is the last. */
export interface EndingCall {
  readonly name: IncidentName;
  readonly isLast?: boolean;
}

/** Two calls made in the same step. */
export type Pair = readonly [IncidentName, IncidentName];

/**
 * @param isWanted says which of them one of each pair has to be
 * @returns each pair once, a pair of two equal ones included, in the order that the draw gives
 */
export function pairsOf(
  names: readonly IncidentName[],
  draw: (least: number, most: number) => number,
  isWanted: (name: IncidentName) => boolean = () => true,
): Pair[] {
  const pairs: Pair[] = [];
  for (const [at, first] of names.entries())
    for (const second of names.slice(at).filter((each) => isWanted(first) || isWanted(each)))
      pairs.splice(draw(0, pairs.length), 0, draw(0, 1) === 0 ? [first, second] : [second, first]);
  return pairs;
}

/** The mark that ends the item which runs on after its call has failed. */
export const mayEnd = (own: string): string => `${own} may end`;

/** Makes both calls, and lets items that run on end when both have settled. */
export async function beginBoth(pool: AnyPool, board: Board, pair: Pair, own: string): Promise<Ending[]> {
  const names = pair.map((_, at) => `${own}.${at}`);
  const endings = await Promise.all(pair.map((each, at) => incidents[each].begin(pool, board, names[at]!)));
  for (const name of names) mark(board, mayEnd(name));
  return endings;
}
