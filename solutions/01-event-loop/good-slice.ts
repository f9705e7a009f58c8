/**
 * @returns a number of steps for a slice: small enough to keep the event loop responsive, and large enough to waste
 *   little time between the slices
 */
export function goodSlice(): number {
  // A step takes some 30 ns, so this is about 3 ms: a fifth of a frame at 60 frames per second.
  return 100_000;
}
