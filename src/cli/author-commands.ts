import { Option } from 'commander';
import type { AuthorCommands } from './context.ts';
import type { AttackOptions } from './commands/attacks.ts';
import type { BenchOptions } from './commands/bench.ts';
import type { ExportOptions } from './commands/export.ts';
import type { MutantOptions } from './commands/mutant.ts';
import type { MutateOptions } from './commands/mutate.ts';
import type { VerifyOptions } from './commands/verify.ts';

/** What `kata verify` does in place of judging known submissions. */
interface VerifyChoice {
  mutate?: true;
  attacks?: true;
}

/** Adds the commands for authors of exercises and for instructors, which the students' edition leaves out. */
export const addAuthorCommands: AuthorCommands['addAuthorCommands'] = (command, context, end) => {
  command('verify', texts.verify, 'verify', 'verify -- --exercise 03', 'verify -- --repeat 30 --busy 2')
    .option('--exercise <exercises...>', 'only these')
    .option('--only <text>', 'only the submissions whose label contains it, such as mutants/no-join')
    .option('--repeat <times>', 'judge each submission that often')
    .option('--busy <processes>', 'beside that many busy processes')
    .option('--jobs <number>', 'submissions at once, where no clock is involved')
    .addOption(
      new Option('--quick', 'of the mutants that fail the same check first, judge one').conflicts([
        'restyled',
        'record',
        'mutate',
        'attacks',
      ]),
    )
    .option('--restyled', 'judge the mistakes in other styles instead, and count how many are recognized')
    .option('--record', 'write what each mutant fails to tests/NN-slug/mistakes.json, instead of checking')
    .option('--mutate', 'change the references with standard operators, and show what no check notices')
    .option('--attacks', 'grade the wrong answers that try to cheat, with namespaces and without')
    .option('--sample <number>', 'with --mutate: that many mutations of an exercise at most (default: 200)')
    .option('--seed <number>', 'with --mutate: draws the same sample again')
    .action(async ({ mutate, attacks, ...options }: VerifyChoice & VerifyOptions & MutateOptions & AttackOptions) => {
      if (attacks) end(await (await import('./commands/attacks.ts')).attacks(context, options));
      else if (mutate) end(await (await import('./commands/mutate.ts')).mutate(context, options));
      else end(await (await import('./commands/verify.ts')).verify(context, options));
    });
  command('merge <folders...>', texts.merge, 'merge ../shard-1 ../shard-2 -- --out ../results')
    .option('--out <folder>', 'write the merged results there; it is made if it is missing')
    .action(async (folders: string[], options: { out?: string }) => {
      end(await (await import('./commands/merge.ts')).merge(context, folders, options));
    });
  command('bench [names...]', texts.bench, 'bench', 'bench pools', 'bench -- --quick')
    .option('--quick', 'only show that everything runs')
    .action(async (names: string[], options: BenchOptions) => {
      end(await (await import('./commands/bench.ts')).bench(context, names, options));
    });
  command('pack [exercises...]', texts.pack, 'pack', 'pack 03').action(async (names: string[]) => {
    end(await (await import('./commands/pack.ts')).pack(context, names));
  });

  command('contract [exercises...]', texts.contract, 'contract', 'contract 03').action(async (names: string[]) => {
    end(await (await import('./commands/contract.ts')).contract(context, names));
  });

  command('draw [exercises...]', texts.draw, 'draw', 'draw 09').action(async (names: string[]) => {
    end(await (await import('./commands/draw.ts')).draw(context, names));
  });

  command(
    'mutant <action> <exercise> [name]',
    texts.mutant,
    'mutant edit 03 no-join',
    'mutant new 03 no-join -- --task 3 --breaks 3.sum --verdict failed --misconception "Workers answer at once."',
    'mutant rebase 03',
  )
    .addHelpText('before', texts.mutantActions)
    .option('--task <numbers>', 'new: the task that the mutant must fail, or several: 1 and 3')
    .option('--breaks <ids>', "new: the lesson's requirements that it breaks: 3.join, 3.exit")
    .option('--verdict <verdicts>', 'new: the verdict that it must get, or several: leak or timeout')
    .option('--misconception <sentence>', 'new: the misunderstanding behind it')
    .option('--since <revision>', 'rebase: the commit whose reference the patches fit', 'HEAD')
    .action(async (action: string, exercise: string, name: string | undefined, options: MutantOptions) => {
      end(await (await import('./commands/mutant.ts')).mutant(context, action, exercise, name, options));
    });

  command(
    'export <edition> [exercises...]',
    texts.export,
    'export students -- --out ../class',
    'export gradescope -- --out autograder.zip',
    'export gradescope 03 04 -- --out autograder.zip --minutes 20',
  )
    .addHelpText('before', texts.editions)
    .requiredOption('--out <path>', 'students: a new folder, or one of an earlier export; gradescope: a zip file')
    .option('--minutes <number>', "gradescope: the time limit in the assignment's settings (default: 10)")
    .action(async (edition: string, names: string[], options: ExportOptions) => {
      end(await (await import('./commands/export.ts')).exportCourse(context, edition, names, options));
    });
};

const texts = {
  merge: 'puts the results of the shards of a class together',
  verify: 'checks the exercises: skeletons earn nothing, right answers everything, mutants the verdict they name',
  bench: 'the ratios that the READMEs claim, measured now',
  pack: 'keeps what lies in exercises/ as the untouched copy that reset restores',
  contract: 'writes the table of what a lesson demands, which checks hold it and which mutants break it',
  draw: 'draws the timelines of the lessons as SVG, for the images below them',
  mutant: 'makes and changes the wrong answers that a suite must reject',
  mutantActions:
    'Actions: new starts from the reference, edit changes a mutant, rebase carries all of an exercise over to a ' +
    'changed reference.\n',
  export: 'makes what a class gets, or what a grading service runs, without solutions and wrong answers',
  editions:
    'Editions: students is the repository of a class, gradescope is an autograder; it grades all exercises, or those ' +
    'that are named.\n',
};
