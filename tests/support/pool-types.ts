// The pools' interface as the suites use it. Each exercise has its own pool.ts, and the suites serve both exercises.
import { ItemError, PoolClosedError } from '#shared/pool.ts';
import { rethrowNotImplemented } from '#src/verdict/index.ts';

/** An instance of a student's pool. */
export interface AnyPool extends AsyncDisposable {
  run(item: unknown, options?: { signal?: AbortSignal }): Promise<unknown>;
  map(items: readonly unknown[], options?: { signal?: AbortSignal; chunkSize?: number }): Promise<unknown[]>;
  close(): Promise<void>;
  destroy(): Promise<void>;
}

/** A student's pool class. */
export type PoolClass = new (taskModule: URL, size: number, options?: { heapLimitMb?: number }) => AnyPool;

/** What a pool's Workers are. Nothing else differs between the two pools in the checks that they share. */
export interface PoolKind {
  /** The class. */
  readonly name: 'ThreadPool' | 'ProcessPool';
  /** What it starts. */
  readonly worker: 'Worker' | 'child process';
}

/** What a call rejected with, as plain data. */
export interface Thrown {
  /** `Error`, `TypeError`, … for an error; `none` for anything else. */
  readonly builtIn: string;
  /** The class of pool.ts that it is an instance of. */
  readonly ofPool?: 'ItemError' | 'PoolClosedError' | undefined;
  readonly name: string;
  readonly message: string;
  readonly code: unknown;
  readonly index: unknown;
  readonly cause: Thrown | undefined;
  /** What was thrown, if it is not an Error. */
  readonly value: unknown;
}

/** How a call settled. */
export type Settled =
  { readonly value: unknown; readonly thrown?: never } | { readonly thrown: Thrown; readonly value?: never };

/** @returns how a call of the pool settled */
export async function settled(call: Promise<unknown>): Promise<Settled> {
  try {
    return { value: await call };
  } catch (error) {
    rethrowNotImplemented(error);
    return { thrown: asData(error) };
  }
}

/** How an aborted call settled, and whether what it rejected with is `signal.reason` itself. */
export type Ending = Settled & { readonly isReason: boolean };

/** @returns how a call settled whose signal is aborted */
export async function endingOfAborted(call: Promise<unknown>, signal: AbortSignal): Promise<Ending> {
  const isReason = await call.then(
    () => false,
    (error: unknown) => Object.is(error, signal.reason),
  );
  return { ...(await settled(call)), isReason };
}

const builtIns = [TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, Error];

function asData(error: unknown, depth = 3): Thrown {
  if (!(error instanceof Error))
    return {
      builtIn: 'none',
      name: '',
      message: '',
      code: undefined,
      index: undefined,
      cause: undefined,
      value: typeof error === 'function' ? 'a function' : error,
    };
  const { name, message, cause, code, index } = error as Error & { code?: unknown; index?: unknown };
  return {
    builtIn: builtIns.find((each) => error instanceof each)?.name ?? 'Error',
    ofPool: error instanceof ItemError ? 'ItemError' : error instanceof PoolClosedError ? 'PoolClosedError' : undefined,
    name,
    message,
    code,
    index,
    value: undefined,
    cause: 'cause' in error && depth > 0 ? asData(cause, depth - 1) : undefined,
  };
}
