// The pictures of a lesson's timelines.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise } from '#src/course/index.ts';
import { timelineSvg } from '#src/drawing/index.ts';
import { type Found, timelinesOf } from './find-timelines.ts';
import { replayFaults } from './replays.ts';

interface Lesson extends Found {
  readonly folder: string;
  readonly path: string;
}

async function readLesson(root: string, { slug }: Exercise): Promise<Lesson> {
  const folder = `exercises/${slug}`;
  const path = `${folder}/README.md`;
  const { timelines, faults } = timelinesOf(path, await readFile(join(root, path), 'utf8'));
  const there = (await readdir(join(root, folder))).filter((name) => name.endsWith('.svg'));
  const stray = there
    .filter((file) => !timelines.some(({ name }) => name === file))
    .map((file) => `${folder}/${file} is shown by no image in ${path}: delete it, or name it below a timeline.`);
  return { folder, path, timelines, faults: [...faults, ...stray] };
}

/**
 * Writes the SVGs of an exercise's lesson beside it.
 * @param root the course, absolute
 * @returns their paths from the root, and a sentence for each image that cannot be drawn and each SVG without an image
 */
export async function writeDrawings(
  root: string,
  exercise: Exercise,
): Promise<{ paths: string[]; faults: readonly string[] }> {
  const { folder, timelines, faults } = await readLesson(root, exercise);
  const writing = timelines.map(async ({ name, timeline, title }) => {
    await writeFile(join(root, folder, name), timelineSvg(timeline, title));
    return `${folder}/${name}`;
  });
  return { paths: await Promise.all(writing), faults };
}

/**
 * @returns a sentence for each fault of {@link writeDrawings}, for each SVG that it would write otherwise now, and for
 * each timeline that is not what the explorer shows
 */
export async function drawingFaults(root: string, exercise: Exercise): Promise<string[]> {
  const { folder, path, timelines, faults } = await readLesson(root, exercise);
  const stale = timelines.map(async ({ name, timeline, title }) => {
    const written = await readFile(join(root, folder, name), 'utf8').catch(() => undefined);
    const isSame = written?.replaceAll('\r\n', '\n') === timelineSvg(timeline, title);
    return isSame ? [] : [`${folder}/${name} is out of date: npm run kata draw ${exercise.id}`];
  });
  const replays = await replayFaults(root, exercise, path, timelines);
  return [...faults, ...(await Promise.all(stale)).flat(), ...replays];
}
