/**
 * The task of the pools' bench.
 * @param milliseconds how long to keep a processor busy; 0 is the trivial task
 * @returns the same number
 */
export default function task(milliseconds: number): number {
  if (milliseconds > 0) {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  }
  return milliseconds;
}
