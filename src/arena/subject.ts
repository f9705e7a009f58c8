import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { isHurried } from '#src/system/index.ts';
import type { Role } from './guest-process.ts';
import { isReference } from './reference.ts';

/**
 * Milliseconds a call gets where its suite does not say otherwise. A reference needs less than a twentieth; while a
 * student waits at the screen, a tenth is enough.
 */
const defaultLimit = isHurried ? 1_000 : 10_000;
/** The share that a hurried run gives of a limit that a suite has chosen. No call of a reference needs half of it. */
const hurriedShare = isHurried ? 0.15 : 1;
const mebibyte = 1 << 20;

/** How student code is to be run. */
export interface ArenaOptions {
  /**
   * Whether calls may share a process, where they test nothing that one call could do to the next. The process is
   * renewed as soon as a call hangs, crashes or leaves anything running.
   */
  readonly shared?: boolean;
  /** Milliseconds that a call may take, its imports included; a hurried run gives it a part of them. */
  readonly limit?: number;
  /** Bytes that it may print in all; 1 MiB by default. */
  readonly outputBytes?: number;
  /** Bytes of memory that its processes may hold together; 2 GiB by default. */
  readonly memoryBytes?: number;
  /**
   * For a module beside the suite: what each of its functions asks of the student's code, in place of a name that the
   * student has never seen. Such as `{ joinLate: () => 'join(child), called once the child had exited,' }`.
   */
  readonly calls?: CallNames;
  /** Whether the module is the explorer's: it runs the student's code in threads of its process. */
  readonly explores?: boolean;
}

/** Function → the call as a sentence's subject, made of the arguments. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each function has its own parameters
export type CallNames = Readonly<Record<string, (...args: any[]) => string>>;

/** A module that is called from outside, and what a call to it may use. */
export interface Subject {
  /** A `#kata/…` name or a file URL. */
  readonly specifier: string;
  readonly shared: boolean;
  readonly role: Role;
  readonly calls: CallNames;
  readonly limits: { readonly limit: number; readonly outputBytes: number; readonly memoryBytes: number };
}

/** @returns the module and its limits, defaults filled in */
export function subjectOf(
  specifier: string | URL,
  {
    shared = false,
    limit,
    outputBytes = mebibyte,
    memoryBytes = 2048 * mebibyte,
    calls = {},
    explores = false,
  }: ArenaOptions,
): Subject {
  const role = explores ? 'explorer' : isReference(String(specifier)) ? 'reference' : 'student';
  return {
    specifier: String(specifier),
    shared,
    role,
    calls,
    limits: { limit: limit === undefined ? defaultLimit : limit * hurriedShare, outputBytes, memoryBytes },
  };
}

/** @returns the call as the suite names it, or else as its author would write it, long arguments cut */
export function describeCall({ calls }: Pick<Subject, 'calls'>, name: string, args: readonly unknown[]): string {
  const named = calls[name];
  if (named !== undefined) return named(...args);
  const shown = args.map((each) =>
    inspect(each, { breakLength: Infinity, depth: 2, maxArrayLength: 4, maxStringLength: 40 }),
  );
  return `${name}(${shown.map((each) => (each.length > 60 ? `${each.slice(0, 57)}…` : each)).join(', ')})`;
}

/**
 * @returns the path of the file behind a specifier: a file URL, or a `#kata/…` name of the tree that this process is
 * aimed at
 */
export function fileOf(specifier: string): string {
  if (specifier.startsWith('file:')) return fileURLToPath(specifier);
  const target = process.execArgv.some((flag) => flag.endsWith('solutions')) ? 'solutions' : 'exercises';
  return resolve(process.cwd(), specifier.replace(/^#kata\//, `${target}/`));
}
