// Exercise: 11
// File: mutex.ts
// Task: 2
// Class: forges an exploration
// Attack: Imports the explorer's modules into its thread and patches the class that runs a schedule.
// Verdict: failed or lost update or wrong order or crash
// With namespaces: stopped
// Without namespaces: stopped

const { ScheduleRun } = await import('#src/interleave/promises/run/index.ts' as string);
if (ScheduleRun) {
  const { start } = ScheduleRun.prototype;
  ScheduleRun.prototype.start = async function () {
    const result = await start.call(this);
    delete result.failure;
    return { ...result, failure: undefined };
  };
}

export class Mutex {
  acquire = () => Promise.resolve(() => undefined);
  isLocked = () => false;
  runExclusive = async (task: () => unknown) => task();
}
