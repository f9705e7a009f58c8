import { verifyCommand } from '#src/grade/commands.ts';
import type { Context } from '../context.ts';

export interface VerifyOptions {
  exercise?: string[];
  repeat?: string;
  busy?: string;
  jobs?: string;
}

/** `kata verify`: proves the course by judging every submission whose verdict is known. */
export const verify = (context: Context, options: VerifyOptions): Promise<number> => verifyCommand(context, options);
