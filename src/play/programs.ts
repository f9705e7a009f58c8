// Finds the programs in a module: a suite's explorations.ts, or any file that follows the explorer's program shape.
import { closest } from 'fastest-levenshtein';
import { threadList, type PromiseProgram, type ThreadProgram } from '#src/interleave/index.ts';
import type { PlayProgram } from './page-data.ts';

/** What threads or tasks to play with. */
export type Playable = ThreadProgram | PromiseProgram;

/** A program with its name. */
export interface NamedProgram extends PlayProgram {
  readonly make: () => Playable;
  /** Who must sleep at the end, as a sentence, where the program is not meant to end otherwise. */
  readonly endsAsleep?: string | undefined;
}

/**
 * @param url of a module that exports `explorations`, or one `program`, whose `module` is the file itself by default
 * @returns those last in which there is nothing to find
 * @throws {Error} a sentence, if it exports neither, or does not load
 */
export async function loadPrograms(url: string): Promise<NamedProgram[]> {
  const exported = (await import(url)) as { explorations?: Record<string, unknown>; program?: unknown };
  const { explorations, program } = exported;
  if (explorations === undefined && program === undefined)
    throw new Error(
      `${new URL(url).pathname} must export a program, such as ` +
        "`export const program = { threads: { A: 'visit', B: 'visit' }, memory: { hits: 1 } };`, where `visit` is " +
        'another export. See "Play the scheduler" in README.md.',
    );
  const found = Object.entries(explorations ?? { program }).map(([name, given]) => {
    const make = () => withModule((typeof given === 'function' ? (given as () => Playable)() : given) as Playable, url);
    const { task, sentence, endsAsleep } = given as { task?: number; sentence?: string; endsAsleep?: string };
    return { name, task, sentence: sentence ?? sentenceOf(make()), make, endsAsleep };
  });
  return [...found.filter((each) => !isHelper(each)), ...found.filter(isHelper)];
}

/** Whether there is nothing to find: one thread alone, or threads that must sleep at the end. */
function isHelper({ make, endsAsleep }: NamedProgram): boolean {
  const program = make();
  return endsAsleep !== undefined || ('threads' in program && threadList(program).length === 1);
}

/** @throws {Error} a sentence, if there is no program of that name */
export function findProgram(programs: readonly NamedProgram[], name: string): NamedProgram {
  const found = programs.find((each) => each.name === name);
  if (found) return found;
  const names = programs.map((each) => each.name);
  throw new Error(
    `There is no program "${name}". The nearest is "${closest(name, names)}", all are ${names.join(', ')}.`,
  );
}

/** A module is given from the point of view of the file that names it. */
function withModule<P extends Playable>(program: P, url: string): P {
  const { module } = program;
  const relative = typeof module === 'string' && module.startsWith('.');
  return { ...program, module: module === undefined ? url : relative ? new URL(module, url).href : module };
}

function sentenceOf(program: Playable): string {
  if ('scenario' in program) return `the tasks of ${program.scenario}`;
  return threadList(program)
    .map(({ name, body }) => `${name} runs ${String(body)}`)
    .join(', ');
}
