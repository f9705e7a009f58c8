import { measureCapacity } from '#src/speedup/index.ts';
import type { DoctorLine } from './doctor-line.ts';
import { folders } from './folders.ts';
import { load, node, operatingSystem, powerAndHost, processorQuota, processors } from './machine.ts';
import { parallelWork } from './parallel.ts';

/**
 * Everything that decides whether the kata work here and whether timings can be trusted. Takes about two seconds, most
 * of them for measuring how much really runs in parallel.
 * @param root the course's folder, absolute
 * @returns one line for each thing looked at, in a fixed order
 */
export async function diagnose(root: string): Promise<DoctorLine[]> {
  // Before the measurement, which is load itself.
  const loadBefore = load();
  const quota = await processorQuota();
  return [
    node(),
    operatingSystem(),
    processors(),
    ...(quota ? [quota] : []),
    loadBefore,
    parallelWork(await measureCapacity()),
    ...(await powerAndHost()),
    ...(await folders(root)),
  ];
}
