import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { hasSolutions, KataError } from '#src/course/index.ts';
import type { GradeClassOptions } from './commands/grade-class.ts';
import type { PlayFlags } from './commands/play.ts';
import type { RunOptions } from './commands/run.ts';
import type { ServeOptions } from './commands/serve.ts';
import type { AuthorCommands, Context } from './context.ts';
import { processTerminal } from './terminal.ts';

const courseRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/**
 * The program behind `npm run kata`. Each command lives in commands/ and is loaded when it is called.
 * @param argv the words after `kata`
 * @param context where to work and print; this course and this process by default
 * @returns the exit code: 2 where the words were not understood, otherwise the command's own (0 done, 1 see what it
 * says)
 */
export async function main(
  argv: readonly string[],
  context: Context = { root: courseRoot, terminal: processTerminal() },
): Promise<number> {
  const { terminal } = context;
  let code = 0;
  const program = new Command('kata')
    .usage('<command> [options]')
    .description(texts.about)
    .addHelpText('after', texts.dashes)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.line(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    });
  const command = (words: string, about: string, ...examples: string[]): Command =>
    program
      .command(words)
      .description(about)
      .helpGroup(groupOf(words.split(' ')[0] ?? ''))
      .showHelpAfterError(texts.help(words))
      .addHelpText('after', `\nExamples:\n${examples.map((words) => `  $ npm run kata ${words}`).join('\n')}`);

  command('start [exercise]', texts.start, 'start', 'start 12').action(async (name: string | undefined) => {
    code = await (await import('./commands/start.ts')).start(context, name);
  });
  command('list', texts.list, 'list', 'list -- --json')
    .option('--json', texts.json)
    .action(async (options: { json?: boolean }) => {
      code = await (await import('./commands/list.ts')).list(context, options);
    });
  command('run [exercise] [task]', texts.run, 'run', 'run 03', 'run 03 2', 'run 03 2.4', 'run 12 -- --html report.html')
    .option('--solution', 'judge the reference solution instead')
    .option('--all', 'explain every check that fails, not only the first')
    .option('--seed <seed>', 'repeat the drawn inputs of an earlier failure')
    .option('--html <file>', 'write a page that steps through the failing schedules, for any browser')
    .option('--inline', "run your code in the suite's own process, for breakpoints and coverage")
    .option('--json', texts.json)
    .action(async (name: string | undefined, task: string | undefined, options: RunOptions) => {
      code = await (await import('./commands/run.ts')).run(context, name, task, options);
    });
  command('try <exercise> [args...]', texts.try, 'try 03', 'try 05 http://127.0.0.1:8080', 'try 03 -- --solution')
    .option('--solution', 'try the reference solution instead')
    .action(async (name: string, args: string[], options: { solution?: boolean }) => {
      code = await (await import('./commands/try.ts')).tryOut(context, name, args, options);
    });
  command('hint [exercise] [task]', texts.hint, 'hint', 'hint 03', 'hint 03 2', 'hint 03 2 -- --all')
    .option('--all', 'every step of the task at once')
    .action(async (name: string | undefined, task: string | undefined, options: { all?: boolean }) => {
      code = await (await import('./commands/hint.ts')).hint(context, name, task, options);
    });
  command('reset <exercise>', texts.reset, 'reset 03').action(async (name: string) => {
    code = await (await import('./commands/reset.ts')).reset(context, name);
  });
  command('solution <exercise>', texts.solution, 'solution 03', 'solution 03 -- --yes')
    .option('--yes', 'show it though the exercise is not solved')
    .action(async (name: string, options: { yes?: boolean }) => {
      code = await (await import('./commands/solution.ts')).solution(context, name, options);
    });
  command('doctor', texts.doctor, 'doctor', 'doctor -- --json')
    .option('--json', texts.json)
    .action(async (options: { json?: boolean }) => {
      code = await (await import('./commands/doctor.ts')).doctor(context, options);
    });
  command(
    'replay <exercise> [program] [schedule]',
    texts.replay,
    'replay 09',
    'replay 09 five-each ABAB',
    'replay 08 two-deposits ABAB -- --solution',
  )
    .option('--solution', 'replay the reference solution instead')
    .action(
      async (
        name: string,
        program: string | undefined,
        schedule: string | undefined,
        options: { solution?: boolean },
      ) => {
        code = await (await import('./commands/replay.ts')).replay(context, name, program, schedule, options);
      },
    );
  command(
    'play <exercise> [program] [schedule]',
    texts.play,
    'play 09',
    'play 09 five-each c1:0x1,1x10,0x9',
    'play ./my-lock.ts',
    'play 12 -- --solution',
  )
    .option('--solution', 'play the reference solution instead')
    .option('--no-open', 'print the address, and open no browser')
    .action(async (name: string, program: string | undefined, schedule: string | undefined, options: PlayFlags) => {
      code = await (await import('./commands/play.ts')).play(context, name, program, schedule, options);
    });
  command(
    'grade [exercises...]',
    texts.grade,
    'grade',
    'grade 03 04',
    'grade -- --submission ../handed-in --json record.json',
    'grade -- --fail-under 60',
    'grade -- --format gradescope --format junit --out results',
    'grade -- --format summary --format annotations',
    'grade -- --submission ../handed-in --format html --out results',
    'grade -- --submissions ../handed-in --out ../results',
    'grade 03 04 -- --submissions ../handed-in --out ../shard-3 --shard 3/20',
  )
    .option(
      '--submission <folder>',
      'a folder laid out like exercises/, or a repository that has one (default: exercises/ itself)',
    )
    .option('--submissions <folder>', 'a folder with one such folder per student: the results of all go to --out')
    .option('--shard <n/m>', 'with --submissions: only this part of the students, such as 3/20')
    .option('--json <file>', 'write the record there; - prints it on standard output')
    .option('--format <name>', texts.format, (name: string, names: string[] = []) => [...names, name])
    .option('--out <folder>', 'write the files of the formats, or the results of a class, there; it is made if missing')
    .option('--isolation <level>', 'auto (default), require: refuse to judge without namespaces, none: do without them')
    .option('--fail-under <percent>', 'exit with 1 below that percentage of the points')
    .action(async (names: string[], options: GradeClassOptions) => {
      const isClass = options.submissions !== undefined || options.shard !== undefined;
      if (isClass) code = await (await import('./commands/grade-class.ts')).gradeClass(context, names, options);
      else code = await (await import('./commands/grade.ts')).grade(context, names, options);
    });
  command('serve', texts.serve, 'serve', 'serve -- --port 8080 --delay 500')
    .option('--port <port>', 'where to listen (default: a free one)')
    .option('--delay <milliseconds>', 'from a request to its answer (default: 100)')
    .action(async (options: ServeOptions) => {
      code = await (await import('./commands/serve.ts')).serve(options);
    });
  // The students' edition of the course has no commands for authors.
  const authors = new URL('./author-commands.ts', import.meta.url);
  if (existsSync(authors)) {
    const { addAuthorCommands } = (await import(authors.href)) as AuthorCommands;
    addAuthorCommands(command, context, (ended) => (code = ended));
  } else {
    for (const name of [...forInstructors, ...forAuthors]) {
      const hidden = program.command(name, { hidden: true }).allowUnknownOption().allowExcessArguments();
      hidden.action(() => refuse(texts.leftOut(name)));
    }
  }
  program.hook('preAction', (_, called) => {
    const { solution } = called.opts<{ solution?: boolean }>();
    const name = solution ? `${called.name()} --solution` : called.name();
    if ((solution || name === 'solution') && !hasSolutions(context.root)) refuse(texts.leftOut(name));
  });

  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof KataError)) throw error;
    terminal.note(error.message);
    return error.exitCode;
  }
}

/** Commands that a student never needs. */
const forInstructors = ['merge', 'export'];
const forAuthors = ['verify', 'bench', 'pack', 'contract', 'draw', 'mutant'];

function groupOf(name: string): string {
  if (forInstructors.includes(name)) return texts.instructors;
  return forAuthors.includes(name) ? texts.authors : texts.students;
}

function refuse(message: string): never {
  throw Object.assign(new KataError(message), { exitCode: 2 });
}

const texts = {
  students: 'Commands:',
  instructors: 'Commands for instructors:',
  authors: 'Commands for authors of exercises:',
  about: 'Concurrency katas: learn, run, compare, grade.',
  dashes: '\nnpm takes what begins with a dash for itself: put -- before it, as in npm run kata list -- --json',
  help: (words: string) => `What it takes: npm run kata help ${words.split(' ')[0] ?? ''}`,
  start:
    'opens the first unsolved exercise, or the named one, and checks it at every save; without a terminal it ' +
    'prints where you are',
  list: 'every exercise, with state and points',
  run: 'runs the suite of one exercise on your files: what passed, what to look at first, what to do next',
  try: 'runs your code on real numbers and prints the times, without judging',
  hint: 'the next hint for the task that fails, or for the one that is named',
  reset: "restores an exercise's initial files; yours are kept in .kata/kept/",
  solution: 'the reference solution beside your files',
  doctor: 'what is fine on this machine, and what makes timings unreliable',
  replay: 'one schedule of a race or lock exercise, step by step; without a schedule it lists the programs',
  play: 'a local page where you choose which thread of your own code takes the next step, until Ctrl-C',
  grade: 'judges a submission: points by task, named verdicts, a record as JSON',
  serve: 'the pages of exercise 05 on this machine, for trials by hand, until Ctrl-C',
  leftOut: (name: string) =>
    `kata ${name} is for the course itself: this is the students' edition, which has no reference solutions and no ` +
    'wrong answers. What it has: npm run kata help',
  json: 'print JSON for a program',
  format:
    'write the result for another program, too (repeatable): summary, annotations, classroom, gradescope, ' +
    'prairielearn, exercism, junit, csv or html; without --out, annotations go to standard output, and summary goes ' +
    'to the file $GITHUB_STEP_SUMMARY or else to standard output',
};
