import { afterAll, describe, expect, test } from 'vitest';
import { arena, findingOf, observe, type Observation } from '#src/arena/index.ts';
import {
  pageIds as sortedIds,
  startPageServer,
  type PageServer,
  type PageServerOptions,
} from '#src/page-server/index.ts';
import { finding, named } from '#src/verdict/index.ts';
import { expectHalfTheTime } from './half-the-time.ts';
import { bellPage, type Ending, type Failing } from './scenarios.ts';

const options = { limit: 20_000, shared: true };
const student = arena<typeof import('#kata/05-fetch-pages/fetch-pages.ts')>(
  '#kata/05-fetch-pages/fetch-pages.ts',
  options,
);
const onePage = arena<typeof import('#kata/05-fetch-pages/fetch-page.ts')>(
  '#kata/05-fetch-pages/fetch-page.ts',
  options,
);
const scenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), options);

/** In no order that sorting would give. */
const pageIds = [...sortedIds.slice(7), ...sortedIds.slice(0, 7).toReversed()];
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
  test('resolves to the text of the page', { tags: ['1.text'] }, async () => {
    const server = await serve();
    expect(await onePage.fetchPage(server.origin, second)).toBe(server.textOf(second));
    expect(server.arrived, 'pages that were requested').toEqual([second]);
    const slow = await serve({ slow: [second] });
    expect(await onePage.fetchPage(slow.origin, second), 'text of a page that arrives byte by byte').toBe(
      slow.textOf(second),
    );
  });

  test(
    'rejects with a PageError (status) if the status is not 200',
    { tags: ['1.page-error', '1.status'] },
    async () => {
      const server = await serve({ faults: { [second]: { status: 503 }, [third]: { status: 404 } } });
      expectPageError(await scenarios.fetchOne(server.origin, second), second, 'status');
      expectPageError(await scenarios.fetchOne(server.origin, third), third, 'status');
    },
  );

  test(
    'rejects with a PageError (connection) if the server hangs up in the middle of the page',
    { tags: ['1.page-error', '1.connection'] },
    async () => {
      const server = await serve({ faults: { [second]: 'hang up' } });
      expectPageError(await scenarios.fetchOne(server.origin, second), second, 'connection');
    },
  );

  test(
    'rejects with a PageError (connection) if no server is running',
    { tags: ['1.page-error', '1.connection'] },
    async () => {
      const server = await serve();
      await server.stop();
      expectPageError(await scenarios.fetchOne(server.origin, second), second, 'connection');
    },
  );

  test.each(['no answer', 'stall', 'trickle'] as const)(
    'rejects with a PageError (timeout) and ends the request if the server sends nothing more: %s',
    { tags: ['1.page-error', '1.timeout', '1.timeout-ends'] },
    async (fault) => {
      const server = await serve({ faults: { [second]: fault } });
      expectPageError(await timedOut(server, 300), second, 'timeout');
    },
  );

  test('the time limit is 5000 milliseconds by default', { tags: ['1.default'] }, async () => {
    const server = await serve({ faults: { [second]: 'no answer' } });
    const began = performance.now();
    expectPageError(await timedOut(server), second, 'timeout');
    const milliseconds = performance.now() - began;
    // Only too short is certain: on a busy machine, any time may be longer.
    if (milliseconds < 4_900)
      throw finding(
        'failed',
        `Without the option timeout, a page may take 5000 ms, but it took ${milliseconds.toFixed(0)}.`,
      );
  });
});

describe.concurrent('Task 2: One by one', () => {
  test('resolves to all pages in the order of the ids', { tags: ['2.order'] }, async () => {
    const server = await serve();
    const ids = [last, first, third, second];
    await named('wrong order', async () =>
      expect(await student.fetchPages(server.origin, ids)).toEqual(texts(server, ids)),
    );
  });

  test('requests one page at a time, in order, by default', { tags: ['2.one-at-a-time'] }, async () => {
    const server = await serve({ delay: 2 });
    expect(await student.fetchPages(server.origin, pageIds)).toHaveLength(pageIds.length);
    expectLimit(server, 1);
    await named('wrong order', () => expect(server.arrived, 'pages in the order of the requests').toEqual(pageIds));
  });

  test(
    'returns an empty array for no ids, and one text for each occurrence of an id',
    { tags: ['2.edge-cases'] },
    async () => {
      const server = await serve();
      expect(await student.fetchPages(server.origin, [])).toEqual([]);
      expect(server.arrived, 'pages that were requested').toEqual([]);
      expect(await student.fetchPages(server.origin, [first, second, first])).toEqual(
        texts(server, [first, second, first]),
      );
    },
  );

  test('requests nothing more after a page that fails', { tags: ['2.stop'] }, async () => {
    const server = await serve({ faults: { [second]: { status: 500 } } });
    const { outcome, error } = await observe(student).fetchPages(server.origin, pageIds);
    if (outcome !== 'error')
      throw finding(
        'failed',
        `Expected fetchPages to reject when page ${second} has status 500, but it ended with: ${outcome}.`,
      );
    expect(error?.message).toContain(String(second));
    expect(server.arrived, 'pages that were requested').toEqual([first, second]);
  });
});

describe.concurrent('Task 3: Several at a time', () => {
  test('keeps the order of the ids when the pages arrive in a different order', { tags: ['3.order'] }, async () => {
    const server = await serve({ hold: [first, second] });
    const call = observe(student).fetchPages(server.origin, pageIds, { concurrency: 3, timeout: 30_000 });
    // The first two come last, the second before the first, wherever the slots allow it.
    await reaches(server, ({ finished }) => finished.length === pageIds.length - 2, call);
    server.release(second);
    await reaches(server, ({ finished }) => finished.includes(second), call);
    server.release(first);
    const observation = await call;
    if (observation.outcome !== 'value') throw findingOf(observation);
    await named('wrong order', () => expect(observation.value).toEqual(texts(server, pageIds)));
  });

  test('never has more requests open than the limit, as counted by the server', { tags: ['3.limit'] }, async () => {
    for (const concurrency of [2, 7]) {
      const server = await serve({ delay: 3 });
      expect(await student.fetchPages(server.origin, pageIds, { concurrency })).toHaveLength(pageIds.length);
      expectLimit(server, concurrency);
    }
  });

  test('has as many requests open as the limit allows', { tags: ['3.reach'] }, async () => {
    const server = await serve({ hold: pageIds });
    const call = observe(student).fetchPages(server.origin, pageIds, { concurrency: 9, timeout: 30_000 });
    const reached = await reaches(server, ({ inFlight }) => inFlight >= 9, call);
    server.release();
    const observation = await call;
    if (!reached) {
      if (observation.outcome !== 'value') throw findingOf(observation);
      throw finding(
        'sequential in disguise',
        `Expected nine open requests at a time with concurrency 9, but the server, which answered none of them, ` +
          `saw ${server.peak}. Start the requests before you await the first answer.`,
      );
    }
    expect(observation.value).toEqual(texts(server, pageIds));
  });

  test('goes on with the next id while a slow page occupies one slot', { tags: ['3.pull'] }, async () => {
    const server = await serve({ hold: [first] });
    const call = observe(student).fetchPages(server.origin, pageIds, { concurrency: 2, timeout: 30_000 });
    const others = await reaches(server, ({ finished }) => finished.length === pageIds.length - 1, call);
    const finished = server.finished.length;
    server.release();
    const observation = await call;
    if (observation.outcome !== 'value') throw findingOf(observation);
    if (!others) {
      throw finding(
        'failed',
        `Expected all ${pageIds.length - 1} other pages to arrive while the first page occupies one of two slots, ` +
          `but only ${finished} were. A free slot must not wait for its neighbor.`,
      );
    }
    expect(observation.value).toEqual(texts(server, pageIds));
  });

  test('accepts a limit above the number of pages', { tags: ['3.high-limit'] }, async () => {
    const server = await serve();
    expect(await student.fetchPages(server.origin, [first, second], { concurrency: 50 })).toEqual(
      texts(server, [first, second]),
    );
    expect(server.arrived.toSorted(), 'pages that were requested').toEqual([first, second]);
  });

  test('rejects with a RangeError if concurrency is not a positive integer', { tags: ['3.range-error'] }, async () => {
    const server = await serve();
    for (const ids of [[first], []])
      expect(
        await scenarios.refusals(server.origin, ids, [0, -1, 1.5, NaN]),
        `errors for ${ids.length} pages with the concurrency 0, -1, 1.5 and NaN`,
      ).toEqual(Array(4).fill('RangeError'));
    expect(server.arrived, 'pages that were requested').toEqual([]);
  });
});

describe.concurrent('Task 4: First error and abort', () => {
  test(
    'rejects with the error that happens first, without waiting for open requests',
    { tags: ['4.first-error'] },
    async () => {
      const { ending } = await fail(
        { hold: [first], faults: { [first]: { status: 500 }, [second]: { status: 503 } } },
        { options: { concurrency: 2 } },
      );
      expectPageError(ending, second, 'status');
    },
  );

  test(
    'requests nothing more after an error and leaves no connection open',
    { tags: ['4.stop', '4.no-connection'] },
    async () => {
      const { server } = await fail(
        { hold: [first], faults: { [third]: { status: 503 } } },
        { options: { concurrency: 2 } },
      );
      expect(server.arrived.toSorted(), 'pages that were requested').toEqual([first, second, third]);
    },
  );

  test(
    'leaves no connection open when the server closes a connection or never answers',
    { tags: ['4.no-connection'] },
    async () => {
      const hungUp = await fail({ hold: [first], faults: { [second]: 'hang up' } }, { options: { concurrency: 3 } });
      expectPageError(hungUp.ending, second, 'connection');
      const silent = await fail(
        { faults: { [third]: 'no answer' } },
        { ids: [first, second, third], options: { concurrency: 3, timeout: 300 } },
      );
      expectPageError(silent.ending, third, 'timeout');
    },
  );

  test('an abort rejects with its reason, ends open requests and starts no other', { tags: ['4.abort'] }, async () => {
    const { server, ending } = await fail(
      { hold: [second, third] },
      { options: { concurrency: 2 }, abort: 'on bell' },
      (pages) => pages.inFlight === 2 && pages.finished.length === 1,
    );
    expectAborted(ending);
    expect(server.arrived.toSorted(), 'pages that were requested').toEqual([first, second, third]);
  });

  test('an abort ends a request whose text stalls halfway', { tags: ['4.abort'] }, async () => {
    const { ending } = await fail(
      { faults: { [first]: 'stall' } },
      { ids: [first], options: {}, abort: 'on bell', reason: 0 },
      (pages) => pages.inFlight === 1,
    );
    expectAborted(ending);
  });

  test('requests nothing if the signal has already aborted', { tags: ['4.aborted-before'] }, async () => {
    for (const reason of [undefined, 0]) {
      const failing = {
        options: { concurrency: 2 },
        abort: 'before',
        ...(reason === undefined ? {} : { reason }),
      } as const;
      const { server, ending } = await fail({}, failing);
      expectAborted(ending);
      expect(server.arrived, 'pages that were requested').toEqual([]);
    }
  });
});

describe('Task 5: Half the time', () => {
  test(
    'two pages at a time take half as long as one at a time',
    { tags: ['5.half-the-time'] },
    async ({ annotate }) => {
      await expectHalfTheTime(student, annotate);
    },
  );
});

/**
 * Waits as long as something happens at the server: a loaded machine is slow, but it makes progress.
 * @param call what is to make it happen
 * @returns whether `holds` came true
 */
async function reaches(
  server: PageServer,
  holds: (server: PageServer) => boolean,
  call: Promise<unknown>,
): Promise<boolean> {
  const events = () => server.arrived.length + server.finished.length;
  await Promise.race([server.until(() => events() > 0), call]);
  for (let seen = -1; !holds(server) && events() > seen;) {
    seen = events();
    await server.until(() => holds(server) || events() > seen, 2_500);
  }
  return holds(server);
}

/**
 * Watches what a settled call leaves open. Its process lives on: its end would close the connections, too.
 * @param bell holds `bellPage.settled` and `bellPage.enough`
 * @param server what the call has connections to
 * @param isClean whether nothing is open
 * @param atSettled called when the call has settled
 * @returns whether nothing was open within two seconds, and how the call settled
 */
async function lingers<T>(
  bell: PageServer,
  call: Promise<Observation<T>>,
  server: PageServer,
  isClean: (server: PageServer) => boolean,
  atSettled: () => void = () => undefined,
): Promise<{ clean: boolean; ending: T }> {
  const rung = (page: number) =>
    Promise.race([bell.until(({ arrived }) => arrived.includes(page)), call.then(() => false)]);
  if (await rung(bellPage.settled)) {
    atSettled();
    bell.release(bellPage.settled);
    await Promise.race([server.until(isClean), rung(bellPage.over)]);
  }
  const clean = isClean(server);
  bell.release();
  const observation = await call;
  if (observation.outcome !== 'value') throw findingOf(observation);
  return { clean, ending: observation.value as T };
}

/** Fetches a page that never comes to its end. */
async function timedOut(server: PageServer, timeout?: number): Promise<Ending> {
  const bell = await serve({ hold: [bellPage.settled, bellPage.enough] });
  const { clean, ending } = await lingers(
    bell,
    observe(scenarios).fetchOneAndLinger(server.origin, bell.origin, second, timeout),
    server,
    ({ inFlight }) => inFlight === 0,
  );
  if (!clean)
    throw finding(
      'leak',
      'fetchPage has rejected, and two seconds later its request is still open on the server. ' +
        'Pass the signal of the time limit to the request, and the request ends with it.',
    );
  return ending;
}

/**
 * Makes a call of fetchPages fail, and looks at what it leaves open while its process stays alive.
 * @param ready before an abort: what the server must have seen
 */
async function fail(
  pages: PageServerOptions,
  failing: Partial<Failing> & Pick<Failing, 'options'>,
  ready = (_: PageServer) => true,
): Promise<{ server: PageServer; ending: Ending }> {
  const server = await serve(pages);
  const bell = await serve({ hold: [bellPage.abort, bellPage.settled, bellPage.enough] });
  const call = observe(scenarios).failAndLinger({ ids: pageIds, ...failing, origin: server.origin, bell: bell.origin });
  if (failing.abort === 'on bell') {
    await reaches(server, ready, call);
    bell.release(bellPage.abort);
  }
  const { clean, ending } = await lingers(
    bell,
    call,
    server,
    ({ openSockets }) => openSockets === 0,
    // Answers the held pages only now: code that goes on would request the next ones.
    () => server.release(),
  );
  if (!clean)
    throw finding(
      'leak',
      `fetchPages has rejected, and two seconds later ${server.openSockets} of its connections are still open. ` +
        'Use a separate undici Agent for the call: destroy() closes its connections.',
    );
  return { server, ending };
}

function expectLimit({ peak }: PageServer, limit: number): void {
  if (peak > limit)
    throw finding(
      'over the limit',
      `Expected at most ${limit} open ${limit === 1 ? 'request' : 'requests'} at a time, but the server saw ${peak}.`,
    );
}

function expectPageError(ending: Ending, id: number, fault: string): void {
  if ('value' in ending)
    throw finding('failed', `Expected the call to reject because of page ${id} (${fault}), but it resolved.`);
  expect({ name: ending.name, id: ending.id, fault: ending.fault }, `the error: ${ending.message}`).toEqual({
    name: 'PageError',
    id,
    fault,
  });
}

function expectAborted(ending: Ending): void {
  if ('value' in ending)
    throw finding('failed', 'Expected the call to reject with the reason of the abort, but it resolved.');
  expect(ending.isReason, `whether it rejected with signal.reason itself; it was ${ending.message}`).toBe(true);
}
