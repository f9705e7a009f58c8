// The short text that a schedule is replayed from: `c1:0x5,1x2,0x3` is five steps of thread 0, two of thread 1, three
// of thread 0, with one preemption. `0*5` is read, too; it is not printed, since a shell takes `*` for a pattern.
import { withReason } from '../report/index.ts';

/** @param path thread by thread */
export function tokenOf(path: ArrayLike<number>, preemptions: number): string {
  const runs: string[] = [];
  for (let at = 0; at < path.length;) {
    let end = at + 1;
    while (end < path.length && path[end] === path[at]) end++;
    runs.push(`${path[at]}x${end - at}`);
    at = end;
  }
  return `c${preemptions}:${runs.join(',')}`;
}

/**
 * Reads a schedule in any of its forms.
 * @param schedule a token, thread names in a row where each is one character, or a list of thread names
 * @param names of the threads
 * @returns thread by thread
 * @throws {TypeError} if it names no thread of the program, or is none of these forms
 */
export function parseSchedule(schedule: string | readonly string[], names: readonly string[]): number[] {
  if (typeof schedule !== 'string') return schedule.map((name, at) => threadOf(name, at, names));
  const token = /^\s*c\d+:(.*)$/.exec(schedule);
  if (token) return token[1]!.trim() === '' ? [] : token[1]!.split(',').flatMap((run) => parseRun(run, names));
  const letters = [...schedule.replaceAll(/[\s,;·-]+/g, '')];
  return letters.map((name, at) => threadOf(name, at, names));
}

function parseRun(run: string, names: readonly string[]): number[] {
  const parts = /^\s*(\d+)[x*](\d{1,6})\s*$/.exec(run);
  const thread = Number(parts?.[1]);
  if (!parts || thread >= names.length) {
    throw invalid(
      `The schedule's token has the part \`${run}\`, wanted \`thread x steps\` such as \`0x5\`, ` +
        `with a thread from 0 to ${names.length - 1}: copy the token whole from the report.`,
    );
  }
  return new Array<number>(Number(parts[2])).fill(thread);
}

function threadOf(name: string, at: number, names: readonly string[]): number {
  const thread = names.indexOf(name);
  if (thread < 0)
    throw invalid(
      `The schedule names \`${name}\` at step ${at + 1}, but the threads are ${names.join(', ')}: ` +
        'write the schedule with these names, or a token such as c1:0x5,1x2.',
    );
  return thread;
}

function invalid(sentence: string): TypeError {
  return withReason('invalid-schedule', new TypeError(sentence));
}
