import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hasSolutions, KataError } from '#src/course/index.ts';
import { startPlay, type Play, type PlayOptions } from '#src/play/index.ts';
import type { Context } from '../context.ts';
import { explorationsOf } from '../explorations-of.ts';

export interface PlayFlags {
  readonly solution?: boolean;
  readonly open?: boolean;
}

/**
 * `kata play`: a page on loopback, until Ctrl-C, where the reader is the scheduler of an exercise's programs, or of a
 * file of their own.
 * @param what an exercise, or the path of a file
 */
export async function play(
  { root, terminal }: Context,
  what: string,
  program: string | undefined,
  schedule = '',
  { solution = false, open = true }: PlayFlags,
): Promise<number> {
  const file = /\.[cm]?[jt]s$/.test(what);
  if (!file && /[\\/]|\.[a-z]+$/i.test(what) && !/(^|[\\/])\d\d-/.test(what))
    throw new KataError(
      `${what} is nothing to play. Give an exercise (npm run kata play 09), or a JavaScript or TypeScript file that ` +
        'exports a program (npm run kata play ./my-lock.ts).',
    );
  const options = file ? fileOptions(root, what) : await exerciseOptions(root, what, solution);
  const started = await startPlay(options);
  if (program !== undefined) await refuseUnknown(started, program);
  const url = program === undefined ? started.url : started.urlOf({ program, schedule });
  // The listener stays, or the signal would end this process before all is closed.
  const stopped = new Promise((resolve) => process.on('SIGINT', resolve));
  terminal.line(`${options.title}: ${url}`);
  terminal.line('Press Ctrl-C to stop.');
  if (open && terminal.interactive) openBrowser(url);
  await stopped;
  await started.close();
  return 0;
}

/** @throws {KataError} if there is no such program; code that does not load is the page's to say */
async function refuseUnknown(started: Play, program: string): Promise<void> {
  const names = await started.programs().then(
    (programs) => programs.map(({ name }) => name),
    () => [program],
  );
  if (names.includes(program)) return;
  await started.close();
  throw new KataError(`There is no program "${program}". Its programs are ${names.join(', ')}.`);
}

async function exerciseOptions(root: string, name: string, solution: boolean): Promise<PlayOptions> {
  const { exercise, file } = await explorationsOf(root, name, 'play');
  const { id, slug, title, tasks } = exercise;
  return {
    root,
    url: pathToFileURL(file).href,
    exercise: id,
    solution,
    title: `Play the scheduler: ${id} ${title}`,
    tasks: tasks.map((task) => task.title),
    command: `npm run kata play ${id}`,
    reference: solution || !hasSolutions(root) ? undefined : `npm run kata play ${id} -- --solution`,
    folders: [join(root, solution ? 'solutions' : 'exercises', slug)],
  };
}

function fileOptions(root: string, name: string): PlayOptions {
  // npm runs its scripts in the folder of package.json, and says where it was called.
  const file = resolve(process.env['INIT_CWD'] ?? '.', name);
  if (!existsSync(file)) throw new KataError(`There is no file ${file}. Give the path of a module to play.`);
  return {
    root,
    url: pathToFileURL(file).href,
    exercise: undefined,
    solution: false,
    title: `Play the scheduler: ${basename(file)}`,
    tasks: [],
    command: `npm run kata play ${name}`,
    folders: [dirname(file)],
  };
}

/** Opens the page where there is a desktop. The address is printed, so it does not matter whether this works. */
function openBrowser(url: string): void {
  const { platform, env } = process;
  const hasDesktop = platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
  if (!hasDesktop) return;
  const commands: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ['open', url],
    win32: ['explorer', url],
  };
  const [command, ...args] = commands[platform] ?? ['xdg-open', url];
  spawn(command, args, { detached: true, stdio: 'ignore' })
    .on('error', () => undefined)
    .unref();
}
