import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loaderFlags } from '#src/loader/index.ts';
import { answers, slug } from '#src/testing/toy-course.ts';
import { contentOf } from './testing/content-of.ts';
import { toyClass, type ToyClass } from './testing/toy-class.ts';

const child = fileURLToPath(new URL('./testing/judge-child.ts', import.meta.url));
const students = 40;

let toy: ToyClass;
beforeEach(async () => {
  toy = await toyClass();
  for (let at = 0; at < students; at += 1)
    await toy.handIn(`Student ${at}`, { [`${slug}/answer.ts`]: at % 2 === 0 ? answers.solution : answers.tooFew });
  await toy.handIn('empty', {});
});
afterEach(() => toy.remove());

/** Runs until that many lines have come, and kills it then. @returns the lines that were judged, not kept */
async function killedAfter(lines: number): Promise<string[]> {
  const args = [...loaderFlags, child, toy.root, toy.submissions, toy.out('killed')];
  const run = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(run, 'close');
  const seen: string[] = [];
  for await (const line of createInterface({ input: run.stdout })) {
    seen.push(line);
    if (seen.length === lines) run.kill('SIGKILL');
  }
  expect(await ended).toEqual([null, 'SIGKILL']);
  return seen.filter((line) => line.endsWith('judged'));
}

test(
  'a run that is killed again and again ends with the results of an unbroken one',
  { timeout: 120_000 },
  async () => {
    await toy.judge({ out: toy.out('unbroken') });
    const kills = Array.from({ length: 4 }, (_, at) => randomInt(8 * at + 1, 8 * at + 8));
    const judged: string[] = [];
    for (const lines of kills) judged.push(...(await killedAfter(lines)));
    const last = await toy.judge({ out: toy.out('killed') });
    expect(await contentOf(toy.out('killed')), `killed after ${kills.join(', ')} lines`).toEqual(
      await contentOf(toy.out('unbroken')),
    );
    // What was told as judged was written before.
    expect(new Set(judged).size).toBe(judged.length);
    const kept = last.filter(({ how }) => how === 'kept').map(({ graded }) => `${graded.student} judged`);
    expect(kept).toEqual(expect.arrayContaining(judged.filter((line) => line !== 'empty judged')));
  },
);
