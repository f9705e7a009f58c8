// A lesson's timelines are what the explorer shows: each is compared with a replay of its schedule.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type Exercise, parseAs } from '#src/course/index.ts';
import { buildTree } from '#src/grade/index.ts';
import type { ShownTimeline } from '#src/interleave/index.ts';
import { filesOfVariant, type Variant, writeFiles } from '../variants.ts';
import type { LessonTimeline } from './find-timelines.ts';
import { textTimeline } from './text-timeline.ts';

/** Of a timeline whose code block does not begin with the command that shows it. */
const sourcesSchema = z.record(
  z.string().describe('the SVG'),
  z.strictObject({ program: z.string(), schedule: z.string(), of: z.string().regex(/^(mutants|accepted)\/[\w-]+$/) }),
);

interface Source {
  readonly program: string;
  readonly schedule: string;
  readonly of: Variant;
}

/**
 * Replays the schedules of a lesson's timelines.
 * @param root the course, absolute
 * @param path of the lesson, for messages
 * @returns a sentence for each timeline that differs from its replay, or whose schedule is not known
 */
export async function replayFaults(
  root: string,
  exercise: Exercise,
  path: string,
  timelines: readonly LessonTimeline[],
): Promise<string[]> {
  if (timelines.length === 0) return [];
  const place = `tests/${exercise.slug}/timelines.json`;
  const text = await readFile(join(root, place), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  const sources = parseAs(sourcesSchema, place, text) as Readonly<Record<string, Source>>;
  const names = timelines.map(({ name }) => name);
  const faults = Object.keys(sources)
    .filter((name) => !names.includes(name))
    .map((name) => `${place} has a schedule for ${name}, but ${path} shows no such image.`);
  for (const { name, code, timeline } of timelines) {
    const source = commandIn(code) ?? sources[name];
    if (!source) {
      faults.push(
        `${path}: the timeline of ${name} must begin with its command ($ npm run kata replay ${exercise.id} …), or ` +
          `${place} must say what to replay: { "${name}": { "program": …, "schedule": …, "of": "mutants/…" } }.`,
      );
      continue;
    }
    const printed = await replayed(root, exercise, source);
    const shown = textTimeline(printed);
    const unlike = shown ? rowUnlike(timeline, shown) : 'The replay shows no timeline.';
    if (unlike === undefined) continue;
    const words = `${source.program} ${source.schedule}`;
    faults.push(`${path}: ${name} is not what the explorer shows of ${source.of} (${words}). ${unlike}\n${printed}`);
  }
  return faults;
}

function commandIn(code: string): Source | undefined {
  const [, program, schedule, solution] = /^\$ npm run kata replay \d+ (\S+) (\S+)( -- --solution)?$/m.exec(code) ?? [];
  if (program === undefined || schedule === undefined) return undefined;
  return { program, schedule, of: solution === undefined ? 'skeleton' : 'solution' };
}

/** @returns what `kata replay` prints in a course where a variant is the student's work */
async function replayed(root: string, exercise: Exercise, { program, schedule, of }: Source): Promise<string> {
  const tree = await buildTree(root, exercise);
  try {
    await writeFiles(tree.exercise, await filesOfVariant(root, exercise, of));
    const args = [join(tree.root, 'src/cli/kata.js'), 'replay', exercise.id, program, schedule];
    return await new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: tree.root, maxBuffer: 64 << 20 }, (_, out, err) =>
        resolve(`${out}${err}`),
      );
    });
  } finally {
    await tree.remove();
  }
}

/**
 * A lesson may leave out rows, lanes, places and words, but not change what it shows.
 * @returns a sentence about the first row of the lesson that the replay does not have; undefined if it has all
 */
export function rowUnlike(lesson: ShownTimeline, replay: ShownTimeline): string | undefined {
  const strange = lesson.words.find((word) => !replay.words.includes(word));
  if (strange !== undefined) return `It has no column "${strange}".`;
  const chosen = (values: readonly string[]) => lesson.words.map((word) => values[replay.words.indexOf(word)]);
  let next = 0;
  for (const row of lesson.rows) {
    if (!('lane' in row)) continue;
    const found = replay.rows.findIndex(
      (each, at) =>
        at >= next &&
        'lane' in each &&
        each.step === row.step &&
        replay.lanes[each.lane] === lesson.lanes[row.lane] &&
        each.text === row.text &&
        (!row.cause || each.cause === true) &&
        (row.place === undefined || each.place === undefined || each.place.endsWith(row.place)) &&
        chosen(each.values).join('|') === row.values.join('|'),
    );
    if (found < 0)
      return `It has no row like "${row.step ?? '·'} ${row.text}", with the values ${row.values.join(', ')}.`;
    next = found + 1;
  }
  return undefined;
}
