import { isDeepStrictEqual } from 'node:util';
import { arena, findingOf, session, type Remote } from '#src/arena/index.ts';
import { pageIds, startPageServer } from '#src/page-server/index.ts';
import {
  barChart,
  best,
  clockPasses,
  speedupsOf,
  tellingSpeedup,
  timeRounds,
  type Run,
  type Annotate,
} from '#src/speedup/index.ts';
import { finding } from '#src/verdict/index.ts';

type Pages = typeof import('#kata/05-fetch-pages/fetch-pages.ts');

const delay = 15;
const rounds = 3;

/**
 * Times one page at a time, a reference with two at a time, and the student's code with two at a time, in the same
 * rounds. Waiting needs no processor, so this works on any machine.
 * @throws {Finding} if two at a time are not faster, or the server never saw two requests at a time
 */
export async function expectHalfTheTime(student: Remote<Pages>, annotate: Annotate): Promise<void> {
  const reference = arena<Pages>(new URL('./baseline-fetch-pages.ts', import.meta.url));
  const sessions = await Promise.all([session(reference), session(student)]);
  const [plain, candidate] = sessions;
  let peak = 0;
  const run = (who: typeof plain, concurrency: number) => async (): Promise<Run> => {
    const server = await startPageServer({ delay });
    const done = await who.call('fetchPages', server.origin, pageIds, { concurrency });
    await server.stop();
    if (done.outcome !== 'value') throw findingOf(done);
    if (who === candidate) {
      peak = server.peak;
      if (
        !isDeepStrictEqual(
          done.value,
          pageIds.map((id) => server.textOf(id)),
        )
      )
        throw finding(
          'failed',
          'Expected the texts of the requested pages in the order of the ids, but fetchPages returned something ' +
            'else.',
        );
    }
    return done;
  };
  try {
    const roles = { baseline: run(plain, 1), reference: run(plain, 2), candidate: run(candidate, 2) };
    const timed = await timeRounds(roles, () => undefined, rounds, clockPasses);
    const { candidate: yours, reference: theirs } = speedupsOf(timed);
    const chart = barChart([
      { label: 'one at a time', milliseconds: best(timed.baseline) },
      { label: 'yours, two', milliseconds: best(timed.candidate), speedup: yours },
      { label: 'reference, two', milliseconds: best(timed.reference), speedup: theirs },
    ]);
    const told = `${yours.toFixed(2)}× as fast as one page at a time, where the reference is ${theirs.toFixed(2)}×`;
    if (peak < 2)
      throw finding(
        'sequential in disguise',
        `Expected two requests at a time with concurrency 2, but the server saw ${peak}.`,
        chart,
      );
    if (clockPasses(timed)) await annotate(`${told}\n\n${chart}`, 'measured');
    else if (theirs < tellingSpeedup)
      await annotate(
        `No verdict from the clock: the reference itself is only ${theirs.toFixed(2)}× as fast here.\n\n${chart}`,
        'inconclusive',
      );
    else throw finding('failed', `Not fast enough: ${told}.`, chart);
  } finally {
    await Promise.all(sessions.map((each) => each.close()));
  }
}
