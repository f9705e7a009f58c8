// Real Workers: each verdict with the exact text that a person reads.
import { afterAll, describe, expect, test } from 'vitest';
import { fold } from '../testing/fold.ts';
import { closeAgents, explore, formatReport, type ExploreOptions } from '../index.ts';

const counters = new URL('../testing/fixtures/threads/counters.ts', import.meta.url);
const misbehaving = new URL('../testing/fixtures/threads/misbehaving.ts', import.meta.url);
const algorithms = new URL('../testing/fixtures/threads/broken-algorithms.ts', import.meta.url);

afterAll(closeAgents);

async function textOf(options: ExploreOptions): Promise<string> {
  return fold(formatReport(await explore(options), { replayCommand: 'npm run kata replay 13' }));
}

/** Two threads of misbehaving bodies over the word `flag`. */
function pair(A: string, B: string): ExploreOptions {
  return { module: misbehaving, threads: { A, B }, memory: { flag: 1 } };
}

describe('the text of a failure', () => {
  test('violation, and the data race beside it', async () => {
    const invariant: ExploreOptions['invariant'] = ({ count }) =>
      (count as Int32Array)[0] === 2 || `count is ${(count as Int32Array)[0]}, wanted 2`;
    expect(
      await textOf({
        module: counters,
        threads: { A: 'plainIncrement', B: 'plainIncrement' },
        memory: { count: 1 },
        invariant,
      }),
    ).toMatchInlineSnapshot(`
      "violation: count is 1, wanted 2

             A                B                     count
                                                        0
          1  read count → 0                    :15      0
      ⇄   2                   read count → 0   :15      0
          3                   write count ← 1  :15      1
          4  write count ← 1                   :15      1

      schedule 3 of the search fails, with 1 preemption; no run with fewer fails
      also found, a data race: A's plain write of count and B's plain read of count are not ordered by any
          atomic operation between them (c0:0x2,1x1)
      run again on real threads: the same
      replay: npm run kata replay 13 c1:0x1,1x2,0x1"
    `);
  });

  test('violation by an assertion in a body', async () => {
    expect(await textOf(pair('asserts', 'raises'))).toMatchInlineSnapshot(`
      "violation: A asserts: the flag was down (misbehaving.ts:101)

             A                          B                                flag
                                                                            0
          1                             store flag ← 1             :42      1
          2                             notify flag: wakes nobody  :43      1
          3  exchange flag ← 1 (was 1)                             :101     1

      schedule 2 of the search fails, without any preemption
      run again on real threads: the same
      replay: npm run kata replay 13 c0:1x2,0x1"
    `);
  });

  test('data race where every schedule ends well', async () => {
    expect(
      await textOf({
        module: misbehaving,
        threads: { A: 'writesPlainly', B: 'readsPlainly' },
        memory: { flag: 1, data: 1 },
      }),
    ).toMatchInlineSnapshot(`
      "data race: A's plain write of data at step 2 and B's plain read of data at step 4 are not ordered by
          any atomic operation between them

             A                B                     flag  data
                                                       0     0
          1  store flag ← 1                   :106     1     0
          2  write data ← 42                  :107     1    42
          3                   load flag → 1   :112     1    42
          4                   read data → 42  :112     1    42

      4 schedules cover every run of 2 threads
      run again on real threads: the same
      replay: npm run kata replay 13 c0:0x2,1x2"
    `);
  });

  test('deadlock', async () => {
    const threads = [0, 1].map((lane) => ({ name: 'AB'[lane]!, body: 'leftForkFirst', args: [lane, 2] }));
    expect(await textOf({ module: algorithms, threads, memory: { forks: 2 } })).toMatchInlineSnapshot(`
      "deadlock: thread A sleeps forever on forks[1] (= 1), thread B sleeps forever on forks[0] (= 1)

             A                              B                                   forks[0]  forks[1]
                                                                                       0         0
          1  cas forks[0] 0→1                                              :89         1         0
      ⇄   2                                 cas forks[1] 0→1               :89         1         1
          3                                 cas forks[0] 0→1 fails (is 1)  :89         1         1
          4                                 wait forks[0] (= 1): sleeps    :89         1         1
          5  cas forks[1] 0→1 fails (is 1)                                 :89         1         1
          6  wait forks[1] (= 1): sleeps                                   :89         1         1

      schedule 3 of the search fails, with 1 preemption; no run with fewer fails
      run again on real threads: the same
      replay: npm run kata replay 13 c1:0x1,1x3,0x2"
    `);
  });

  test('lost wake-up', async () => {
    expect(
      await textOf({
        module: misbehaving,
        threads: { A: 'raisesThenRings', B: 'looksThenSleeps' },
        memory: { flag: 1, bell: 1 },
      }),
    ).toMatchInlineSnapshot(`
      "deadlock (lost wake-up): thread B sleeps forever on bell (= 0); A's notify at step 3 woke nobody, B
          fell asleep at step 4

             A                          B                             flag  bell
                                                                         0     0
          1                             load flag → 0            :48     0     0
      ⇄   2  store flag ← 1                                      :53     1     0
          3  notify bell: wakes nobody                           :54     1     0
          4                             wait bell (= 0): sleeps  :48     1     0

      schedule 4 of the search fails, with 1 preemption; no run with fewer fails
      run again on real threads: the same
      replay: npm run kata replay 13 c1:1x1,0x2,1x1"
    `);
  });

  test('livelock', async () => {
    expect(await textOf({ module: misbehaving, threads: { A: 'spinsForEver' }, memory: { flag: 1 } }))
      .toMatchInlineSnapshot(`
        "livelock: nothing changes any more: A reads flag (= 0) over and over, and nobody else can run

               A                      flag
                                         0
            1  load flag → 0     :30     0
               … the same 9 more times, up to step 10 …

        schedule 1 of the search fails, without any preemption
        run again on real threads: the same
        replay: npm run kata replay 13 c0:0x10"
      `);
  });

  test('uncontrolled access', async () => {
    expect(await textOf(pair('writesInSecret', 'raises'))).toMatchInlineSnapshot(`
      "uncontrolled access: flag changed from 0 to 7 without a visible step, while A ran
          (misbehaving.ts:62)

             A              B           flag
                                           0
          1  load flag → 0         :59     0

      schedule 1 of the search fails, without any preemption
      replay: npm run kata replay 13 c0:0x1"
    `);
  });

  test('stuck', async () => {
    expect(await textOf(pair('endless', 'raises'))).toMatchInlineSnapshot(`
      "stuck: thread A ran on for 1500 ms without an access to shared memory after misbehaving.ts:11

             A               B          flag
                                           0
          1  store flag ← 1        :11     1

      schedule 1 of the search fails, without any preemption
      replay: npm run kata replay 13 c0:0x1"
    `);
  });

  test('threw', async () => {
    expect(await textOf(pair('throwsSecond', 'throwsSecond'))).toMatchInlineSnapshot(`
      "threw: thread B: RangeError: the flag is up (misbehaving.ts:25)

             A                          B                               flag
                                                                           0
          1  exchange flag ← 1 (was 0)                             :25     1
          2                             exchange flag ← 1 (was 1)  :25     1

      schedule 1 of the search fails, without any preemption
      run again on real threads: the same
      replay: npm run kata replay 13 c0:0x1,1x1"
    `);
  });

  test('ended the process', async () => {
    expect(await textOf(pair('exits', 'raises'))).toMatchInlineSnapshot(`
      "threw: thread A called process.exit(3) (misbehaving.ts:20)

             A               B          flag
                                           0
          1  store flag ← 1        :19     1

      schedule 1 of the search fails, without any preemption
      run again on real threads: the same
      replay: npm run kata replay 13 c0:0x1"
    `);
  });

  test('returned a promise', async () => {
    expect(await textOf(pair('promises', 'raises'))).toMatchInlineSnapshot(`
      "threw: thread A: it returned a promise, but a thread body must be synchronous (Atomics.wait sleeps,
          it does not await)

             A               B          flag
                                           0
          1  store flag ← 1        :88     1

      schedule 1 of the search fails, without any preemption
      run again on real threads: the same
      replay: npm run kata replay 13 c0:0x1"
    `);
  });

  test('not deterministic', async () => {
    expect(await textOf(pair('changesItsMind', 'readsTheClock'))).toMatchInlineSnapshot(`
      "not deterministic: thread A does not do the same each time: its step 1 was \`store flag ← 1\` in one
          run and \`store flag ← 3\` in another, with the same results before it

             A                B                      flag
                                                        0
          1  store flag ← 1                             1
      ⇄   2                   store flag ← 588  :95   588
          3  load flag → 588                    :71   588

      schedule 3 of the search fails, with 1 preemption; no run with fewer fails
      replay: npm run kata replay 13 c1:0x1,1x1,0x1"
    `);
  });
});
