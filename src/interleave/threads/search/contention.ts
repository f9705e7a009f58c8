import type { Model } from '../model/index.ts';
import { ELEMENT_BYTES, Kind, mayWrite } from '../steps/index.ts';

/** Which threads use one byte of memory, as bits, and whether any of them may change it or wake its sleepers. */
interface Use {
  threads: number;
  changes: boolean;
}

/**
 * @param model after a search
 * @returns whether any two threads use the same memory, one of them to change it. If none do, all schedules end alike.
 */
export function contended({ histories }: Model): boolean {
  const uses = new Map<number, Use>();
  for (const [thread, { nodes }] of histories.entries())
    for (const { operation } of nodes) {
      if (!operation || operation.kind === Kind.PAUSE) continue;
      const changes = mayWrite(operation.kind) || operation.kind === Kind.NOTIFY;
      const end = operation.offset + ELEMENT_BYTES[operation.type]!;
      for (let byte = operation.offset; byte < end; byte++) {
        const use = uses.get(byte) ?? { threads: 0, changes: false };
        use.threads |= 1 << thread;
        use.changes ||= changes;
        if (use.changes && (use.threads & (use.threads - 1)) !== 0) return true;
        uses.set(byte, use);
      }
    }
  return false;
}
