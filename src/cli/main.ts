import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { KataError } from '#src/course/kata-error.ts';
import type { Context } from './context.ts';
import { processTerminal } from './terminal.ts';

const courseRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/**
 * The program behind `npm run kata`. Each command lives in commands/ and is loaded when it is called.
 * @param argv the words after `kata`
 * @param context where to work and print; this course and this process by default
 * @returns the exit code: 0 done, 1 the command says what is wrong, 2 the words were not understood
 */
export async function main(argv: readonly string[], context: Context = { root: courseRoot, terminal: processTerminal() }): Promise<number> {
  const { terminal } = context;
  let code = 0;
  const program = new Command('kata').description(texts.about).showSuggestionAfterError().exitOverride()
    .configureOutput({ writeOut: (text) => terminal.line(text.trimEnd()), writeErr: (text) => terminal.note(text.trimEnd()) });
  const command = (words: string, about: string, examples: string): Command =>
    program.command(words).description(about).addHelpText('after', `\nExamples:\n${examples.trim().split('\n').map((line) => `  $ npm run kata ${line.trim()}`).join('\n')}`);

  command('list', texts.list, 'list\nlist -- --json').option('--json', texts.json)
    .action(async (options: { json?: boolean }) => { code = await (await import('./commands/list.ts')).list(context, options); });
  command('pack [exercise...]', texts.pack, 'pack\npack 03')
    .action(async (names: string[]) => { code = await (await import('./commands/pack.ts')).pack(context, names); });

  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof KataError)) throw error;
    terminal.note(error.message);
    return 1;
  }
}

const texts = {
  about: 'Concurrency katas: learn, run, compare, grade.',
  list: 'every exercise, with state and points',
  pack: 'for authors: keeps what lies in exercises/ as the untouched copy that reset restores',
  json: 'print JSON for a program',
};
