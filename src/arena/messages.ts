import type { EncodedError } from './errors.ts';

/** The file descriptor that referee and guest talk over; standard output stays the student's own. */
export const channelDescriptor = 3;
/** Bytes of the key that seals the channel. */
export const keyBytes = 32;

/** What the referee asks of a guest. */
export type Request =
  | { readonly kind: 'load'; readonly specifier: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly unknown[] }
  /** After a call has settled: tell when nothing keeps the process alive any more. */
  | { readonly kind: 'drain' }
  | { readonly kind: 'ping' };

/** What a guest sends to its referee. */
export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'loaded'; readonly exports: readonly string[] }
  | { readonly kind: 'load failed'; readonly error: EncodedError }
  | { readonly kind: 'returned'; readonly value: unknown; readonly witness: Witness }
  | { readonly kind: 'threw'; readonly error: EncodedError; readonly witness: Witness }
  | { readonly kind: 'unclonable'; readonly message: string; readonly witness: Witness }
  /** The event loop ran empty: behind a settled call all is tidy, within one its promise can never settle. */
  | { readonly kind: 'idle'; readonly witness: Witness }
  | { readonly kind: 'pong'; readonly witness: Witness }
  /** Sent from the last breath of a process that an error nobody caught brings down. */
  | { readonly kind: 'uncaught'; readonly error: EncodedError; readonly origin: string };

/** What the guest's own process counted since it was loaded. */
export interface Witness {
  readonly workers: Tally;
  readonly children: Tally;
  /** What keeps the event loop alive now, in Node's words: Timeout, TCPSocketWrap, MessagePort, … */
  readonly resources: readonly string[];
}

/** How many were started so far, how many lived at once at the most, how many live now. */
export interface Tally {
  readonly started: number;
  readonly peak: number;
  readonly alive: number;
}
