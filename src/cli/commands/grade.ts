import { gradeCommand } from '#src/grade/commands.ts';
import type { Context } from '../context.ts';

export interface GradeOptions {
  submission?: string;
  json?: string;
  failUnder?: string;
}

/** `kata grade`: points and named verdicts for a submission, judged apart from anything that a student could touch. */
export const grade = (context: Context, names: readonly string[], options: GradeOptions): Promise<number> =>
  gradeCommand(context, names, options);
