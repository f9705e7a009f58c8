import type { ErrorReason } from './reasons.ts';

/**
 * What the explorer's functions reject with, except for a wrong option (a TypeError or RangeError with the same
 * `reason`).
 */
export class ExplorerError extends Error {
  override name = 'ExplorerError';
  readonly reason: ErrorReason;

  /** @param message one sentence */
  constructor(reason: ErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** @returns the error, which now carries the reason */
export function withReason<E extends Error>(reason: ErrorReason, error: E): E & { readonly reason: ErrorReason } {
  return Object.assign(error, { reason });
}
