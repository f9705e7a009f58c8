import { afterAll, describe, expect, test } from 'vitest';
import { arena, findingOf, observe } from '#src/arena/arena.ts';
import { pageIds, startPageServer, type PageServer, type PageServerOptions } from '#src/page-server/page-server.ts';
import { finding, named } from '#src/verdict/index.ts';
import { expectHalfTheTime } from './half-the-time.ts';
import { bellPage, type Ending, type Failing } from './scenarios.ts';

const student = arena<typeof import('#kata/05-fetch-pages/fetch-pages.ts')>('#kata/05-fetch-pages/fetch-pages.ts', {
  limit: 20_000,
});
const onePage = arena<typeof import('#kata/05-fetch-pages/fetch-page.ts')>('#kata/05-fetch-pages/fetch-page.ts', {
  limit: 20_000,
});
const scenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), { limit: 20_000 });

const [first, second, third] = pageIds as [number, number, number];
const last = pageIds.at(-1)!;

const servers: PageServer[] = [];
async function serve(options: PageServerOptions = {}): Promise<PageServer> {
  const server = await startPageServer(options);
  servers.push(server);
  return server;
}
// Not after each check: the servers of another one that runs meanwhile are among them.
afterAll(() => Promise.all(servers.splice(0).map((server) => server.stop())));

const texts = (server: PageServer, ids: readonly number[]) => ids.map((id) => server.textOf(id));

describe.concurrent('Task 1: One page', () => {
  test('gives the text of the page', async () => {
    const server = await serve();
    expect(await onePage.fetchPage(server.origin, second)).toBe(server.textOf(second));
    expect(server.arrived, 'pages that the server was asked for').toEqual([second]);
  });

  test('rejects with a PageError that names the page when its status is not 200', async () => {
    const server = await serve({ faults: { [second]: { status: 503 }, [third]: { status: 404 } } });
    expectPageError(await scenarios.fetchOne(server.origin, second), second, 'status');
    expectPageError(await scenarios.fetchOne(server.origin, third), third, 'status');
  });

  test('tells a server that hangs up in the middle of the page', async () => {
    const server = await serve({ faults: { [second]: 'hang up' } });
    expectPageError(await scenarios.fetchOne(server.origin, second), second, 'connection');
  });

  test('tells a server that is not there', async () => {
    const server = await serve();
    await server.stop();
    expectPageError(await scenarios.fetchOne(server.origin, second), second, 'connection');
  });

  test.each(['no answer', 'stall'] as const)(
    'gives up a server that sends nothing more (%s) when the time-out is over',
    async (fault) => {
      const server = await serve({ faults: { [second]: fault } });
      expectPageError(await scenarios.fetchOne(server.origin, second, 300), second, 'timeout');
      expect(await server.until(({ inFlight }) => inFlight === 0), 'the server saw the request end').toBe(true);
    },
  );
});

describe.concurrent('Task 2: One by one', () => {
  test('gives all pages in the order of the ids', async () => {
    const server = await serve();
    const ids = [last, first, third, second];
    await named('wrong order', async () =>
      expect(await student.fetchPages(server.origin, ids)).toEqual(texts(server, ids)),
    );
  });

  test('asks for one page at a time, in order, unless told otherwise', async () => {
    const server = await serve({ delay: 2 });
    expect(await student.fetchPages(server.origin, pageIds)).toHaveLength(pageIds.length);
    expectLimit(server, 1);
    await named('wrong order', () =>
      expect(server.arrived, 'pages in the order in which the server was asked').toEqual(pageIds),
    );
  });

  test('gives an empty array for no ids, and one text for each time that an id is named', async () => {
    const server = await serve();
    expect(await student.fetchPages(server.origin, [])).toEqual([]);
    expect(server.arrived, 'pages that the server was asked for').toEqual([]);
    expect(await student.fetchPages(server.origin, [first, second, first])).toEqual(
      texts(server, [first, second, first]),
    );
  });

  test('stops at the first page that fails', async () => {
    const server = await serve({ faults: { [second]: { status: 500 } } });
    const { outcome, error } = await observe(student).fetchPages(server.origin, pageIds);
    if (outcome !== 'error')
      throw finding(
        'failed',
        `fetchPages must reject when page ${second} has status 500, but it ended with: ${outcome}.`,
      );
    expect(error?.message).toContain(String(second));
    expect(server.arrived, 'pages that the server was asked for').toEqual([first, second]);
  });
});

describe.concurrent('Task 3: Several at a time', () => {
  test('keeps the order of the ids when the pages come in another', async () => {
    const server = await serve({ hold: [first, second] });
    const call = observe(student).fetchPages(server.origin, pageIds, { concurrency: 3, timeout: 30_000 });
    // The first two come last, the second before the first, wherever the slots allow it.
    await reaches(server, ({ finished }) => finished.length === pageIds.length - 2);
    server.release(second);
    await reaches(server, ({ finished }) => finished.includes(second));
    server.release(first);
    const observation = await call;
    if (observation.outcome !== 'value') throw findingOf(observation);
    await named('wrong order', () => expect(observation.value).toEqual(texts(server, pageIds)));
  });

  test('never has more pages under way than the limit, as the server counts', async () => {
    for (const concurrency of [2, 7]) {
      const server = await serve({ delay: 3 });
      expect(await student.fetchPages(server.origin, pageIds, { concurrency })).toHaveLength(pageIds.length);
      expectLimit(server, concurrency);
    }
  });

  test('has as many pages under way as the limit allows', async () => {
    const server = await serve({ hold: pageIds });
    const call = observe(student).fetchPages(server.origin, pageIds, { concurrency: 4, timeout: 30_000 });
    const reached = await reaches(server, ({ inFlight }) => inFlight >= 4);
    server.release();
    const observation = await call;
    if (!reached) {
      if (observation.outcome !== 'value') throw findingOf(observation);
      throw finding(
        'sequential in disguise',
        `With concurrency 4 four pages must be under way at a time, but the server, which answered none of them, ` +
          `saw ${server.peak}.`,
      );
    }
    expect(observation.value).toEqual(texts(server, pageIds));
  });

  test('goes on with the next id while a slow page holds one slot', async () => {
    const server = await serve({ hold: [first] });
    const call = observe(student).fetchPages(server.origin, pageIds, { concurrency: 2, timeout: 30_000 });
    const others = await reaches(server, ({ finished }) => finished.length === pageIds.length - 1);
    const finished = server.finished.length;
    server.release();
    const observation = await call;
    if (observation.outcome !== 'value') throw findingOf(observation);
    if (!others) {
      throw finding(
        'failed',
        `With concurrency 2 a slow first page must hold up one slot only, so that all ${pageIds.length - 1} other ` +
          `pages come meanwhile, but ${finished} came. Does the free slot wait for its neighbour?`,
      );
    }
    expect(observation.value).toEqual(texts(server, pageIds));
  });

  test('takes a limit above the number of pages', async () => {
    const server = await serve();
    expect(await student.fetchPages(server.origin, [first, second], { concurrency: 50 })).toEqual(
      texts(server, [first, second]),
    );
    expect(server.arrived.toSorted(), 'pages that the server was asked for').toEqual([first, second]);
  });

  test('refuses a limit that is no whole number from 1 with a RangeError', async () => {
    const server = await serve();
    expect(await scenarios.refusals(server.origin, [0, -1, 1.5, NaN])).toEqual(Array(4).fill('RangeError'));
    expect(server.arrived, 'pages that the server was asked for').toEqual([]);
  });
});

describe.concurrent('Task 4: First error and abort', () => {
  test('rejects with the first error in time, without waiting for the pages under way', async () => {
    const { ending } = await fail(
      { hold: [first], faults: { [first]: { status: 500 }, [second]: { status: 503 } } },
      { options: { concurrency: 2 } },
    );
    expectPageError(ending, second, 'status');
  });

  test('asks for nothing more after an error, and leaves no connection open', async () => {
    const { server } = await fail(
      { hold: [first], faults: { [third]: { status: 503 } } },
      { options: { concurrency: 2 } },
    );
    expect(server.arrived.toSorted(), 'pages that the server was asked for').toEqual([first, second, third]);
  });

  test('leaves no connection open when a server hangs up or never answers', async () => {
    const hungUp = await fail({ hold: [first], faults: { [second]: 'hang up' } }, { options: { concurrency: 3 } });
    expectPageError(hungUp.ending, second, 'connection');
    const silent = await fail(
      { faults: { [third]: 'no answer' } },
      { ids: [first, second, third], options: { concurrency: 3, timeout: 300 } },
    );
    expectPageError(silent.ending, third, 'timeout');
  });

  test('an abort rejects with its reason, ends the pages under way and asks for no other', async () => {
    const { server, ending } = await fail(
      { hold: [second, third] },
      { options: { concurrency: 2 }, abort: 'on bell' },
      (pages) => pages.inFlight === 2 && pages.finished.length === 1,
    );
    expectAborted(ending);
    expect(server.arrived.toSorted(), 'pages that the server was asked for').toEqual([first, second, third]);
  });

  test('an abort ends a page whose text stalls half way', async () => {
    const { ending } = await fail(
      { faults: { [first]: 'stall' } },
      { ids: [first], options: {}, abort: 'on bell' },
      (pages) => pages.inFlight === 1,
    );
    expectAborted(ending);
  });

  test('with a signal that is aborted already it asks for nothing', async () => {
    const { server, ending } = await fail({}, { options: { concurrency: 2 }, abort: 'before' });
    expectAborted(ending);
    expect(server.arrived, 'pages that the server was asked for').toEqual([]);
  });
});

describe('Task 5: Half the time', () => {
  test('two pages at a time take half the time of one', { timeout: 60_000 }, async ({ annotate }) => {
    await expectHalfTheTime(student, annotate);
  });
});

/**
 * Waits as long as the server sees anything happen: a loaded machine may be slow, but it does not stand still.
 * @returns whether `holds` came true
 */
async function reaches(server: PageServer, holds: (server: PageServer) => boolean): Promise<boolean> {
  const events = () => server.arrived.length + server.finished.length;
  await server.until(() => events() > 0, 12_000);
  for (let seen = -1; !holds(server) && events() > seen;) {
    seen = events();
    await server.until(() => holds(server) || events() > seen, 2_500);
  }
  return holds(server);
}

/**
 * Lets a call of fetchPages fail, and looks at what it leaves behind while its process lives on.
 * @param ready for an abort: what the server must have seen before
 */
async function fail(
  pages: PageServerOptions,
  failing: Partial<Failing> & Pick<Failing, 'options'>,
  ready = (_: PageServer) => true,
): Promise<{ server: PageServer; ending: Ending }> {
  const server = await serve(pages);
  const bell = await serve({ hold: Object.values(bellPage) });
  const call = observe(scenarios).failAndLinger({ ids: pageIds, ...failing, origin: server.origin, bell: bell.origin });
  if (failing.abort === 'on bell') {
    await reaches(server, ready);
    bell.release(bellPage.abort);
  }
  const settled = await Promise.race([
    bell.until(({ arrived }) => arrived.includes(bellPage.settled), 20_000),
    call.then(() => false),
  ]);
  if (!settled) throw findingOf(await call);
  // A page that is answered only now tempts whoever goes on.
  server.release();
  const closed = await server.until(({ openSockets }) => openSockets === 0, 2_000);
  const { openSockets } = server;
  bell.release();
  const observation = await call;
  if (observation.outcome !== 'value') throw findingOf(observation);
  if (!closed)
    throw finding(
      'leak',
      `fetchPages had rejected, and two seconds later ${openSockets} of its connections to the server were still ` +
        `open. Connections of its own can be closed: undici's Agent has destroy().`,
    );
  return { server, ending: observation.value as Ending };
}

function expectLimit({ peak }: PageServer, limit: number): void {
  if (peak > limit)
    throw finding(
      'over the limit',
      `At most ${limit} ${limit === 1 ? 'page' : 'pages'} may be under way at a time, but the server saw ${peak}.`,
    );
}

function expectPageError(ending: Ending, id: number, fault: string): void {
  if ('value' in ending)
    throw finding('failed', `The call must reject because of page ${id} (${fault}), but it resolved.`);
  expect({ name: ending.name, id: ending.id, fault: ending.fault }, `the error: ${ending.message}`).toEqual({
    name: 'PageError',
    id,
    fault,
  });
}

function expectAborted(ending: Ending): void {
  if ('value' in ending) throw finding('failed', 'The call must reject with the reason of the abort, but it resolved.');
  expect(ending.message, 'the message of what it rejected with').toBe('enough of it');
}
