// A small copy of the course whose exercises can be edited while a page plays them.
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Course } from '#src/course/index.ts';
import { temporaryFolder } from '#src/system/index.ts';
import { startPlay, type Play, type PlayOptions } from '../index.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

export interface PlayCourse {
  readonly root: string;
  /** Plays an exercise of it. @param solution plays the reference, not the reader's files */
  playExercise(slug: string, solution?: boolean): Promise<Play>;
  /** Plays a file with this text. @param stepLimit milliseconds for one answer */
  playFile(name: string, text: string, stepLimit?: number): Promise<Play>;
  /** Saves a file, whose path is relative to the copy. */
  save(file: string, text: string): Promise<void>;
  read(file: string): Promise<string>;
  /** Ends all that is played, and removes the copy. */
  remove(): Promise<void>;
}

/** @param slugs of the exercises to copy; as the reader's files they get those of the reference */
export async function playCourse(...slugs: string[]): Promise<PlayCourse> {
  const folder = await temporaryFolder('kata-play-');
  const { path: root } = folder;
  const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(repository, file), 'utf8'));
  const { imports } = (await readJson('package.json')) as { imports: object };
  const { exercises } = (await readJson('exercises/course.json')) as Pick<Course, 'exercises'>;
  await writeFile(join(root, 'package.json'), JSON.stringify({ type: 'module', imports }));
  for (const name of ['src', 'node_modules', 'solutions'])
    await symlink(join(repository, name), join(root, name), 'junction');
  await cp(join(repository, 'exercises/shared'), join(root, 'exercises/shared'), { recursive: true });
  for (const slug of slugs) {
    await cp(join(repository, 'solutions', slug), join(root, 'exercises', slug), { recursive: true });
    await cp(join(repository, 'tests', slug), join(root, 'tests', slug), { recursive: true });
  }
  await mkdir(join(root, 'free'));
  const open: Play[] = [];
  const start = async (file: string, { exercise, ...options }: Partial<PlayOptions> & { title: string }) => {
    const play = await startPlay({
      root,
      url: pathToFileURL(join(root, file)).href,
      exercise,
      solution: false,
      command: `npm run kata play ${exercise ?? file}`,
      tasks: [],
      folders: [],
      stepLimit: 20_000,
      ...options,
    });
    open.push(play);
    return play;
  };
  const save = (file: string, text: string) => writeFile(join(root, file), text);
  return {
    root,
    playExercise: (slug, solution = false) =>
      start(`tests/${slug}/explorations.ts`, {
        title: slug,
        solution,
        tasks: exercises.find((each) => each.slug === slug)!.tasks.map((task) => task.title),
        exercise: slug.slice(0, 2),
        folders: [join(root, 'exercises', slug)],
      }),
    async playFile(name, text, stepLimit) {
      await save(`free/${name}`, text);
      return start(`free/${name}`, { title: name, ...(stepLimit === undefined ? {} : { stepLimit }) });
    },
    save,
    read: (file) => readFile(join(root, file), 'utf8'),
    async remove() {
      await Promise.all(open.map((play) => play.close()));
      await folder.remove();
    },
  };
}
