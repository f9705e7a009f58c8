import type { DoctorLine } from './doctor-line.ts';
import { folders } from './folders.ts';
import { load, node, operatingSystem, powerAndHost, processorQuota, processors } from './machine.ts';

/**
 * Everything that decides whether the kata work here and whether timings can be trusted.
 * @param root the course's folder, absolute
 * @returns one line for each thing looked at, in a fixed order
 */
export async function diagnose(root: string): Promise<DoctorLine[]> {
  const quota = await processorQuota();
  return [
    node(),
    operatingSystem(),
    processors(),
    ...(quota ? [quota] : []),
    load(),
    ...(await powerAndHost()),
    ...(await folders(root)),
  ];
}
