// Schedules as text: what a person writes (`ABAB`) and what a report prints (`p1:0x2,1x2`).
import { withReason } from '../report/index.ts';
import { timersLane, unpack } from './run/index.ts';
import type { Choice } from './run/index.ts';

/**
 * @returns the token of an order: `p1:` and lane numbers, `xn` for a lane that goes on n times, `.k` for its k-th
 * younger operation
 */
export function orderToken(order: string): string {
  const parts: { name: string; times: number }[] = [];
  for (const { lane, pending } of unpack(order)) {
    const name = pending === 0 ? `${lane}` : `${lane}.${pending}`;
    const last = parts.at(-1);
    if (last?.name === name) last.times++;
    else parts.push({ name, times: 1 });
  }
  return `p1:${parts.map(({ name, times }) => (times === 1 ? name : `${name}x${times}`)).join(',')}`;
}

/**
 * Reads an order in any of its forms.
 * @param schedule a token, lane names in a row (`ABAB`, where names are single letters), or a list of lane names
 * @param lanes the names of the lanes, in their order
 * @returns the choices
 * @throws {RangeError} where it names a lane that is not there or is not written as an order
 */
export function readSchedule(schedule: string | readonly string[], lanes: readonly string[]): Choice[] {
  if (typeof schedule === 'string' && /^p\d+:/.test(schedule)) return readToken(schedule, lanes);
  const names = typeof schedule === 'string' ? splitNames(schedule, lanes) : schedule;
  return names.map((name, at) => {
    const lane = lanes.indexOf(name);
    if (lane >= 0) return { lane, pending: 0 };
    throw invalid(
      `Step ${at + 1} of the schedule names ${JSON.stringify(name)}, wanted one of ${tasksOf(lanes).join(', ')}; ` +
        `write for example ${example(lanes)}.`,
    );
  });
}

/** Single letters need no separators, and may have some anywhere. */
function splitNames(text: string, lanes: readonly string[]): string[] {
  const words = text.split(/[\s,]+/).filter(Boolean);
  return tasksOf(lanes).every((lane) => lane.length === 1) && words.some((word) => !lanes.includes(word))
    ? [...words.join('')]
    : words;
}

const tasksOf = (lanes: readonly string[]) => lanes.filter((lane) => lane !== timersLane);

function example(lanes: readonly string[]): string {
  const names = tasksOf(lanes).flatMap((lane) => [lane, lane]);
  return names.every((name) => name.length === 1) ? names.join('') : names.join(',');
}

function readToken(token: string, lanes: readonly string[]): Choice[] {
  if (!token.startsWith('p1:'))
    throw invalid(
      `The token ${token} is of another version, wanted one that begins with p1:; explore again to get a new one.`,
    );
  const body = token.slice('p1:'.length);
  if (body === '') return [];
  return body.split(',').flatMap((part) => {
    const match = /^(\d+)(?:\.(\d+))?(?:[x*](\d+))?$/.exec(part);
    const lane = Number(match?.[1]);
    if (!match || lane >= lanes.length) {
      throw invalid(
        `The token ${token} has the part ${JSON.stringify(part)}, wanted a lane from 0 to ` +
          `${tasksOf(lanes).length - 1} such as 0x2; copy the whole token from the report.`,
      );
    }
    const times = Math.min(Number(match[3] ?? 1), 100_000);
    return Array.from({ length: times }, () => ({ lane, pending: Number(match[2] ?? 0) }));
  });
}

function invalid(sentence: string): RangeError {
  return withReason('invalid-schedule', new RangeError(sentence));
}
