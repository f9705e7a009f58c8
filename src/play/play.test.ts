// The server, and the processes behind it.
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { descendants } from '#src/system/index.ts';
import type { Play } from './index.ts';
import type { Goal, PlayProgram, View } from './page-data.ts';
import { playCourse, type PlayCourse } from './testing/play-course.ts';

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

async function ask(url: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  const sent = request(url, { method, headers, agent: false });
  sent.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

let course: PlayCourse;
let play: Play;
beforeAll(async () => {
  course = await playCourse('09-race-memory', '11-async-mutex');
  play = await course.playExercise('09-race-memory');
});
afterAll(() => course?.remove());

async function call<T>(of: Play, body: object): Promise<T & { error?: string }> {
  const { text } = await ask(`${of.url}ask`, { method: 'POST', body });
  return JSON.parse(text) as T & { error?: string };
}
const view = (of: Play, schedule: string, steps?: number, program = 'five-each') =>
  call<View>(of, { call: 'view', program, schedule, ...(steps === undefined ? {} : { steps }) });

describe('the server', () => {
  test('listens on loopback only, and its page asks nobody else', async () => {
    expect(play.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
    const { status, text, headers } = await ask(play.url);
    expect(status).toBe(200);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1]?.replaceAll('&#39;', "'");
    expect(policy).toMatch(/^default-src 'none'; .*connect-src 'self'; base-uri 'none'; form-action 'none'$/);
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
  });

  test('refuses whoever does not know the secret', async () => {
    const { origin, pathname } = new URL(play.url);
    const secret = pathname.slice(1, -1);
    const wrong = [`${secret.slice(1)}A`, secret.slice(0, -1), `${secret}x`, '', 'ask'];
    for (const each of wrong.filter((guess) => guess !== secret)) {
      const { status, text } = await ask(`${origin}/${each}/`);
      expect([status, text]).toEqual([403, 'Forbidden']);
    }
  });

  test('refuses other names of this machine, and pages of other sites', async () => {
    const { port } = new URL(play.url);
    const strangers: Record<string, string>[] = [
      { host: `evil.example:${port}` },
      { host: '127.0.0.1' },
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: `https://127.0.0.1:${port}` },
    ];
    for (const headers of strangers) expect((await ask(play.url, { headers })).status).toBe(403);
    expect((await ask(play.url, { headers: { origin: `http://127.0.0.1:${port}` } })).status).toBe(200);
  });

  test('answers only what it knows', async () => {
    const bodies = [
      '',
      '{',
      '[]',
      { call: 'exit' },
      { call: 'view' },
      { call: 'view', program: 1 },
      'x'.repeat(70_000),
    ];
    for (const body of bodies) expect((await ask(`${play.url}ask`, { method: 'POST', body })).status).toBe(400);
    expect((await ask(`${play.url}ask`)).status).toBe(404);
    expect((await ask(`${play.url}../../package.json`)).status).toBe(403);
    expect((await ask(`${play.url}package.json`)).status).toBe(404);
  });
});

describe('a view', () => {
  test('shows the step, its line, and who wrote what', async () => {
    const shown = await view(play, 'ABAB', 3);
    expect(shown).toMatchObject({
      schedule: 'c3:0x1,1x1,0x1,1x1',
      total: 4,
      steps: 3,
      rows: 3,
      writers: ['A, step 3'],
      reached: null,
      lanes: [
        { name: 'A', state: 'ready', at: { file: 'increment.ts', line: 8 } },
        { name: 'B', state: 'ready' },
      ],
    });
    expect(shown.timeline.rows.at(-1)).toMatchObject({ step: 4, place: 'increment.ts:8' });
    expect(Object.keys(shown.files)).toEqual(['increment.ts']);
  });

  test('of a schedule that cannot be is a sentence', async () => {
    expect((await view(play, 'AXA')).error).toBe(
      'The schedule names `X` at step 2, but the threads are A, B: write the schedule with these names, or a token ' +
        'such as c1:0x5,1x2.',
    );
    expect((await view(play, 'A', undefined, 'five-ech')).error).toContain(
      'There is no program "five-ech". The nearest is "five-each"',
    );
    expect((await view(play, `${'A'.repeat(10)}A`)).left).toBe('step 11 of the schedule names A, which has ended');
  });

  test('of promises has a step for each answer', async () => {
    const async = await course.playExercise('11-async-mutex');
    const { choices, timeline } = await view(async, '', 0, 'two-at-once');
    expect(choices.map(({ lane }) => timeline.lanes[lane])).toContain('A');
  });
});

describe('a goal', () => {
  test('names the best that can be done', async () => {
    const goal = await call<Goal>(play, { call: 'goal', program: 'five-each' });
    expect(goal.best).toEqual({ measure: 'steps', atLeast: 4, known: 4, schedule: 'c3:0x1,1x1,0x1,1x1' });
  });

  test('says how much was covered where no schedule fails', async () => {
    const goal = await call<Goal>(play, { call: 'goal', program: 'safe' });
    expect(goal.sentence).toMatch(
      /^Nothing found: 1,\d+ orders .* They include every schedule with at most 3 preemptions /,
    );
    expect(goal.best).toBeUndefined();
  });

  test('says what to write where there is nothing to play', async () => {
    const text =
      'export function increment() {\n  throw Object.assign(new Error("x"), { code: "ERR_NOT_IMPLEMENTED" });\n}';
    const unwritten = await playCourse('09-race-memory');
    try {
      await unwritten.save(
        'exercises/09-race-memory/increment.ts',
        `${text}\nexport const safeIncrement = increment;\n`,
      );
      const of = await unwritten.playExercise('09-race-memory');
      const { reached } = await view(of, '');
      expect([reached?.what, reached?.sentence]).toEqual([
        'Nothing to play yet',
        'increment.ts:2 is not implemented yet. Write it and save: this page goes on by itself.',
      ]);
    } finally {
      await unwritten.remove();
    }
  });
});

describe('a file of one’s own', () => {
  test('must export a program, and the message shows how', async () => {
    const empty = await course.playFile('empty.ts', 'export const nothing = 1;\n');
    await expect(empty.programs()).rejects.toThrow('must export a program, such as `export const program = ');
  });

  test('may have a program that does not load beside others that do', async () => {
    const of = await course.playFile(
      'two.ts',
      'const memory = { word: 1 };\n' +
        "const good = { threads: { A: 'run' }, memory };\n" +
        "export const explorations = { bad: { threads: { A: 'gone' }, memory }, good };\n" +
        'export const run = ({ word }: { word: Int32Array }) => void word[0]!++;\n',
    );
    expect((await view(of, '', undefined, 'bad')).error).toContain('gone');
    expect((await view(of, 'A', undefined, 'good')).steps).toBe(1);
    expect((await view(of, 'AA', undefined, 'good')).steps).toBe(2);
  });

  test('that blocks the process, or ends it, costs one answer', async () => {
    const text = (rule: string) =>
      `export const program = { threads: { A: 'run' }, memory: { word: 1 }, invariant: () => ${rule} };\n` +
      'export const run = ({ word }: { word: Int32Array }) => void word[0]!++;\n';
    const of = await course.playFile('rules.ts', text('process.exit(3)'));
    expect((await view(of, 'A', undefined, 'program')).steps).toBe(1);
    expect((await view(of, 'AA', undefined, 'program')).error).toBe('Your code has ended its process (exit code 3).');
    expect((await view(of, 'A', undefined, 'program')).steps).toBe(1);
    const blocked = await course.playFile('blocked.ts', text('{ for (;;); }'), 5000);
    expect((await view(blocked, 'AA', undefined, 'program')).error).toBe(
      'Your code did not come back within 5 s, and its process was ended.',
    );
  }, 120_000);
});

// Elsewhere, nothing tells what a process has started.
test.runIf(process.platform === 'linux')('closing ends everything that was started', async () => {
  const started = () => descendants(process.pid);
  const before = new Set(started());
  const of = await course.playFile('closing.ts', 'export const program = { threads: { A: "run" }, memory: { w: 1 } };');
  expect(await of.programs()).toEqual<PlayProgram[]>([{ name: 'program', sentence: 'A runs run' }]);
  const mine = started().filter((pid) => !before.has(pid));
  expect(mine.length).toBeGreaterThan(0);
  await of.close();
  await expect.poll(() => started().filter((pid) => mine.includes(pid)), { timeout: 30_000 }).toEqual([]);
  await expect(ask(of.url)).rejects.toThrow('ECONNREFUSED');
});
