import { inspect } from 'node:util';
import { afterAll, describe, test } from 'vitest';
import { arena, findingOf, observe, type Observation } from '#src/arena/index.ts';
import {
  pageIds as sortedIds,
  startPageServer,
  type PageServer,
  type PageServerOptions,
} from '#src/page-server/index.ts';
import { isHurried } from '#src/system/index.ts';
import { finding } from '#src/verdict/index.ts';
import { expectHalfTheTime } from './half-the-time.ts';
import { bellPage, type Ending, type Failing } from './scenarios.ts';

/** What the scenarios ask of the student's functions. */
const calls = {
  fetchOne: (_: string, id: number) => `fetchPage of page ${id}`,
  fetchOneAndLinger: (_: string, __: string, id: number, timeout = 5000) =>
    `fetchPage of page ${id}, with a time limit of ${timeout} ms and a server that never completes the page,`,
  fetchAgain: (_: string, id: number) => `fetchPage of page ${id}, called twice,`,
  fetchWithLimits: () => 'fetchPage, with several time limits and a server that never completes the page,',
  fetchKeepingIds: () => 'fetchPages',
  fetchPagesWithLimits: () => 'fetchPages, with several time limits and a server that never completes the page,',
  failAndLinger: ({ abort }: Failing) =>
    abort === undefined
      ? 'fetchPages, with a page that fails,'
      : `fetchPages, whose signal ${abort === 'before' ? 'had already aborted' : 'aborted'},`,
  refusals: () => 'fetchPages with a `concurrency` that is not a positive integer',
};

// In a hurried run, a call has 1.8 seconds: it must outlast `reaches` and a scenario that lingers.
const options = { shared: true, calls, limit: 12_000 };
/** Milliseconds without an event at the server after which none is expected any more. */
const patience = isHurried ? 700 : 2_500;
const student = arena<typeof import('#kata/05-fetch-pages/fetch-pages.ts')>(
  '#kata/05-fetch-pages/fetch-pages.ts',
  options,
);
const onePage = arena<typeof import('#kata/05-fetch-pages/fetch-page.ts')>(
  '#kata/05-fetch-pages/fetch-page.ts',
  options,
);
const url = new URL('./scenarios.ts', import.meta.url);
const scenarios = arena<typeof import('./scenarios.ts')>(url, options);
/** For the default time limit of 5 seconds. */
const patient = arena<typeof import('./scenarios.ts')>(url, { ...options, limit: 60_000 });

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

const page = (id: number | undefined) => (id === undefined ? 'none' : `page ${id}`);

/** @throws {Finding} unless it is the text of the page */
function expectText(text: unknown, server: PageServer, id: number, which = ''): void {
  if (text === server.textOf(id)) return;
  const { length } = server.textOf(id);
  const wanted = `fetchPage must resolve to the text of page ${id}${which} (${length} characters)`;
  if (typeof text === 'string' && text.includes('\u{fffd}'))
    throw finding(
      'failed',
      `${wanted}, but it resolved to a text with broken characters (\u{fffd}). A character of several bytes can be ` +
        'split between two chunks, so decode all bytes together: body.text() does.',
    );
  const came = typeof text === 'string' ? `a text of ${text.length} characters` : inspect(text, { depth: 1 });
  throw finding('failed', `${wanted}, got ${came}.`);
}

/** @throws {Finding} unless there are as many results as ids */
function expectCount(pages: unknown, ids: readonly number[]): asserts pages is unknown[] {
  if (Array.isArray(pages) && pages.length === ids.length) return;
  const came = Array.isArray(pages) ? `${pages.length}` : inspect(pages, { depth: 1 });
  throw finding('failed', `fetchPages must resolve to ${ids.length} texts, one for each id, got ${came}.`);
}

/**
 * @param arrived in which order the pages came
 * @throws {Finding} unless the results are the texts of the pages, in the order of the ids
 */
function expectTexts(pages: unknown, server: PageServer, ids: readonly number[], arrived?: readonly number[]): void {
  expectCount(pages, ids);
  const at = ids.findIndex((id, index) => pages[index] !== server.textOf(id));
  if (at < 0) return;
  const wanted = ids[at]!;
  const place = pages.indexOf(server.textOf(wanted));
  if (place < 0)
    throw finding('failed', `The text of page ${wanted} is missing: it must stand at index ${at} of the results.`);
  const isArrival = arrived?.every((id, index) => pages[index] === server.textOf(id)) ?? false;
  const isSorted = ids.toSorted((one, other) => one - other).every((id, index) => pages[index] === server.textOf(id));
  const cause = isArrival
    ? ' They stand in the order in which the pages arrived: store each text at the index of its id instead of ' +
      'pushing it.'
    : isSorted
      ? ' They stand in ascending order: leave the ids in the order that the caller gives.'
      : ' Store each text at the index of its id.';
  throw finding(
    'wrong order',
    `The results must be in the order of \`ids\`, but the text of page ${wanted}, whose id has the index ${at}, ` +
      `stands at index ${place}.${cause}`,
  );
}

/** @throws {Finding} unless the server was asked for these pages, each once */
function expectRequested({ arrived }: PageServer, wanted: readonly number[], when: string): void {
  const more = arrived.filter((id, at) => !wanted.includes(id) || arrived.indexOf(id) !== at);
  const missing = wanted.filter((id) => !arrived.includes(id));
  if (more.length === 0 && missing.length === 0) return;
  const shown = `${more.slice(0, 3).join(', ')}${more.length > 3 ? ', …' : ''}`;
  const told =
    more.length > 0
      ? `${more.length} more ${more.length === 1 ? 'was' : 'were'} requested (${shown})`
      : `the server never saw a request for ${missing.join(', ')}`;
  const only =
    wanted.length === 0
      ? 'No page may be'
      : `Only ${wanted.length === 1 ? 'page' : 'the pages'} ${wanted.join(', ')} may be`;
  const hint = more.length > 0 && wanted.length > 1 ? ' No slot may take another id after that.' : '';
  throw finding('failed', `${only} requested ${when}, but ${told}.${hint}`);
}

/** @throws {Finding} unless the server got one request for each of so many calls of fetchPage */
function expectRequests({ arrived }: PageServer, calls: number, hint: string): void {
  if (arrived.length === calls) return;
  throw finding(
    'failed',
    `fetchPage must send one request, but the server got ${arrived.length} for ${calls} ` +
      `${calls === 1 ? 'call' : 'calls'}. ${hint}`,
  );
}

describe.concurrent('Task 1: One page', () => {
  test('resolves to the text of the page', { tags: ['1.text'] }, async () => {
    const server = await serve();
    expectText(await onePage.fetchPage(server.origin, second), server, second);
    expectRequests(server, 1, 'The answer has both the status and the text.');
    expectRequested(server, [second], 'by fetchPage');
    const again = await serve();
    expectText(await scenarios.fetchAgain(again.origin, second), again, second, ' when it is called again');
    expectRequests(again, 2, 'The page may have changed since the last call: keep no texts.');
    const large = await serve({ large: [second] });
    expectText(await onePage.fetchPage(large.origin, second), large, second, ', a large one');
    const empty = await serve({ faults: { [second]: 'empty' } });
    const ending = await scenarios.fetchOne(empty.origin, second);
    if (!('value' in ending))
      throw finding(
        'failed',
        `Page ${second} has the status 200 and an empty text, so fetchPage must resolve to the empty string, but it ` +
          `rejected with ${ending.name} (“${ending.message}”). Decide by the status, not by the text.`,
      );
    if (ending.value !== '')
      throw finding('failed', `fetchPage of an empty page must resolve to '', got ${inspect(ending.value)}.`);
  });

  test(
    'rejects with a PageError (status) if the status is an error',
    { tags: ['1.page-error', '1.status'] },
    async () => {
      const statuses = [503, 404, 500, 400, 403, 410, 429];
      const faults = Object.fromEntries(statuses.map((status, at) => [pageIds[at]!, { status }]));
      const server = await serve({ faults });
      for (const [at, status] of statuses.entries()) {
        const id = pageIds[at]!;
        const hint = `The server answered with status ${status}: \`request\` resolves whatever the status is.`;
        expectPageError(await scenarios.fetchOne(server.origin, id), id, 'status', 'fetchPage', hint);
      }
    },
  );

  test(
    'rejects with a PageError (connection) if the server hangs up in the middle of the page, or before it',
    { tags: ['1.page-error', '1.connection', '1.text'] },
    async () => {
      for (const fault of ['hang up', 'hang up at once'] as const) {
        const server = await serve({ faults: { [second]: fault } });
        expectPageError(await scenarios.fetchOne(server.origin, second), second, 'connection');
        expectRequested(server, [second], 'by fetchPage, also if the server hangs up');
      }
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

  test.each([
    ['never answers', 'no answer'],
    ['stops in the middle of the page', 'stall'],
    ['sends the page too slowly', 'trickle'],
  ] as const)(
    'rejects with a PageError (timeout) and ends the request if the server %s',
    { tags: ['1.page-error', '1.timeout', '1.timeout-ends'] },
    async (how, fault) => {
      const server = await serve({ faults: { [second]: fault } });
      const hint = `The server ${how}, and the time limit of 300 ms is for the whole page, up to its last byte.`;
      expectPageError(await timedOut(server, 300), second, 'timeout', 'fetchPage', hint);
    },
  );

  test('the time limit is 5000 milliseconds by default', { tags: ['1.default'] }, async () => {
    const [server, other] = [
      await serve({ faults: { [second]: 'stall' } }),
      await serve({ faults: { [second]: 'stall' } }),
    ];
    // No clock, so that a busy machine changes nothing: of several timers of one process, the shortest one ends first.
    const [settled, ending] = await Promise.all([
      patient.fetchWithLimits(other.origin, second, [5_500, undefined, 4_500]),
      timedOut(server),
    ]);
    expectPageError(ending, second, 'timeout');
    if (settled[1] !== undefined)
      throw finding(
        'failed',
        'Without the option timeout, a page may take 5000 ms, up to its last byte. But a call without it rejected ' +
          `${settled[0] === undefined ? 'before one with 4500' : 'after one with 5500'} ms that was made at the same ` +
          'time.',
      );
  });

  test(
    'rejects with a PageError (timeout) if headers and text are each in time, but not together',
    { tags: ['1.timeout'] },
    async () => {
      const server = await serve({ delay: 400, faults: { [second]: { rest: 400 } } });
      const hint =
        'The server sends the headers after 400 ms and the rest of the page 400 ms later, and the time limit of ' +
        '500 ms is for the whole page: use one signal for both.';
      expectPageError(await scenarios.fetchOne(server.origin, second, 500), second, 'timeout', 'fetchPage', hint);
    },
  );

  test('a time limit of 0 milliseconds is over at once', { tags: ['1.timeout'] }, async () => {
    const server = await serve({ faults: { [second]: 'no answer' } });
    const [first] = await patient.fetchWithLimits(server.origin, second, [1_500, 0]);
    if (first !== 0)
      throw finding(
        'failed',
        'Of two calls of fetchPage with the time limits 0 and 1500 ms, the one with 0 must reject first, but the ' +
          'other one did. 0 is a time limit like any other: `timeout || 5000` replaces it.',
      );
  });
});

describe.concurrent('Task 2: One by one', () => {
  test('resolves to all pages in the order of the ids', { tags: ['2.order'] }, async () => {
    const server = await serve();
    const ids = [last, first, 0, third, second];
    const { pages, idsAfterwards } = await scenarios.fetchKeepingIds(server.origin, ids);
    if (idsAfterwards.length !== ids.length || ids.some((id, at) => idsAfterwards[at] !== id))
      throw finding(
        'failed',
        `fetchPages must leave the array of ids as it is, but it was [${ids.join(', ')}] before the call and ` +
          `[${idsAfterwards.join(', ')}] afterwards. Count an index up instead of taking ids out of it.`,
      );
    expectTexts(pages, server, ids);
  });

  test('requests one page at a time, in order, by default', { tags: ['2.one-at-a-time'] }, async () => {
    const server = await serve({ delay: 2 });
    const pages = await student.fetchPages(server.origin, pageIds);
    expectCount(pages, pageIds);
    expectLimit(server, 1);
    const at = pageIds.findIndex((id, index) => server.arrived[index] !== id);
    if (at >= 0 || server.arrived.length !== pageIds.length) {
      const place = at < 0 ? pageIds.length : at;
      throw finding(
        'wrong order',
        `The pages must be requested in the order of \`ids\`. Request number ${place + 1} should be ` +
          `${page(pageIds[place])}, but it was ${page(server.arrived[place])}.`,
      );
    }
  });

  test(
    'returns an empty array for no ids, and one text for each occurrence of an id',
    { tags: ['2.edge-cases'] },
    async () => {
      const server = await serve();
      expectTexts(await student.fetchPages(server.origin, []), server, []);
      expectRequested(server, [], 'for no ids');
      const ids = [first, second, first];
      const pages = await student.fetchPages(server.origin, ids);
      expectCount(pages, ids);
      const missing = ids.findIndex((_, at) => pages[at] === undefined);
      if (missing >= 0)
        throw finding(
          'failed',
          `fetchPages must return one text for each of the ids ${ids.join(', ')}, but the result at index ${missing} ` +
            'is undefined. The same id may come twice: find the place of a text by its index, not by its id.',
        );
      expectTexts(pages, server, ids);
    },
  );

  test('requests nothing more after a page that fails', { tags: ['2.stop'] }, async () => {
    const server = await serve({ faults: { [second]: { status: 500 } } });
    const { outcome, error, sentence } = await observe(student).fetchPages(server.origin, pageIds);
    if (outcome !== 'error')
      throw finding(
        'failed',
        outcome === 'value'
          ? `Expected fetchPages to reject when page ${second} has status 500, but it resolved. A page that fails ` +
              'must not be left out: let its error through.'
          : `Expected fetchPages to reject when page ${second} has status 500, but it did not: ${sentence}`,
      );
    if (error?.message.includes(String(second)) !== true)
      throw finding(
        'failed',
        `Expected fetchPages to reject with the error of page ${second}, which has status 500, but it rejected with ` +
          `“${error?.message}”.`,
      );
    expectRequested(server, [first, second], `when page ${second}, the second one, fails`);
    if (server.arrived[0] !== first)
      throw finding('wrong order', `Page ${first} must be requested first, but page ${second} was.`);
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
    expectTexts(observation.value, server, pageIds, server.finished);
  });

  test('never has more requests open than the limit, as counted by the server', { tags: ['3.limit'] }, async () => {
    for (const concurrency of [2, 7]) {
      const server = await serve({ delay: 3 });
      expectCount(await student.fetchPages(server.origin, pageIds, { concurrency }), pageIds);
      expectLimit(server, concurrency);
    }
  });

  test('has as many requests open as the limit allows', { tags: ['3.reach'] }, async () => {
    for (const [concurrency, count] of [
      [9, 20],
      [64, 64],
    ] as const) {
      const ids = Array.from({ length: count }, (_, at) => first + at);
      const server = await serve({ hold: ids });
      const call = observe(student).fetchPages(server.origin, ids, { concurrency, timeout: 30_000 });
      const reached = await reaches(server, ({ inFlight }) => inFlight >= concurrency, call);
      const { peak } = server;
      server.release();
      const observation = await call;
      if (!reached) {
        if (observation.outcome !== 'value') throw findingOf(observation);
        throw finding(
          'sequential in disguise',
          `Expected ${concurrency} open requests at a time with concurrency ${concurrency} and ${count} ids, but the ` +
            `server, which answered none of them, saw ${peak}. Start the requests before you await the first answer.`,
        );
      }
      expectTexts(observation.value, server, ids);
    }
  });

  test('goes on with the next id while a slow page occupies one slot', { tags: ['3.pull'] }, async () => {
    for (const concurrency of [2, 4]) {
      const server = await serve({ hold: [first] });
      const call = observe(student).fetchPages(server.origin, pageIds, { concurrency, timeout: 30_000 });
      const others = await reaches(server, ({ finished }) => finished.length === pageIds.length - 1, call);
      const finished = server.finished.length;
      server.release();
      const observation = await call;
      if (observation.outcome !== 'value') throw findingOf(observation);
      if (!others) {
        const rest = concurrency === 2 ? 'slot' : 'slots';
        throw finding(
          'failed',
          `While the slow first page occupies one of ${concurrency} slots, the other ${rest} must fetch all ` +
            `${pageIds.length - 1} other pages, but only ${finished} came. A free slot takes the next id at once; in ` +
            'batches it waits for its neighbor.',
        );
      }
      expectTexts(observation.value, server, pageIds);
    }
  });

  test('accepts a limit above the number of pages', { tags: ['3.high-limit'] }, async () => {
    for (const concurrency of [50, Number.MAX_SAFE_INTEGER]) {
      const server = await serve();
      const ids = [first, second];
      const observation = await observe(student).fetchPages(server.origin, ids, { concurrency });
      const hint = `That was with concurrency ${concurrency} and two ids: start no more slots than there are ids.`;
      if (observation.outcome === 'error')
        throw Object.assign(
          finding('failed', `fetchPages must resolve to two texts, but it rejected with ${observation.error}. ${hint}`),
          { stack: observation.error?.stack },
        );
      if (observation.outcome !== 'value') {
        const { verdict, evidence } = findingOf(observation);
        throw finding(verdict, `${observation.sentence} ${hint}`, evidence);
      }
      expectTexts(observation.value, server, ids);
      expectRequested(server, ids, `for two ids and concurrency ${concurrency}`);
    }
  });

  test('rejects with a RangeError if concurrency is not a positive integer', { tags: ['3.range-error'] }, async () => {
    const server = await serve();
    const wrong = [0, -1, 1.5, NaN, Infinity];
    for (const ids of [[first], []]) {
      const came = await scenarios.refusals(server.origin, ids, wrong);
      const accepted = wrong.filter((_, at) => came[at] !== 'RangeError');
      if (accepted.length > 0)
        throw finding(
          'failed',
          `fetchPages must reject with a RangeError if concurrency is ${accepted.join(' or ')}` +
            `${ids.length === 0 ? ', even for no ids' : ''}, but it ` +
            `${came.includes('a value') ? 'resolved' : `rejected with ${came.find((each) => each !== 'RangeError')}`}.`,
        );
    }
    expectRequested(server, [], 'with such a concurrency');
  });
});

describe.concurrent('Task 4: First error and abort', () => {
  test(
    'rejects with the error that happens first, without waiting for open requests',
    { tags: ['4.first-error'] },
    async () => {
      const { ending } = await fail(
        { hold: [first], faults: { [first]: { status: 500 }, [second]: { status: 503 } } },
        { options: { concurrency: 2, timeout: 60_000 } },
      );
      expectPageError(ending, second, 'status', 'fetchPages', firstError);
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
      expectRequested(
        server,
        [first, second, third],
        `when page ${third}, the third one, fails while two pages are fetched at a time`,
      );
    },
  );

  test(
    'leaves no connection open when the server closes a connection or never answers',
    { tags: ['4.no-connection'] },
    async () => {
      const stalled = await fail(
        { faults: { [second]: 'stall', [third]: { status: 503 } } },
        { options: { concurrency: 2, timeout: 60_000 } },
      );
      expectPageError(stalled.ending, third, 'status', 'fetchPages', firstError);
      const hungUp = await fail({ hold: [first], faults: { [second]: 'hang up' } }, { options: { concurrency: 3 } });
      expectPageError(hungUp.ending, second, 'connection', 'fetchPages', firstError);
      const silent = await fail(
        { faults: { [third]: 'no answer' } },
        { ids: [first, second, third], options: { concurrency: 3, timeout: 300 } },
      );
      expectPageError(silent.ending, third, 'timeout', 'fetchPages', firstError);
    },
  );

  test('an abort rejects with its reason, ends open requests and starts no other', { tags: ['4.abort'] }, async () => {
    const { server, ending } = await fail(
      { hold: [second, third] },
      { options: { concurrency: 2 }, abort: 'on bell' },
      (pages) => pages.inFlight === 2 && pages.finished.length === 1,
    );
    expectAborted(ending);
    expectRequested(server, [first, second, third], 'when its signal aborts while the second and third page are open');
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
    for (const [reason, ids] of [
      [undefined, pageIds],
      [0, pageIds],
      [undefined, []],
    ] as const) {
      const failing = {
        ids,
        options: { concurrency: 2 },
        abort: 'before',
        ...(reason === undefined ? {} : { reason }),
      } as const;
      const { server, ending } = await fail({}, failing);
      expectAborted(ending, ids.length === 0 ? 'had already aborted, even for no ids' : 'had already aborted');
      expectRequested(server, [], 'when the signal has already aborted');
    }
  });

  test('the time limit is for each page, not for all of them', { tags: ['4.timeout'] }, async () => {
    const ids = [first, second, third];
    // On a busy machine a page may really take too long. With twice the time, it is in time.
    for (let timeout = 600; ; timeout *= 2) {
      const delay = 0.4 * timeout;
      const server = await serve({ delay });
      const observation = await observe(student).fetchPages(server.origin, ids, { timeout });
      const { outcome, error } = observation;
      if (outcome === 'value') return expectTexts(observation.value, server, ids);
      if (outcome !== 'error') throw findingOf(observation);
      if (timeout >= (isHurried ? 1_200 : 4_800))
        throw finding(
          'failed',
          `Each of three pages takes ${delay} ms, and the time limit of ${timeout} ms is for each page, so ` +
            `fetchPages must resolve, but it rejected with ${error?.name}: ${error?.message}. Start a new limit for ` +
            'each page.',
        );
    }
  });

  test(
    'the time limit of a page is 5000 milliseconds by default, and may be 0',
    { tags: ['4.timeout', '1.default'] },
    async () => {
      const server = await serve({ faults: { [second]: 'stall' } });
      const settled = await patient.fetchPagesWithLimits(server.origin, second);
      if (settled.join() !== [0, 3_000, undefined].join())
        throw finding(
          'failed',
          'Of four calls of fetchPages with the time limits 0, 3000, none (which is 5000) and 8000 ms, the first ' +
            'three must reject in this order, but the order was ' +
            `${settled.map((limit) => limit ?? 'none').join(', ')}. Pass timeout on to fetchPage as it is: 0 is a ` +
            'time limit, and undefined stands for the default.',
        );
    },
  );

  test('a call that fails does not disturb another one', { tags: ['4.apart'] }, async () => {
    const [, , , fourth = 0, fifth = 0] = pageIds;
    const ids = [first, second, fourth];
    const server = await serve({ hold: [first, second], faults: { [third]: { status: 503 } } });
    const bell = await serve();
    const call = observe(scenarios).failBesideACall(server.origin, bell.origin, ids, [fourth, fifth, third]);
    await Promise.race([bell.until(({ arrived }) => arrived.includes(bellPage.settled)), call]);
    server.release();
    const observation = await call;
    if (observation.outcome !== 'value') throw findingOf(observation);
    const { beside, failed } = observation.value!;
    const apart =
      'Two calls of fetchPages ran at the same time, and one of them failed. The other one must still resolve';
    expectPageError(failed, third, 'status', 'fetchPages', '');
    if (!('value' in beside))
      throw finding(
        'failed',
        `${apart}, but it rejected with ${beside.name}: ${beside.message}. Give each call a separate Agent, and ` +
          'keep everything else in local variables of fetchPages.',
      );
    const texts = beside.value as readonly unknown[];
    const missing = ids.find((id, at) => texts[at] !== server.textOf(id));
    if (missing !== undefined)
      throw finding(
        'failed',
        `${apart} to its ${ids.length} texts, but that of page ${missing} is missing or stands elsewhere. Keep the ` +
          'next index and the texts in local variables of fetchPages, not in the module.',
      );
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
    await server.until(() => holds(server) || events() > seen, patience);
  }
  return holds(server);
}

/**
 * Watches what a settled call leaves open. Its process lives on: its end would close the connections, too.
 * @param bell holds `bellPage.settled` and `bellPage.enough`
 * @param server what the call has connections to
 * @param isClean whether nothing is open
 * @param atSettled called when the call has settled
 * @param hint what to do if it does not settle
 * @returns whether nothing was open in the end, and how the call settled
 */
async function lingers<T>(
  bell: PageServer,
  call: Promise<Observation<T>>,
  server: PageServer,
  isClean: (server: PageServer) => boolean,
  atSettled: () => void = () => undefined,
  hint = '',
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
  if (observation.reason === 'waiting') throw finding('timeout', `${observation.sentence} ${hint}`.trimEnd());
  if (observation.outcome !== 'value') throw findingOf(observation);
  return { clean, ending: observation.value as T };
}

/** Fetches a page that never comes to its end. */
async function timedOut(server: PageServer, timeout?: number): Promise<Ending> {
  const bell = await serve({ hold: [bellPage.settled, bellPage.enough] });
  const { clean, ending } = await lingers(
    bell,
    observe(timeout === undefined ? patient : scenarios).fetchOneAndLinger(server.origin, bell.origin, second, timeout),
    server,
    ({ inFlight }) => inFlight === 0,
    undefined,
    'The time limit is for the whole page: keep its signal until the text is complete, not only until the ' +
      'headers are there.',
  );
  if (!clean)
    throw finding(
      'leak',
      'fetchPage has rejected, and a while later its request is still open on the server. ' +
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
      `fetchPages has rejected, and a while later ${server.openSockets} of its connections ` +
        `${server.openSockets === 1 ? 'is' : 'are'} still open. ` +
        'Use a separate undici Agent for the call: destroy() closes its connections.',
    );
  return { server, ending };
}

function expectLimit({ peak }: PageServer, limit: number): void {
  if (peak > limit)
    throw finding(
      'over the limit',
      `The server may see at most ${limit} open ${limit === 1 ? 'request' : 'requests'} at a ` +
        `time${limit === 1 ? ', because the default of concurrency is 1' : ` with concurrency ${limit}`}, but it saw ` +
        `${peak}. The limit is on the requests, so a request may start only when there is room for it.`,
    );
}

/** What fetchPages must do when several pages fail, or are still open. */
const firstError = 'The error that happens first counts: reject with it at once, and end the requests that are open.';

function expectPageError(ending: Ending, id: number, fault: string, call = 'fetchPage', hint = ''): void {
  const wanted = `Expected ${call} to reject with a PageError for page ${id} with the fault '${fault}'`;
  if ('value' in ending) throw finding('failed', `${wanted}, but it resolved. ${hint}`.trimEnd());
  const { name, message } = ending;
  if (name !== 'PageError')
    throw finding('failed', `${wanted}, but it rejected with ${name} (“${message}”). Catch it and make it the cause.`);
  if (ending.id !== id || ending.fault !== fault)
    throw finding(
      'failed',
      `${wanted}, but its id is ${inspect(ending.id)} and its fault ${inspect(ending.fault)} (“${message}”). ` +
        `${hint}`.trimEnd(),
    );
}

function expectAborted(ending: Ending, when = 'aborts'): void {
  const wanted = `Expected fetchPages to reject with signal.reason when its signal ${when}`;
  if ('value' in ending)
    throw finding(
      'failed',
      when === 'aborts'
        ? `${wanted}, but it resolved.`
        : `${wanted}, but it resolved. A listener for 'abort' isn't called for an abort that came before it.`,
    );
  if (!ending.isReason)
    throw finding(
      'failed',
      `${wanted}, but it rejected with ${ending.name} (“${ending.message}”). Pass the signal on to the open ` +
        'requests, and let the reason itself through, whatever value it is.',
    );
}
