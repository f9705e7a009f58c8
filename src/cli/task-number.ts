import { type Exercise, KataError } from '#src/course/index.ts';

/**
 * @param text what was typed for a task, or for one of its checks: `2` or `2.4`
 * @param command the command it was typed for
 * @returns the task's number, from 1
 * @throws {KataError} names the tasks there are
 */
export function taskNumber({ id, tasks }: Exercise, text: string, command: string): number {
  const number = Number(text.replace(/\.\d+$/, ''));
  if (Number.isInteger(number) && number >= 1 && number <= tasks.length) return number;
  throw new KataError(
    `Exercise ${id} has the tasks 1 to ${tasks.length}, and ` +
      `"${text}" is none of them. Try: npm run kata ${command} ${id} 1`,
  );
}
