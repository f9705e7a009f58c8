import { inspect } from 'node:util';
import type { Shown } from '../../report/index.ts';

/** @returns `value` as a timeline shows it */
export function shown(value: unknown): Shown {
  if (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    value === null
  )
    return value;
  return inspect(value, { breakLength: Infinity, depth: 2, maxArrayLength: 20 });
}
