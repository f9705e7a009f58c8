/** @returns the microseconds that this process has computed, with all its threads */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
