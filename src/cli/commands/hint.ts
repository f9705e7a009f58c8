import { hasSolutions, type Exercise } from '#src/course/index.ts';
import { revealHint } from '#src/guide/index.ts';
import { chosenExercise } from '../chosen-exercises.ts';
import type { Context } from '../context.ts';
import { hintText } from '../hint-text.ts';
import { taskNumber } from '../task-number.ts';

/** `kata hint`: one step further with each call, for the task that fails or the one that is named. */
export async function hint(
  { root, terminal }: Context,
  name: string | undefined,
  task: string | undefined,
  { all }: { all?: boolean },
): Promise<number> {
  const exercise = await chosenExercise(root, name);
  const revealed = await revealHint(
    root,
    exercise,
    task === undefined ? undefined : taskNumber(exercise, task, 'hint'),
    all,
  );
  for (const warning of revealed.warnings) terminal.note(warning);
  terminal.line(`${hintText(exercise, revealed, terminal)}\n`);
  const { from, steps, of } = revealed;
  terminal.line(
    from + steps.length - 1 < of ? texts.more(exercise, revealed.task) : texts.last(exercise, hasSolutions(root)),
  );
  return 0;
}

const texts = {
  more: ({ id }: Exercise, task: number) => `One step further: npm run kata hint ${id} ${task}`,
  last: ({ id }: Exercise, reference: boolean) =>
    `That was the last step.${reference ? ` The reference beside your code: npm run kata solution ${id}` : ''}`,
};
