import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findTree } from '#src/system/index.ts';
import { answers, slug, toyCourse, type ToyCourse } from '#src/testing/toy-course.ts';
import type { Check } from './results.ts';
import { listChecks, prepareSuite, runSuite, type SuiteOptions } from './suite.ts';

// A dozen runs of Vitest, each in a child of its own, beside whatever else the machine does.
vi.setConfig({ testTimeout: 120_000 });

let toy: ToyCourse;
beforeAll(async () => {
  toy = await toyCourse();
});
afterAll(() => toy.remove());

/** Runs a suite of which only the text between the describes matters. */
async function run(name: string, text: string, options: Partial<SuiteOptions> = {}) {
  const head = `import { beforeAll, describe, expect, test } from 'vitest';
import fs from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';
import { finding } from '#src/verdict/index.ts';
`;
  await toy.write(`tests/${name}/${name}.test.ts`, head + text);
  return runSuite({ root: toy.root, slug: name, project: 'exercises', ...options });
}

describe.concurrent('runSuite', () => {
  test('tells each check as it begins and as it ends, and in order of the tasks at the end', async () => {
    const begun: string[] = [];
    const told: Check[] = [];
    const { tasks, fault } = await runSuite({
      root: toy.root,
      slug,
      project: 'exercises',
      onStart: ({ id, title }) => begun.push(`${id} ${title}`),
      onCheck: (check) => {
        expect(begun).toContain(`${check.id} ${check.title}`);
        told.push(check);
      },
    });
    expect(fault).toBeUndefined();
    expect(begun).toEqual(tasks.flatMap(({ checks }) => checks).map(({ id, title }) => `${id} ${title}`));
    expect(tasks.map(({ number, title, earned, verdict }) => ({ number, title, earned, verdict }))).toEqual([
      { number: 1, title: 'Say', earned: false, verdict: 'not implemented' },
      { number: 2, title: 'Act', earned: false, verdict: 'not implemented' },
    ]);
    expect(told).toEqual(tasks.flatMap(({ checks }) => checks));
    expect(told[1]).toMatchObject({
      id: '1.2',
      title: 'again › says it twice',
      sentence: 'say is not implemented yet.',
      file: `exercises/${slug}/answer.ts`,
      line: 2,
    });
  });

  test('aims at the solutions', async () => {
    const { tasks, fault } = await runSuite({ root: toy.root, slug, project: 'solutions' });
    expect(fault).toBeUndefined();
    expect(tasks.map(({ earned, verdict }) => [earned, verdict])).toEqual([
      [true, 'passed'],
      [true, 'passed'],
    ]);
  });

  test('runs only the tasks that are asked for: 1 is not 12', async () => {
    const { tasks, fault } = await run(
      '02-filter',
      `for (const n of [1, 2, 12]) describe('Task ' + n + ': T', () => {
        test('a', () => { if (n !== 1) throw new Error('ran'); });
      });`,
      { tasks: [1] },
    );
    expect(fault).toBeUndefined();
    expect(tasks.map(({ number, earned }) => [number, earned])).toEqual([[1, true]]);
  });

  test('asks no further check of a describe about a function that is not implemented', async () => {
    const { tasks } = await run(
      '02-not-implemented',
      `let calls = 0;
      const fails = (name) => () => { calls++; throw finding('not implemented', name + ' is not implemented yet.'); };
      describe('Task 1: T', () => {
        test('a', fails('f'));
        test('b', fails('f'));
        describe('g()', () => test('returns', () => expect(calls).toBe(1)));
      });`,
    );
    expect(tasks[0]?.checks.map(({ verdict, sentence }) => [verdict, sentence])).toEqual([
      ['not implemented', 'f is not implemented yet.'],
      ['not implemented', 'This check did not run: f is not implemented yet.'],
      ['passed', undefined],
    ]);
  });

  test('takes verdict and evidence from a Finding, through hooks and assertions about promises too', async () => {
    const { tasks } = await run(
      '03-findings',
      `
      describe('Task 1: Findings', () => {
        test('thrown', () => { throw finding('lost update', 'One was lost.', 'T1 | T2'); });
        test('wrapped', async () => {
          await expect(Promise.reject(finding('deadlock', 'Both wait.'))).resolves.toBe(1);
        });
        test('plain', () => expect({ a: 1 }).toEqual({ a: 2 }));
        test('unsure', () => { throw finding('inconclusive', 'This machine cannot tell.'); });
        test('over its limit', { timeout: 20 }, () => new Promise(() => {}));
      });
      describe('Task 2: Hook', () => {
        beforeAll(() => { throw finding('crash', 'It crashed.'); });
        test('never runs', () => {});
      });
      describe('Task 3: Unsure', () => {
        test('unsure', () => { throw finding('inconclusive', 'This machine cannot tell.'); });
      });`,
    );
    expect(
      tasks.flatMap(({ checks }) =>
        checks.map(({ state, verdict, sentence, evidence }) => [state, verdict, sentence, evidence]),
      ),
    ).toEqual([
      ['failed', 'lost update', 'One was lost.', 'T1 | T2'],
      ['failed', 'deadlock', 'Both wait.', undefined],
      ['failed', 'failed', 'Wanted { "a": 2 }, got { "a": 1 }.', undefined],
      ['inconclusive', 'inconclusive', 'This machine cannot tell.', undefined],
      ['failed', 'timeout', expect.stringContaining('timed out in 20ms'), undefined],
      ['failed', 'crash', 'It crashed.', undefined],
      ['inconclusive', 'inconclusive', 'This machine cannot tell.', undefined],
    ]);
    expect(tasks.map(({ earned, verdict }) => [earned, verdict])).toEqual([
      [false, 'lost update'],
      [false, 'crash'],
      [true, 'inconclusive'],
    ]);
  });

  test('a skipped check has not passed, and a run with an error that nobody caught is not believed', async () => {
    const { tasks, fault } = await run(
      '04-skips',
      `
      describe('Task 1: Skips', () => { test('a', () => {}); test.skip('b', () => {}); });
      describe('Task 2: Unhandled', () => {
        test('c', async () => {
          void Promise.reject(new Error('nobody'));
          await new Promise((next) => setImmediate(next));
        });
      });`,
    );
    expect(tasks[0]).toMatchObject({
      earned: false,
      checks: [{ state: 'passed' }, { state: 'missing', sentence: 'This check did not run: the suite skips it.' }],
    });
    expect(fault?.sentence).toContain('Error: nobody');
  });

  test('lays an error that nobody caught at the door of its check when student code runs inline', async () => {
    const { tasks, fault } = await run(
      '05-inline',
      `
      describe('Task 1: Unhandled', () => {
        test('c', async () => {
          expect(process.env.KATA_ARENA).toBe('inline');
          void Promise.reject(new Error('nobody'));
          await new Promise((next) => setImmediate(next));
        });
      });`,
      { inline: true },
    );
    expect(fault).toBeUndefined();
    expect(tasks[0]).toMatchObject({ earned: false, checks: [{ state: 'failed', sentence: 'nobody' }] });
  });

  test('reports over a pipe that the run cannot reach', async () => {
    const { tasks } = await run(
      '06-pipe',
      `
      describe('Task 1: Forge', () => { test('finds no way in', () => {
        if (process.platform !== 'linux') return; // Only Linux shows descriptors as files.
        const pipe = fs.readlinkSync('/proc/' + process.ppid + '/fd/3');
        expect(pipe).toMatch(/^socket:/);
        expect(() => fs.openSync('/proc/' + process.ppid + '/fd/3', 'w')).toThrow(/ENXIO/);
        const target = (fd) => { try { return fs.readlinkSync('/proc/self/fd/' + fd); } catch { return ''; } };
        expect(fs.readdirSync('/proc/self/fd').map(target)).not.toContain(pipe);
        expect(spawnSync('ls', ['-l', '/proc/self/fd'], { encoding: 'utf8' }).stdout).not.toContain(pipe);
      }); });`,
    );
    expect(tasks[0]?.checks[0]).toMatchObject({ state: 'passed' });
  });

  test('stops a flood and keeps what was earned before it', async () => {
    const { tasks, fault, stopped } = await run(
      '07-flood',
      `
      describe('Task 1: Quiet', () => { test('a', () => {}); });
      describe('Task 2: Flood', () => {
        test('b', async () => {
          for (;;) await new Promise((done) => process.stdout.write('x'.repeat(65536), done));
        });
        test('c', () => {});
      });`,
      { outputLimit: 2 ** 20 },
    );
    expect({ fault, stopped }).toEqual({ fault: undefined, stopped: 'too much output' });
    expect(tasks.map(({ earned, verdict }) => [earned, verdict])).toEqual([
      [true, 'passed'],
      [false, 'too much output'],
    ]);
    expect(tasks[1]?.checks[1]).toMatchObject({
      state: 'missing',
      sentence: 'This check did not run: the suite was stopped before it.',
    });
  });

  test('ends at once when it is told to', async () => {
    const controller = new AbortController();
    const hanging = run(
      '09-abort',
      `describe('Task 1: Hang', () => { test('a', () => {}); test('b', () => new Promise(() => {})); });`,
      { signal: controller.signal, onCheck: () => controller.abort(new Error('enough')) },
    );
    await expect(hanging).rejects.toThrow('enough');
  });

  test('ends at the first failure with stopAtFailure, and keeps what came before', async () => {
    const { tasks, fault, stopped } = await run(
      '12-first-failure',
      `describe('Task 1: One', () => {
        test('a', () => {});
        test('b', () => { throw finding('deadlock', 'Both wait.'); });
        test('c', () => new Promise(() => {}));
      });`,
      { stopAtFailure: true },
    );
    expect({ fault, stopped }).toEqual({ fault: undefined, stopped: undefined });
    expect(tasks[0]?.checks.map(({ state, verdict }) => [state, verdict])).toEqual([
      ['passed', 'passed'],
      ['failed', 'deadlock'],
      ['missing', 'failed'],
    ]);
    expect(tasks[0]).toMatchObject({ earned: false, verdict: 'deadlock' });
  });

  test('waits for the checks before it, where some run side by side', async () => {
    const { tasks } = await run(
      '13-side-by-side',
      `describe.concurrent('Task 1: Two', () => {
        test('a', async () => {
          await expect.poll(() => fs.existsSync('b has failed'), { timeout: 20_000 }).toBe(true);
          throw finding('deadlock', 'Both wait.');
        });
        test('b', () => { throw finding('leak', 'It leaks.'); });
      });`,
      { stopAtFailure: true, onCheck: ({ id }) => void (id === '1.2' && toy.write('b has failed', '')) },
    );
    expect(tasks[0]?.checks.map(({ verdict }) => verdict)).toEqual(['deadlock', 'leak']);
  });

  test('calls a suite that cannot be loaded, and checks outside of tasks, a fault', async () => {
    const [broken, stray] = [
      await run('10-broken', `throw new Error('no suite today');`),
      await run('11-stray', `test('alone', () => {});`),
    ];
    expect(broken).toEqual({
      tasks: [],
      fault: expect.objectContaining({
        sentence: expect.stringContaining(
          'tests/10-broken/10-broken.test.ts could not be run: no suite today',
        ) as string,
      }) as object,
    });
    expect(stray.fault?.sentence).toBe(`The check "alone" must stand in a describe('Task N: …') of its suite.`);
  });
});

describe.concurrent('prepareSuite', () => {
  /** Prepares a suite and waits until it is loaded. */
  async function prepared(name: string) {
    const loaded = join(toy.root, `${name} is loaded`);
    await toy.write(
      `tests/${name}/${name}.test.ts`,
      `import { describe, expect, test } from 'vitest';
      import { readFileSync, writeFileSync } from 'node:fs';
      writeFileSync(process.env.LOADED, '');
      describe('Task 1: Read', () => {
        test('reads', () => expect(readFileSync('answer of ${name}', 'utf8')).toBe('42'));
      });`,
    );
    const suite = prepareSuite({ root: toy.root, slug: name, project: 'exercises', env: { LOADED: loaded } });
    await expect.poll(() => existsSync(loaded), { timeout: 50_000 }).toBe(true);
    return { suite, marker: `LOADED=${loaded}` };
  }

  test('judges what is there when it is run, not when it was prepared', async () => {
    const { suite } = await prepared('13-prepared');
    await toy.write('answer of 13-prepared', '42');
    const told: string[] = [];
    const { tasks, fault } = await suite.run({
      onStart: ({ id }) => told.push(`${id} begins`),
      onCheck: ({ id, state }) => told.push(`${id} ${state}`),
    });
    expect({ fault, told }).toEqual({ fault: undefined, told: ['1.1 begins', '1.1 passed'] });
    expect(tasks[0]).toMatchObject({ earned: true });
  });

  test('leaves nothing when it is discarded, or ended', async () => {
    const [discarded, ended] = [await prepared('14-discarded'), await prepared('15-ended')];
    await discarded.suite.discard();
    await expect(ended.suite.run({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    for (const { marker } of [discarded, ended]) expect(await findTree({ marker })).toEqual([]);
  });
});

test('ends a run that hangs, with all that it has started', async () => {
  // The clock of the run is turned by hand, once the check has said that it hangs: a slow machine changes nothing.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const hangs = join(toy.root, 'hangs');
    const running = run(
      '08-hang',
      `
      describe('Task 1: Hang', () => { test('a', () => new Promise(() => {
        spawn('sleep', ['98765'], { detached: true, stdio: 'ignore' }).unref();
        fs.writeFileSync(process.env.HANGS, '');
      })); });`,
      { timeoutMilliseconds: 3_600_000, env: { HANGS: hangs } },
    );
    await expect.poll(() => existsSync(hangs), { timeout: 50_000 }).toBe(true);
    vi.advanceTimersByTime(3_600_000);
    vi.useRealTimers();
    const { tasks, stopped } = await running;
    expect(stopped).toBe('timeout');
    expect(tasks[0]).toMatchObject({
      verdict: 'timeout',
      checks: [{ sentence: 'A check may take 3600 s; the suite was stopped while this one ran.' }],
    });
    expect(await findTree({ marker: `HANGS=${hangs}` })).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

test('listChecks loads a suite and runs nothing of it', async () => {
  await toy.write(`solutions/${slug}/answer.ts`, `${answers.solution}throw new Error('was run');\n`);
  expect(await listChecks(toy.root, slug)).toEqual([
    {
      number: 1,
      title: 'Say',
      checks: [
        { id: '1.1', title: 'says the number', requirements: ['1.number'] },
        { id: '1.2', title: 'again › says it twice' },
      ],
    },
    { number: 2, title: 'Act', checks: [{ id: '2.1', title: 'leaves nothing behind', requirements: ['2.no-leak'] }] },
  ]);
});
