import type { Message, ReportedError } from './messages.ts';
import type { SuiteRun } from './results.ts';

/** What the messages so far say of one check. */
export interface Draft {
  vitestId: string;
  id: string;
  task: number;
  taskTitle: string;
  title: string;
  skipped: boolean;
  requirements: string[];
  started: boolean;
  ended?: Extract<Message, { type: 'check-ended' }>;
  errors: ReportedError[];
}

/**
 * @param messages what the reporter has sent so far
 * @returns the checks of the tasks that were asked for, in the order of the suite, and the names of checks that
 *   belong to no task
 */
export function collect(messages: readonly Message[], run: SuiteRun): { drafts: Draft[]; strays: string[] } {
  const drafts = new Map<string, Draft>();
  const strays: string[] = [];
  const counts = new Map<number, number>();
  for (const message of messages) {
    if (message.type === 'collected') {
      for (const { id, names, skipped, requirements } of message.checks) {
        const [, number, taskTitle = ''] = /^Task (\d+): (.*)$/.exec(names[0] ?? '') ?? [];
        if (number === undefined || names.length < 2) strays.push(names.join(' › '));
        else if (run.tasks === undefined || run.tasks.includes(Number(number))) {
          const task = Number(number);
          const place = (counts.get(task) ?? 0) + 1;
          counts.set(task, place);
          const title = names.slice(1).join(' › ');
          drafts.set(id, {
            vitestId: id,
            id: `${task}.${place}`,
            task,
            taskTitle,
            title,
            skipped,
            requirements,
            started: false,
            errors: [],
          });
        }
      }
    } else if (message.type === 'check-started') {
      const draft = drafts.get(message.id);
      if (draft) draft.started = true;
    } else if (message.type === 'check-ended') {
      const draft = drafts.get(message.id);
      if (!draft) continue;
      draft.ended = message;
      // A retry may have succeeded: the errors of the failed attempt don't count then.
      if (message.state === 'failed') draft.errors.push(...message.errors);
    } else if (message.type === 'group-failed') {
      for (const id of message.ids) drafts.get(id)?.errors.push(...message.errors);
    }
  }
  return { drafts: [...drafts.values()], strays };
}
