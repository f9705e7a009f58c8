import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { KataError } from '#src/course/kata-error.ts';
import type { RunOptions } from './commands/run.ts';
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

  command('start', texts.start, 'start').action(async () => { code = await (await import('./commands/start.ts')).start(context); });
  command('list', texts.list, 'list\nlist -- --json').option('--json', texts.json)
    .action(async (options: { json?: boolean }) => { code = await (await import('./commands/list.ts')).list(context, options); });
  command('run [exercise] [task]', texts.run, 'run\nrun 03\nrun 03 2\nrun 03 -- --solution')
    .option('--solution', 'judge the reference solution instead').option('--inline', 'run your code in the suite\'s own process, for breakpoints and coverage').option('--json', texts.json)
    .action(async (name: string | undefined, task: string | undefined, options: RunOptions) => { code = await (await import('./commands/run.ts')).run(context, name, task, options); });
  command('hint [exercise] [task]', texts.hint, 'hint\nhint 03\nhint 03 2\nhint 03 2 -- --all').option('--all', 'every step of the task at once')
    .action(async (name: string | undefined, task: string | undefined, options: { all?: boolean }) => { code = await (await import('./commands/hint.ts')).hint(context, name, task, options); });
  command('reset <exercise>', texts.reset, 'reset 03')
    .action(async (name: string) => { code = await (await import('./commands/reset.ts')).reset(context, name); });
  command('solution <exercise>', texts.solution, 'solution 03\nsolution 03 -- --yes').option('--yes', 'show it though the exercise is not solved')
    .action(async (name: string, options: { yes?: boolean }) => { code = await (await import('./commands/solution.ts')).solution(context, name, options); });
  command('doctor', texts.doctor, 'doctor\ndoctor -- --json').option('--json', texts.json)
    .action(async (options: { json?: boolean }) => { code = await (await import('./commands/doctor.ts')).doctor(context, options); });
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
  start: 'opens the first unsolved exercise and checks it at every save; without a terminal it tells where you are',
  list: 'every exercise, with state and points',
  run: 'runs the suite of one exercise on your files: what passed, what to look at first, what to do next',
  hint: 'the next hint for the task that fails, or for the one that is named',
  reset: 'puts an exercise back to its beginning; your files are kept in .kata/kept/',
  solution: 'the reference solution beside your files',
  doctor: 'what is fine on this machine, and what makes timings unreliable',
  pack: 'for authors: keeps what lies in exercises/ as the untouched copy that reset restores',
  json: 'print JSON for a program',
};
