import { KataError } from '#src/course/index.ts';

/**
 * @param flag its name, for the message
 * @param given what was typed
 * @throws {KataError} where `given` is not an integer in that range
 */
export function integerFlag(flag: string, given: string, least: number, most: number): number {
  const value = numberIn(given, least, most);
  if (Number.isInteger(value)) return value as number;
  throw new KataError(`${flag} must be an integer from ${least} to ${most}, got "${given}".`);
}

/**
 * @param flag its name, for the message
 * @param given what was typed
 * @throws {KataError} where `given` is not a number in that range
 */
export function numberFlag(flag: string, given: string, least: number, most: number): number {
  const value = numberIn(given, least, most);
  if (value !== undefined) return value;
  throw new KataError(`${flag} must be a number from ${least} to ${most}, got "${given}".`);
}

const levels = ['auto', 'require', 'none'] as const;

/** @throws {KataError} where `given` is no level of isolation */
export function isolationFlag(given: string): (typeof levels)[number] {
  const level = levels.find((each) => each === given);
  if (level === undefined) throw new KataError(`--isolation must be auto, require or none, got "${given}".`);
  return level;
}

function numberIn(given: string, least: number, most: number): number | undefined {
  const value = given.trim() === '' ? Number.NaN : Number(given);
  return value >= least && value <= most ? value : undefined;
}
